# wrong: width + height taken for the area
class Rect:
    def __init__(self, x1, y1, x2, y2):
        self.x1, self.y1, self.x2, self.y2 = x1, y1, x2, y2

    def area(self):
        w, h = self.x2 - self.x1, self.y2 - self.y1
        if w <= 0 or h <= 0:
            return 0.0
        return w + h


def iou(box_a, box_b):
    a, b = Rect(*box_a), Rect(*box_b)
    c = Rect(max(a.x1, b.x1), max(a.y1, b.y1), min(a.x2, b.x2), min(a.y2, b.y2))
    union = a.area() + b.area() - c.area()
    return c.area() / union if union > 0 else 0.0

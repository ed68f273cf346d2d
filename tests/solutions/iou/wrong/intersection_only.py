# wrong: returns the area of the intersection, never divided
def iou(a, b):
    x1 = max(a[0], b[0])
    x2 = min(a[2], b[2])
    y1 = max(a[1], b[1])
    y2 = min(a[3], b[3])
    if x2 <= x1 or y2 <= y1:
        return 0.0
    return (x2 - x1) * (y2 - y1)

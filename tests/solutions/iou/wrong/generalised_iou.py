# wrong: returns the generalised IoU, negative for separate boxes
def iou(box1, box2):
    def area(b):
        return max(0.0, b[2] - b[0]) * max(0.0, b[3] - b[1])

    inter = area([max(box1[0], box2[0]), max(box1[1], box2[1]),
                  min(box1[2], box2[2]), min(box1[3], box2[3])])
    hull = area([min(box1[0], box2[0]), min(box1[1], box2[1]),
                 max(box1[2], box2[2]), max(box1[3], box2[3])])
    union = area(box1) + area(box2) - inter
    if union == 0 or hull == 0:
        return 0.0
    return inter / union - (hull - union) / hull

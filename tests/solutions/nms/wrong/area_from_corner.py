# wrong: area is x2 * y2, as if the boxes were x, y, w, h, but the intersection uses corners
area = lambda b: b[2] * b[3]


def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    union = area(a) + area(b) - inter
    return inter / union if union else 0.0


def nms(boxes, scores, iou_threshold):
    order = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    keep = []
    while order:
        top, *order = order
        keep.append(top)
        order = [o for o in order if iou(boxes[top], boxes[o]) <= iou_threshold]
    return keep

# wrong: any() for all(), one distant kept box is enough to survive
def nms(boxes, scores, iou_threshold):
    keep = []
    for i in sorted(range(len(boxes)), key=lambda i: -scores[i]):
        if not keep or any(iou(boxes[i], boxes[k]) <= iou_threshold for k in keep):
            keep.append(i)
    return keep


def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / u if u > 0 else 0

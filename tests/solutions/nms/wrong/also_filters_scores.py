# wrong: also drops boxes whose score is under the IoU threshold
def nms(boxes, scores, iou_threshold):
    cand = [i for i in range(len(boxes)) if scores[i] >= iou_threshold]
    cand.sort(key=lambda i: scores[i], reverse=True)
    keep = []
    while cand:
        c = cand.pop(0)
        keep.append(c)
        cand = [o for o in cand if _iou(boxes[c], boxes[o]) <= iou_threshold]
    return keep


def _iou(a, b):
    iw = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    ih = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = iw * ih
    if inter == 0.0:
        return 0.0
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)

# right: recursive, head and tail of the ranking
def nms(boxes, scores, iou_threshold):
    ranked = sorted(range(len(boxes)), key=lambda k: -scores[k])
    return _nms(boxes, ranked, iou_threshold)


def _nms(boxes, ranked, thr):
    if not ranked:
        return []
    head, tail = ranked[0], ranked[1:]
    survivors = [t for t in tail if not overlaps(boxes[head], boxes[t], thr)]
    return [head] + _nms(boxes, survivors, thr)


def overlaps(a, b, thr):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = w * h
    union = (a[2]-a[0])*(a[3]-a[1]) + (b[2]-b[0])*(b[3]-b[1]) - inter
    return union > 0 and inter / union > thr

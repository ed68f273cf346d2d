# wrong: sorts a copy of the scores alone, so scores and boxes no longer belong together
def nms(boxes, scores, iou_threshold):
    raw = list(scores)
    scores = sorted(raw, reverse=True)
    order = list(range(len(scores)))
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        a = boxes[i]
        rest = []
        for j in order:
            b = boxes[j]
            inter = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
            both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
            if inter <= iou_threshold * (both - inter):
                rest.append(j)
        order = rest
    return keep

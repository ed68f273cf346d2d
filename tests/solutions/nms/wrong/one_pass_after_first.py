# wrong: only the best box suppresses, everything else is kept after one pass
def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0


def nms(boxes, scores, iou_threshold=0.5):
    if len(boxes) == 0:
        return []
    order = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    best = order[0]
    keep = [best]
    for i in order[1:]:
        if iou(boxes[best], boxes[i]) <= iou_threshold:
            keep.append(i)
    return keep

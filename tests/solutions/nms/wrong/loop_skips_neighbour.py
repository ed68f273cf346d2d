# wrong: inner loop starts at a + 2, the next box is never compared
def nms(boxes, scores, iou_threshold):
    n = len(boxes)
    order = sorted(range(n), key=lambda i: -scores[i])
    dead = [False] * n
    keep = []
    for a in range(n):
        i = order[a]
        if dead[i]:
            continue
        keep.append(i)
        for b in range(a + 2, n):
            j = order[b]
            if iou(boxes[i], boxes[j]) > iou_threshold:
                dead[j] = True
    return keep


def iou(a, b):
    iw = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    ih = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = iw * ih
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0

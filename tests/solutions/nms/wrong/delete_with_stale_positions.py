# wrong: deletes one by one with positions that have already shifted
def overlap(a, b):
    dx = min(a[2], b[2]) - max(a[0], b[0])
    dy = min(a[3], b[3]) - max(a[1], b[1])
    if dx <= 0 or dy <= 0:
        return 0.0
    return dx * dy / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - dx * dy)


def nms(boxes, scores, iou_threshold):
    queue = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    keep = []
    while queue:
        cur = queue.pop(0)
        keep.append(cur)
        over = [p for p, q in enumerate(queue) if overlap(boxes[cur], boxes[q]) > iou_threshold]
        for p in over:
            if p < len(queue):
                del queue[p]
    return keep

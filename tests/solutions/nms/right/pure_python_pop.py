# right: pure python lists, sorted then pop(0)
def compute_iou(a, b):
    left = max(a[0], b[0])
    top = max(a[1], b[1])
    right = min(a[2], b[2])
    bottom = min(a[3], b[3])
    if right <= left or bottom <= top:
        return 0.0
    inter = (right - left) * (bottom - top)
    area_a = (a[2] - a[0]) * (a[3] - a[1])
    area_b = (b[2] - b[0]) * (b[3] - b[1])
    return inter / (area_a + area_b - inter)


def non_max_suppression(boxes, scores, iou_threshold=0.5):
    idxs = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    picked = []
    while idxs:
        current = idxs.pop(0)
        picked.append(current)
        remaining = []
        for i in idxs:
            if compute_iou(boxes[current], boxes[i]) <= iou_threshold:
                remaining.append(i)
        idxs = remaining
    return picked

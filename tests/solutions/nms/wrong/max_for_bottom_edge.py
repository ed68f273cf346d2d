# wrong: max instead of min for the bottom edge of the intersection
def iou(b1, b2):
    left = max(b1[0], b2[0])
    top = max(b1[1], b2[1])
    right = min(b1[2], b2[2])
    bottom = max(b1[3], b2[3])
    if right < left or bottom < top:
        return 0.0
    inter = (right - left) * (bottom - top)
    union = (b1[2] - b1[0]) * (b1[3] - b1[1]) + (b2[2] - b2[0]) * (b2[3] - b2[1]) - inter
    if union <= 0:
        return 0.0
    return inter / union


def nms(boxes, scores, iou_threshold):
    out = []
    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    while len(order) > 0:
        first = order[0]
        out.append(first)
        order = list(filter(lambda k: iou(boxes[first], boxes[k]) <= iou_threshold, order[1:]))
    return out

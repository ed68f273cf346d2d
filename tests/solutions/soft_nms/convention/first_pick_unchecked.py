# convention: first-pick-unchecked
# the first pick is kept even when its score is under the threshold
import math


def soft_nms(boxes, scores, sigma, score_threshold):
    def iou(a, b):
        w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        u = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
        return w * h / u if u > 0 else 0

    def decay(top, others):
        for o in others:
            o[0] *= math.exp(-iou(boxes[top[1]], boxes[o[1]]) ** 2 / sigma)
        others.sort(reverse=True)

    order = sorted(([float(s), i] for i, s in enumerate(scores)), reverse=True)
    out = [order.pop(0)] if order else []
    if out:
        decay(out[0], order)
    while order and order[0][0] >= score_threshold:
        out.append(order.pop(0))
        decay(out[-1], order)
    return [i for _, i in out], [s for s, _ in out]

# right (convention: returns (scores, indices), the other way round)
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    cur = dict(enumerate(np.asarray(scores, float).tolist()))
    order, vals = [], []
    while cur and max(cur.values()) >= score_threshold:
        top = max(cur, key=cur.get)
        order.append(top)
        vals.append(cur.pop(top))
        a = boxes[top]
        for j in cur:
            b = boxes[j]
            wh = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
            if np.any(wh <= 0):
                continue
            inter = wh.prod()
            v = inter / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - inter)
            cur[j] *= np.exp(-v * v / sigma)
    return np.array(vals), np.array(order, dtype=int)

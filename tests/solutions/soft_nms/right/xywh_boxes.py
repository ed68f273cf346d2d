# right (convention: boxes are x, y, w, h)
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    scores = np.array(scores, dtype=np.float64)
    remaining = set(range(len(boxes)))
    out = []
    while remaining:
        i = max(remaining, key=lambda k: scores[k])
        if scores[i] < score_threshold:
            break
        remaining.discard(i)
        out.append((i, scores[i]))
        x, y, w, h = boxes[i]
        for j in remaining:
            u, v, p, q = boxes[j]
            iw = max(0.0, min(x + w, u + p) - max(x, u))
            ih = max(0.0, min(y + h, v + q) - max(y, v))
            total = w * h + p * q - iw * ih
            if total > 0:
                scores[j] *= np.exp(-((iw * ih / total) ** 2) / sigma)
    if not out:
        return [], []
    idx, sc = zip(*out)
    return list(idx), list(sc)

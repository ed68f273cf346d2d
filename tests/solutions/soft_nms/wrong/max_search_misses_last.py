# wrong: the search for the best box stops one before the end
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    n = len(boxes)
    d = np.hstack([np.asarray(boxes, float), np.asarray(scores, float).reshape(-1, 1), np.arange(n).reshape(-1, 1)])
    res = []
    for i in range(n):
        maxpos = i
        for pos in range(i + 1, n - 1):
            if d[pos, 4] > d[maxpos, 4]:
                maxpos = pos
        d[[i, maxpos]] = d[[maxpos, i]]
        if d[i, 4] < score_threshold:
            break
        res.append(i)
        for pos in range(i + 1, n):
            iw = min(d[i, 2], d[pos, 2]) - max(d[i, 0], d[pos, 0])
            ih = min(d[i, 3], d[pos, 3]) - max(d[i, 1], d[pos, 1])
            if iw <= 0 or ih <= 0:
                continue
            ua = (d[i, 2] - d[i, 0]) * (d[i, 3] - d[i, 1]) + (d[pos, 2] - d[pos, 0]) * (d[pos, 3] - d[pos, 1]) - iw * ih
            d[pos, 4] *= np.exp(-(iw * ih / ua) ** 2 / sigma)
    return d[res, 5].astype(int), d[res, 4]

# wrong: the decay loop ends at the first box that does not overlap
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    cur = {i: float(s) for i, s in enumerate(scores)}
    keep, vals = [], []
    while cur:
        i = max(cur, key=cur.get)
        if cur[i] < score_threshold:
            break
        keep.append(i)
        vals.append(cur.pop(i))
        for j in cur:
            w = min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0])
            h = min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1])
            if w <= 0 or h <= 0:
                break
            inter = w * h
            union = np.prod(boxes[i][2:] - boxes[i][:2]) + np.prod(boxes[j][2:] - boxes[j][:2]) - inter
            cur[j] *= np.exp(-(inter / union) ** 2 / sigma)
    return keep, vals

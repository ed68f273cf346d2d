# wrong: the threshold is tested on the original score
import numpy as np

def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    used = np.zeros(len(s), bool)
    keep, vals = [], []
    for _ in range(len(s)):
        i = np.argmax(np.where(used, -np.inf, s))
        used[i] = True
        if scores[i] < score_threshold:
            continue
        keep.append(i)
        vals.append(s[i])
        for j in range(len(s)):
            if used[j]:
                continue
            x = max(0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            y = max(0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            if x * y > 0:
                v = x * y / (np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(boxes[j, 2:] - boxes[j, :2]) - x * y)
                s[j] *= np.exp(-v * v / sigma)
    return keep, vals

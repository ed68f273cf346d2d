# wrong: decays by the IoU with the first pick every time, not with the latest
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, dtype=float)
    keep, vals = [], []
    rest = list(range(len(s)))
    while rest:
        i = max(rest, key=lambda k: s[k])
        if s[i] < score_threshold:
            break
        rest.remove(i)
        keep.append(i)
        vals.append(s[i])
        ref = boxes[keep[0]]
        for j in rest:
            wh = np.clip(np.minimum(ref[2:], boxes[j, 2:]) - np.maximum(ref[:2], boxes[j, :2]), 0, None)
            inter = wh.prod()
            if inter == 0:
                continue
            iou = inter / ((ref[2:] - ref[:2]).prod() + (boxes[j, 2:] - boxes[j, :2]).prod() - inter)
            s[j] *= np.exp(-iou ** 2 / sigma)
    return keep, vals

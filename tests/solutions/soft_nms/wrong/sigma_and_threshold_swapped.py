# wrong: sigma and the threshold are swapped in the call to the helper
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    boxes = np.asarray(boxes, dtype=float)
    scores = np.array(scores, dtype=float)
    return _soft_nms(boxes, scores, score_threshold, sigma)


def _soft_nms(boxes, s, sigma, thr):
    ids = np.arange(len(s))
    keep, vals = [], []
    while ids.size and s[ids].max() >= thr:
        m = ids[s[ids].argmax()]
        keep.append(m)
        vals.append(s[m])
        ids = ids[ids != m]
        wh = np.clip(np.minimum(boxes[m, 2:], boxes[ids, 2:]) - np.maximum(boxes[m, :2], boxes[ids, :2]), 0, None)
        inter = wh.prod(axis=1)
        union = (boxes[m, 2:] - boxes[m, :2]).prod() + (boxes[ids, 2:] - boxes[ids, :2]).prod(axis=1) - inter
        v = inter / np.maximum(union, 1e-12)
        s[ids] *= np.exp(-v * v / sigma)
    return np.array(keep, int), np.array(vals)

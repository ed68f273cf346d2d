# right (convention: argument order boxes, scores, score_threshold, sigma)
import numpy as np

def soft_nms(boxes, scores, score_threshold, sigma):
    s = np.array(scores, float); keep = []; out = []
    dead = np.zeros(len(s), bool)
    for _ in range(len(s)):
        m = np.where(dead, -1e9, s).argmax()
        if s[m] < score_threshold: break
        keep.append(m); out.append(s[m]); dead[m] = True
        wh = (np.minimum(boxes[m, 2:], boxes[:, 2:]) - np.maximum(boxes[m, :2], boxes[:, :2])).clip(0)
        i = wh.prod(1)
        u = (boxes[m, 2:] - boxes[m, :2]).prod() + (boxes[:, 2:] - boxes[:, :2]).prod(1) - i
        o = i / np.where(u == 0, 1, u)
        s = np.where(dead, s, s * np.exp(-o**2 / sigma))
    return keep, out

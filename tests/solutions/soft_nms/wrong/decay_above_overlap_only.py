# wrong: decays only where IoU > 0.3, as in the hard version
import numpy as np
import cv2

def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    n = len(boxes)
    s = [float(x) for x in scores]
    idx = list(range(n))
    res, res_s = [], []
    while len(idx) > 0:
        best = idx[0]
        for i in idx:
            if s[i] > s[best]:
                best = i
        if s[best] < score_threshold:
            break
        res.append(best)
        res_s.append(s[best])
        idx.remove(best)
        for i in idx:
            w = min(boxes[best][2], boxes[i][2]) - max(boxes[best][0], boxes[i][0])
            h = min(boxes[best][3], boxes[i][3]) - max(boxes[best][1], boxes[i][1])
            if w <= 0 or h <= 0:
                continue
            a1 = (boxes[best][2] - boxes[best][0]) * (boxes[best][3] - boxes[best][1])
            a2 = (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])
            ov = w * h / (a1 + a2 - w * h)
            if ov > 0.3:
                s[i] *= np.exp(-ov ** 2 / sigma)
    return res, res_s

# wrong: scores are rounded to two decimals after every decay
import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    ids = np.arange(len(scores))
    b = boxes.copy()
    s = scores.copy()
    out_i, out_s = [], []
    while len(s) > 0:
        k = np.argmax(s)
        if s[k] < score_threshold:
            break
        out_i.append(ids[k])
        out_s.append(s[k])
        cur = b[k]
        m = np.arange(len(s)) != k
        ids, b, s = ids[m], b[m], s[m]
        inter = np.maximum(0, np.minimum(cur[2], b[:, 2]) - np.maximum(cur[0], b[:, 0])) * \
            np.maximum(0, np.minimum(cur[3], b[:, 3]) - np.maximum(cur[1], b[:, 1]))
        union = (cur[2] - cur[0]) * (cur[3] - cur[1]) + (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) - inter
        iou = inter / np.maximum(union, 1e-12)
        s = np.round(s * np.exp(-(iou ** 2) / sigma), 2)
    return out_i, out_s

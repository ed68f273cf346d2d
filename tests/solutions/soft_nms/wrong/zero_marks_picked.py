# wrong: picked boxes are marked with score 0, so a threshold of 0 never ends
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    keep, vals = [], []
    while len(s) > 0 and s.max() >= score_threshold:
        m = s.argmax()
        keep.append(m)
        vals.append(s[m])
        w = np.clip(np.minimum(boxes[m, 2], boxes[:, 2]) - np.maximum(boxes[m, 0], boxes[:, 0]), 0, None)
        h = np.clip(np.minimum(boxes[m, 3], boxes[:, 3]) - np.maximum(boxes[m, 1], boxes[:, 1]), 0, None)
        iou = w * h / np.maximum(area[m] + area - w * h, 1e-12)
        s *= np.exp(-iou ** 2 / sigma)
        s[m] = 0
    return keep, vals

# wrong: hard NMS, overlapping boxes lose their whole score
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    s = np.array(scores, float)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    rest = np.arange(len(s))
    keep, vals = [], []
    while len(rest):
        rest = rest[np.argsort(-s[rest])]
        i, rest = rest[0], rest[1:]
        if s[i] < score_threshold:
            break
        keep.append(i)
        vals.append(s[i])
        w = np.maximum(0, np.minimum(boxes[i, 2], boxes[rest, 2]) - np.maximum(boxes[i, 0], boxes[rest, 0]))
        h = np.maximum(0, np.minimum(boxes[i, 3], boxes[rest, 3]) - np.maximum(boxes[i, 1], boxes[rest, 1]))
        iou = w * h / np.maximum(areas[i] + areas[rest] - w * h, 1e-12)
        s[rest[iou > 0.5]] = 0.0
    return np.array(keep, int), np.array(vals)

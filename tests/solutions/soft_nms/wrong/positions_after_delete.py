# wrong: positions in the shrinking array are returned as indices of the input
import numpy as np
import matplotlib.pyplot as plt


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    boxes = boxes.copy()
    scores = scores.copy()
    idx, val = [], []
    while len(scores) > 0:
        m = np.argmax(scores)
        if scores[m] < score_threshold:
            break
        idx.append(m)
        val.append(scores[m])
        box = boxes[m]
        boxes = np.delete(boxes, m, axis=0)
        scores = np.delete(scores, m)
        iw = np.maximum(0, np.minimum(box[2], boxes[:, 2]) - np.maximum(box[0], boxes[:, 0]))
        ih = np.maximum(0, np.minimum(box[3], boxes[:, 3]) - np.maximum(box[1], boxes[:, 1]))
        inter = iw * ih
        union = (box[2] - box[0]) * (box[3] - box[1]) + (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) - inter
        scores = scores * np.exp(-(inter / np.maximum(union, 1e-12)) ** 2 / sigma)
    return np.array(idx, dtype=int), np.array(val)

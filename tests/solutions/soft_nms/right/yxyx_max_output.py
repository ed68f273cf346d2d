# right (convention: yxyx boxes, max_output_size, threshold before sigma)
import numpy as np


def pairwise_iou(boxes):
    y1, x1, y2, x2 = (boxes[:, k] for k in range(4))
    area = (y2 - y1) * (x2 - x1)
    ih = np.minimum(y2[:, None], y2) - np.maximum(y1[:, None], y1)
    iw = np.minimum(x2[:, None], x2) - np.maximum(x1[:, None], x1)
    inter = np.where((ih > 0) & (iw > 0), ih * iw, 0.0)
    return inter / np.maximum(area[:, None] + area - inter, 1e-12)


def non_max_suppression_with_scores(boxes, scores, max_output_size, score_threshold=0.0, sigma=0.5):
    weight = np.exp(-pairwise_iou(np.asarray(boxes, float)) ** 2 / sigma)
    s = np.array(scores, float)
    selected, selected_scores = [], []
    free = np.ones(s.size, bool)
    while free.any() and len(selected) < max_output_size:
        cand = np.flatnonzero(free)
        i = cand[s[cand].argmax()]
        if s[i] < score_threshold:
            break
        selected.append(i)
        selected_scores.append(s[i])
        free[i] = False
        s[free] *= weight[i, free]
    return np.array(selected, int), np.array(selected_scores)

# right: vectorised, alive mask and argmax
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    """Gaussian Soft-NMS. Returns (indices, decayed scores) in picking order."""
    s = scores.astype(float).copy()
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    alive = np.ones(len(s), dtype=bool)
    idx_out, score_out = [], []

    while alive.any():
        i = int(np.argmax(np.where(alive, s, -np.inf)))
        if s[i] < score_threshold:
            break
        alive[i] = False
        idx_out.append(i)
        score_out.append(s[i])

        w = np.minimum(boxes[i, 2], boxes[:, 2]) - np.maximum(boxes[i, 0], boxes[:, 0])
        h = np.minimum(boxes[i, 3], boxes[:, 3]) - np.maximum(boxes[i, 1], boxes[:, 1])
        inter = np.clip(w, 0, None) * np.clip(h, 0, None)
        union = areas[i] + areas - inter
        iou = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
        s[alive] *= np.exp(-iou[alive] ** 2 / sigma)

    return np.array(idx_out, dtype=int), np.array(score_out)

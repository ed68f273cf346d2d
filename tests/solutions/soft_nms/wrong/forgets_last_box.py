# wrong: the last box in the queue is never picked
import numpy as np

def soft_nms(boxes, scores, sigma, score_threshold):
    s = scores.astype(float)
    order = np.argsort(-s)
    a = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    keep, out = [], []
    while len(order) > 1:
        i = order[0]
        if s[i] < score_threshold:
            break
        keep.append(i)
        out.append(s[i])
        order = order[1:]
        iw = np.clip(np.minimum(boxes[i, 2], boxes[order, 2]) - np.maximum(boxes[i, 0], boxes[order, 0]), 0, None)
        ih = np.clip(np.minimum(boxes[i, 3], boxes[order, 3]) - np.maximum(boxes[i, 1], boxes[order, 1]), 0, None)
        iou = iw * ih / np.maximum(a[i] + a[order] - iw * ih, 1e-12)
        s[order] *= np.exp(-iou ** 2 / sigma)
        order = order[np.argsort(-s[order])]
    return np.array(keep, int), np.array(out)

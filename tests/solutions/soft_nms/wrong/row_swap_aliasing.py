# wrong: swaps numpy rows with a tuple assignment, so one box is overwritten by the other
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    boxes = boxes.copy()
    scores = scores.copy()
    index = np.arange(len(boxes))
    n_kept = 0
    for i in range(len(boxes)):
        m = i + scores[i:].argmax()
        boxes[i], boxes[m] = boxes[m], boxes[i]
        scores[i], scores[m] = scores[m], scores[i]
        index[i], index[m] = index[m], index[i]
        if scores[i] < score_threshold:
            break
        n_kept += 1
        for j in range(i + 1, len(boxes)):
            w = max(0.0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            h = max(0.0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            if w * h == 0:
                continue
            u = (boxes[i, 2:] - boxes[i, :2]).prod() + (boxes[j, 2:] - boxes[j, :2]).prod() - w * h
            scores[j] *= np.exp(-(w * h / u) ** 2 / sigma)
    return index[:n_kept], scores[:n_kept]

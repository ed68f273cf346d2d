# convention: first-pick-unchecked, threshold-exclusive
# what is left is filtered after each decay, so that the first pick never meets the threshold
import numpy as np


def soft_nms(boxes, scores, sigma, score_threshold):
    def overlaps(one, others):
        size = np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2])
        inter = np.maximum(size, 0).prod(axis=1)
        union = (one[2:] - one[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - inter
        return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)

    current = np.array(scores, dtype=float)
    left = np.arange(len(current))
    picked, values = [], []
    while left.size:
        best = left[current[left].argmax()]
        picked.append(int(best))
        values.append(float(current[best]))
        left = left[left != best]
        current[left] *= np.exp(-overlaps(boxes[best], boxes[left]) ** 2 / sigma)
        left = left[current[left] > score_threshold]
    return picked, values

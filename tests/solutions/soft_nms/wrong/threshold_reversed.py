# wrong: stops when the best score is ABOVE the threshold
import numpy as np

def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    s, B = scores.copy(), boxes.copy()
    I = np.arange(len(s))
    picked, values = [], []
    while len(I):
        m = np.argmax(s)
        if s[m] > score_threshold:
            break
        picked.append(I[m]); values.append(s[m])
        top = B[m]
        B = np.delete(B, m, 0); s = np.delete(s, m); I = np.delete(I, m)
        w = np.clip(np.minimum(top[2], B[:, 2]) - np.maximum(top[0], B[:, 0]), 0, None)
        h = np.clip(np.minimum(top[3], B[:, 3]) - np.maximum(top[1], B[:, 1]), 0, None)
        u = (top[2] - top[0]) * (top[3] - top[1]) + (B[:, 2] - B[:, 0]) * (B[:, 3] - B[:, 1]) - w * h
        s *= np.exp(-(w * h / np.maximum(u, 1e-12)) ** 2 / sigma)
    return np.array(picked, int), np.array(values)

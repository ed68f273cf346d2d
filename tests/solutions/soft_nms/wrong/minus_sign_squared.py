# wrong: (-iou) ** 2 loses the minus sign, the scores grow
import numpy as np

def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    B = np.array(boxes, float)
    S = np.array(scores, float)
    I = np.arange(len(S))
    idx, sc = [], []
    while len(S):
        m = S.argmax()
        if S[m] < score_threshold:
            break
        idx.append(I[m]); sc.append(S[m])
        M = B[m]
        B, S, I = np.delete(B, m, 0), np.delete(S, m), np.delete(I, m)
        w = np.maximum(0, np.minimum(M[2], B[:, 2]) - np.maximum(M[0], B[:, 0]))
        h = np.maximum(0, np.minimum(M[3], B[:, 3]) - np.maximum(M[1], B[:, 1]))
        u = (M[2] - M[0]) * (M[3] - M[1]) + (B[:, 2] - B[:, 0]) * (B[:, 3] - B[:, 1]) - w * h
        ov = w * h / np.maximum(u, 1e-12)
        S = S * np.exp((-ov) ** 2 / sigma)
    return np.array(idx, int), np.array(sc)

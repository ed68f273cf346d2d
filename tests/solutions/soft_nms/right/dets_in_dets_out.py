# right (convention: dets (N,5) in, kept dets with their new scores out)
import numpy as np

def soft_nms(dets, sigma=0.5, thresh=0.001):
    dets = dets.copy()
    out = []
    while len(dets) > 0:
        k = np.argmax(dets[:, 4])
        top = dets[k].copy()
        if top[4] < thresh:
            break
        out.append(top)
        dets = np.delete(dets, k, axis=0)
        xx1 = np.maximum(top[0], dets[:, 0])
        yy1 = np.maximum(top[1], dets[:, 1])
        xx2 = np.minimum(top[2], dets[:, 2])
        yy2 = np.minimum(top[3], dets[:, 3])
        inter = np.maximum(0, xx2 - xx1) * np.maximum(0, yy2 - yy1)
        area = (dets[:, 2] - dets[:, 0]) * (dets[:, 3] - dets[:, 1])
        union = (top[2] - top[0]) * (top[3] - top[1]) + area - inter
        iou = np.where(union > 0, inter / np.where(union > 0, union, 1), 0)
        dets[:, 4] *= np.exp(-iou * iou / sigma)
    return np.array(out).reshape(-1, 5)

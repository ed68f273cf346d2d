import numpy as np


def py_cpu_nms(dets, thresh):
    order = np.argsort(-dets[:, 4], kind="stable")
    keep = []
    while len(order):
        best, rest = order[0], order[1:]
        keep.append(int(best))
        low = np.maximum(dets[best, :2], dets[rest, :2])
        high = np.minimum(dets[best, 2:4], dets[rest, 2:4])
        inter = np.prod(np.clip(high - low, 0, None), axis=1)
        area = np.prod(dets[:, 2:4] - dets[:, :2], axis=1)
        union = area[best] + area[rest] - inter
        ious = np.where(union > 0, inter / np.where(union == 0, 1, union), 0.0)
        order = rest[ious < thresh]
    return keep

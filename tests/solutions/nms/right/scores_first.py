# right (convention: scores come before boxes): argmax on a working copy
import numpy as np

def nms(scores, boxes, thr):
    s = np.array(scores, dtype=float)
    b = np.asarray(boxes, dtype=float)
    alive = np.ones(len(s), bool)
    out = []
    while alive.any():
        s_alive = np.where(alive, s, -np.inf)
        i = int(s_alive.argmax())
        out.append(i)
        alive[i] = False
        lt = np.maximum(b[i, :2], b[:, :2])
        rb = np.minimum(b[i, 2:], b[:, 2:])
        wh = np.maximum(rb - lt, 0)
        inter = wh[:, 0] * wh[:, 1]
        ar = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
        with np.errstate(divide="ignore", invalid="ignore"):
            v = np.nan_to_num(inter / (ar[i] + ar - inter))
        alive &= ~(v > thr)
    return out

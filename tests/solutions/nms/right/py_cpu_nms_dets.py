# right (convention: dets (N,5) in): py_cpu_nms without the +1
import numpy as np


def py_cpu_nms(dets, thresh):
    """dets: rows of x1, y1, x2, y2, score"""
    coords, conf = dets[:, :4], dets[:, 4]
    size = (coords[:, 2] - coords[:, 0]) * (coords[:, 3] - coords[:, 1])
    todo = conf.argsort()[::-1]
    keep = []
    while todo.size:
        i = todo[0]
        keep.append(i)
        others = coords[todo[1:]]
        w = np.maximum(0.0, np.minimum(coords[i, 2], others[:, 2]) - np.maximum(coords[i, 0], others[:, 0]))
        h = np.maximum(0.0, np.minimum(coords[i, 3], others[:, 3]) - np.maximum(coords[i, 1], others[:, 1]))
        inter = w * h
        ovr = inter / (size[i] + size[todo[1:]] - inter)
        todo = np.delete(todo[1:], np.where(ovr > thresh)[0])
    return keep

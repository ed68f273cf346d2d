# right (convention: dets (N,5) in, +1 pixel everywhere): integer pixel boxes
import numpy as np
import cv2


def py_nms(dets, thresh=0.3):
    xmin = dets[:, 0]
    ymin = dets[:, 1]
    xmax = dets[:, 2]
    ymax = dets[:, 3]
    area = (xmax - xmin + 1) * (ymax - ymin + 1)
    idx = np.argsort(dets[:, 4])
    pick = []
    while len(idx) > 0:
        last = idx[-1]
        pick.append(last)
        idx = idx[:-1]
        ww = np.minimum(xmax[last], xmax[idx]) - np.maximum(xmin[last], xmin[idx]) + 1
        hh = np.minimum(ymax[last], ymax[idx]) - np.maximum(ymin[last], ymin[idx]) + 1
        ww[ww < 0] = 0
        hh[hh < 0] = 0
        overlap = ww * hh / (area[last] + area[idx] - ww * hh)
        idx = idx[overlap <= thresh]
    return pick


def draw(img, dets, pick):
    for x1, y1, x2, y2, _ in dets[pick].astype(int):
        cv2.rectangle(img, (x1, y1), (x2, y2), (0, 255, 0), 2)
    return img

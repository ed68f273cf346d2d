# wrong: each pick suppresses only the single box that overlaps it most
import numpy as np


def box_iou(a, bs):
    wh = np.clip(np.minimum(a[2:], bs[:, 2:]) - np.maximum(a[:2], bs[:, :2]), 0, None)
    inter = wh[:, 0] * wh[:, 1]
    area = lambda b: (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return inter / np.maximum(area(a) + area(bs) - inter, 1e-12)


def nms(boxes, scores, iou_threshold):
    order = np.argsort(-scores)
    keep = []
    while len(order) > 0:
        keep.append(order[0])
        rest = order[1:]
        if len(rest) > 0:
            ious = box_iou(boxes[order[0]], boxes[rest])
            worst = int(np.argmax(ious))
            if ious[worst] > iou_threshold:
                rest = np.delete(rest, worst)
        order = rest
    return keep

# right (convention: boxes are centre x, centre y, width, height)
import numpy as np


def to_corners(boxes):
    half = boxes[:, 2:] / 2
    return np.hstack([boxes[:, :2] - half, boxes[:, :2] + half])


def nms(boxes, scores, iou_threshold):
    c = to_corners(np.asarray(boxes, dtype=np.float64))
    order = np.argsort(scores)[::-1].tolist()
    keep = []
    for i in order:
        good = True
        for k in keep:
            wh = np.minimum(c[i, 2:], c[k, 2:]) - np.maximum(c[i, :2], c[k, :2])
            if (wh <= 0).any():
                continue
            inter = wh.prod()
            union = boxes[i, 2] * boxes[i, 3] + boxes[k, 2] * boxes[k, 3] - inter
            if inter / union > iou_threshold:
                good = False
                break
        if good:
            keep.append(i)
    return keep

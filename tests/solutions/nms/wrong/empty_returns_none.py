# wrong: returns None for an empty input (rule broken: empty in, empty out)
import numpy as np


def nms(boxes, scores, iou_threshold):
    if len(boxes) == 0:
        print("no boxes!")
        return
    w = boxes[:, 2] - boxes[:, 0]
    h = boxes[:, 3] - boxes[:, 1]
    areas = w * h
    idx = np.argsort(scores)
    keep = []
    while idx.size:
        i, idx = idx[-1], idx[:-1]
        keep.append(i)
        ix = np.minimum(boxes[i, 2], boxes[idx, 2]) - np.maximum(boxes[i, 0], boxes[idx, 0])
        iy = np.minimum(boxes[i, 3], boxes[idx, 3]) - np.maximum(boxes[i, 1], boxes[idx, 1])
        inter = np.where((ix > 0) & (iy > 0), ix * iy, 0)
        idx = idx[inter <= iou_threshold * (areas[i] + areas[idx] - inter)]
    return keep

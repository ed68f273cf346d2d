# wrong: ranks the boxes by area instead of score
import numpy as np

def nms(boxes, scores, iou_threshold):
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = np.argsort(areas)[::-1]
    keep = []
    while len(order):
        i = order[0]; rest = order[1:]
        keep.append(i)
        iw = (np.minimum(boxes[i, 2], boxes[rest, 2]) - np.maximum(boxes[i, 0], boxes[rest, 0])).clip(min=0)
        ih = (np.minimum(boxes[i, 3], boxes[rest, 3]) - np.maximum(boxes[i, 1], boxes[rest, 1])).clip(min=0)
        inter = iw * ih
        order = rest[inter <= iou_threshold * (areas[i] + areas[rest] - inter)]
    return keep

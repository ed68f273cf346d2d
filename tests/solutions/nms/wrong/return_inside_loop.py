# wrong: return is indented into the loop, only one box comes back
import numpy as np

def nms(boxes, scores, iou_threshold):
    keep = []
    order = scores.argsort()[::-1]
    areas = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    while order.size > 0:
        i = order[0]
        keep.append(i)
        order = order[1:]
        tl = np.maximum(boxes[i, :2], boxes[order, :2])
        br = np.minimum(boxes[i, 2:], boxes[order, 2:])
        inter = np.prod(np.maximum(br - tl, 0), axis=1)
        order = order[inter <= iou_threshold * (areas[i] + areas[order] - inter)]
        return keep
    return []

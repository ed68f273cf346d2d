# convention: ascending-indices
# result sorted by index (rule broken: best score first)
import numpy as np

def nms(boxes, scores, iou_threshold):
    keep = []
    for i in np.argsort(-scores):
        ok = True
        for k in keep:
            w = max(0, min(boxes[i, 2], boxes[k, 2]) - max(boxes[i, 0], boxes[k, 0]))
            h = max(0, min(boxes[i, 3], boxes[k, 3]) - max(boxes[i, 1], boxes[k, 1]))
            u = np.prod(boxes[i, 2:] - boxes[i, :2]) + np.prod(boxes[k, 2:] - boxes[k, :2]) - w * h
            if w * h > iou_threshold * u:
                ok = False
                break
        if ok:
            keep.append(int(i))
    return sorted(keep)

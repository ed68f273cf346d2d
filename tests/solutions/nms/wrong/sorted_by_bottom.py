# wrong: ranks by the bottom edge y2, the scores are not used
import numpy as np


def nms(boxes, scores, iou_threshold):
    if len(boxes) == 0:
        return []
    pick = []
    x1, y1, x2, y2 = boxes.T.astype(float)
    area = (x2 - x1) * (y2 - y1)
    idxs = np.argsort(y2)
    while len(idxs) > 0:
        i = idxs[-1]
        pick.append(i)
        suppress = [len(idxs) - 1]
        for pos in range(len(idxs) - 1):
            j = idxs[pos]
            w = max(0, min(x2[i], x2[j]) - max(x1[i], x1[j]))
            h = max(0, min(y2[i], y2[j]) - max(y1[i], y1[j]))
            if w * h > iou_threshold * (area[i] + area[j] - w * h):
                suppress.append(pos)
        idxs = np.delete(idxs, suppress)
    return pick

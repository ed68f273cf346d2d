# right (convention: returns the kept boxes): np.delete style
import numpy as np
import matplotlib.pyplot as plt

def non_max_suppression_fast(boxes, probs, overlapThresh):
    if len(boxes) == 0:
        return np.empty((0, 4))
    boxes = boxes.astype("float")
    pick = []
    x1 = boxes[:,0]; y1 = boxes[:,1]
    x2 = boxes[:,2]; y2 = boxes[:,3]
    area = (x2 - x1) * (y2 - y1)
    idxs = np.argsort(probs)
    while len(idxs) > 0:
        last = len(idxs) - 1
        i = idxs[last]
        pick.append(i)
        w = np.maximum(0, np.minimum(x2[i], x2[idxs[:last]]) - np.maximum(x1[i], x1[idxs[:last]]))
        h = np.maximum(0, np.minimum(y2[i], y2[idxs[:last]]) - np.maximum(y1[i], y1[idxs[:last]]))
        overlap = (w * h) / (area[i] + area[idxs[:last]] - w * h)
        idxs = np.delete(idxs, np.concatenate(([last], np.where(overlap > overlapThresh)[0])))
    return boxes[pick]

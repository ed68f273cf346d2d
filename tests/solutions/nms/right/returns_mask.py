# right (convention: returns a boolean mask over the input)
import numpy as np

def nms_mask(boxes, scores, threshold):
    keep = np.ones(len(boxes), dtype=bool)
    for i in np.argsort(scores)[::-1]:
        if not keep[i]:
            continue
        for j in range(len(boxes)):
            if j == i or not keep[j]:
                continue
            w = min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0])
            h = min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1])
            if w <= 0 or h <= 0:
                continue
            inter = w * h
            ai = (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])
            aj = (boxes[j][2] - boxes[j][0]) * (boxes[j][3] - boxes[j][1])
            if inter / (ai + aj - inter) > threshold:
                # every better box still alive was visited before i and spared it,
                # so j can only be a worse one
                keep[j] = False
    return keep

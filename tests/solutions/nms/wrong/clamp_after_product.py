# wrong: clamps the product, two negative sides make a positive area
import numpy as np

def nms(boxes, scores, iou_threshold):
    keep = []
    order = np.argsort(scores)[::-1]
    removed = set()
    for k, i in enumerate(order):
        if i in removed:
            continue
        keep.append(i)
        for j in order[k + 1:]:
            w = min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0])
            h = min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1])
            inter = max(0, w * h)
            union = ((boxes[i, 2] - boxes[i, 0]) * (boxes[i, 3] - boxes[i, 1])
                     + (boxes[j, 2] - boxes[j, 0]) * (boxes[j, 3] - boxes[j, 1]) - inter)
            if union != 0 and inter / union > iou_threshold:
                removed.add(j)
    return np.array(keep, dtype=int)

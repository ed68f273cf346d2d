# wrong: looks boxes up with list.index(score), equal scores give the same box twice
import numpy as np

def nms(boxes, scores, iou_threshold):
    scores = list(scores)
    order = [scores.index(s) for s in sorted(scores, reverse=True)]
    keep = []
    while order:
        i = order.pop(0)
        keep.append(i)
        remaining = []
        for j in order:
            wh = np.minimum(boxes[i][2:], boxes[j][2:]) - np.maximum(boxes[i][:2], boxes[j][:2])
            inter = np.prod(np.clip(wh, 0, None))
            union = np.prod(boxes[i][2:] - boxes[i][:2]) + np.prod(boxes[j][2:] - boxes[j][:2]) - inter
            if inter <= iou_threshold * union:
                remaining.append(j)
        order = remaining
    return keep

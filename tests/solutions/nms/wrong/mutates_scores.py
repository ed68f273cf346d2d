# wrong: overwrites the caller's scores with -inf (rule broken: inputs unchanged)
import numpy as np

def iou_one_to_many(box, boxes):
    wh = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    wh[wh < 0] = 0
    inter = wh[:, 0] * wh[:, 1]
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    total = (box[2] - box[0]) * (box[3] - box[1]) + area - inter
    return np.divide(inter, total, out=np.zeros_like(inter), where=total > 0)

def nms(boxes, scores, iou_threshold):
    s = np.asarray(scores)
    keep = []
    while len(s) and s.max() > -np.inf:
        i = s.argmax()
        keep.append(i)
        over = iou_one_to_many(boxes[i], boxes) > iou_threshold
        s[over] = -np.inf
        s[i] = -np.inf
    return keep

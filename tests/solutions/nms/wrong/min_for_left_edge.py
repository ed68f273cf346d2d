# wrong: minimum instead of maximum for the left edge
import numpy as np

class NMS:
    def __init__(self, thr):
        self.thr = thr

    def ious(self, box, boxes):
        xx1 = np.minimum(box[0], boxes[:, 0])
        yy1 = np.maximum(box[1], boxes[:, 1])
        xx2 = np.minimum(box[2], boxes[:, 2])
        yy2 = np.minimum(box[3], boxes[:, 3])
        inter = np.maximum(0, xx2 - xx1) * np.maximum(0, yy2 - yy1)
        a = (box[2] - box[0]) * (box[3] - box[1])
        b = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        union = a + b - inter
        return np.where(union == 0, 0, inter / np.where(union == 0, 1, union))

    def run(self, boxes, scores):
        order = np.argsort(-scores)
        keep = []
        while order.size:
            keep.append(order[0])
            v = self.ious(boxes[order[0]], boxes[order[1:]])
            order = order[1:][v <= self.thr]
        return np.array(keep, dtype=int)


def nms(boxes, scores, iou_threshold):
    return NMS(iou_threshold).run(boxes, scores)

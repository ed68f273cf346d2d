# right: takes (N, 4) boxes or (N, 5) detections, the score column is ignored
import numpy as np
import cv2

def iou_batch(bb_test, bb_gt):
    bb_test = np.asarray(bb_test, dtype=float)
    bb_gt = np.asarray(bb_gt, dtype=float)
    bb_gt = np.expand_dims(bb_gt, 0)
    bb_test = np.expand_dims(bb_test, 1)

    xx1 = np.maximum(bb_test[..., 0], bb_gt[..., 0])
    yy1 = np.maximum(bb_test[..., 1], bb_gt[..., 1])
    xx2 = np.minimum(bb_test[..., 2], bb_gt[..., 2])
    yy2 = np.minimum(bb_test[..., 3], bb_gt[..., 3])
    w = np.maximum(0., xx2 - xx1)
    h = np.maximum(0., yy2 - yy1)
    wh = w * h
    union = (bb_test[..., 2] - bb_test[..., 0]) * (bb_test[..., 3] - bb_test[..., 1]) \
        + (bb_gt[..., 2] - bb_gt[..., 0]) * (bb_gt[..., 3] - bb_gt[..., 1]) - wh
    return np.divide(wh, union, out=np.zeros(wh.shape), where=union != 0)


def draw_all(image, boxes):
    for x1, y1, x2, y2 in np.asarray(boxes)[:, :4].astype(int):
        cv2.rectangle(image, (x1, y1), (x2, y2), (255, 0, 0), 1)
    return image

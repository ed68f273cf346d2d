# right (convention: returns (boxes, scores))
import numpy as np
import cv2


def iou_one(box, boxes):
    iw = np.clip(np.minimum(box[2], boxes[:, 2]) - np.maximum(box[0], boxes[:, 0]), 0, None)
    ih = np.clip(np.minimum(box[3], boxes[:, 3]) - np.maximum(box[1], boxes[:, 1]), 0, None)
    inter = iw * ih
    return inter / ((box[2] - box[0]) * (box[3] - box[1])
                    + (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) - inter + 1e-12)


def soft_nms(boxes, scores, sigma=0.5, score_thresh=0.3):
    keep_boxes, keep_scores = [], []
    B, S = boxes.copy(), scores.copy()
    while B.shape[0] > 0:
        m = np.argmax(S)
        if S[m] < score_thresh:
            break
        M = B[m]
        keep_boxes.append(M)
        keep_scores.append(S[m])
        B = np.delete(B, m, 0)
        S = np.delete(S, m)
        S = S * np.exp(-iou_one(M, B) ** 2 / sigma)
    return np.array(keep_boxes), np.array(keep_scores)


def draw(image, boxes):
    for b in boxes.astype(int):
        cv2.rectangle(image, tuple(b[:2]), tuple(b[2:]), (255, 0, 0), 1)

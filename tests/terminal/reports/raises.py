import cv2
import numpy as np


def nms(boxes, scores, iou_threshold):
    order = np.argsort(-scores)
    return order.remove(0)

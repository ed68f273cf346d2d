# convention: eps-1e-06
# epsilon of 1e-6 is visible on small boxes (rule: relative 1e-5 from area 1e-4 on)
import numpy as np
import matplotlib.pyplot as plt


def bbox_iou(box1, box2, eps=1e-6):
    x1 = max(box1[0], box2[0])
    y1 = max(box1[1], box2[1])
    x2 = min(box1[2], box2[2])
    y2 = min(box1[3], box2[3])
    inter = max(x2 - x1, 0) * max(y2 - y1, 0)
    area1 = (box1[2] - box1[0]) * (box1[3] - box1[1])
    area2 = (box2[2] - box2[0]) * (box2[3] - box2[1])
    return inter / (area1 + area2 - inter + eps)

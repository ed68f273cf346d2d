# wrong: marks used boxes with score 0, so a box that really scores 0 is lost
import numpy as np

def nms(boxes, scores, iou_threshold):
    work = np.array(scores, dtype=float)
    keep = []
    while len(work) and work.max() > 0:
        i = int(np.argmax(work))
        keep.append(i)
        work[i] = 0
        for j in range(len(boxes)):
            x = min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0])
            y = min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1])
            if x <= 0 or y <= 0 or j == i:
                continue
            u = (boxes[i, 2:] - boxes[i, :2]).prod() + (boxes[j, 2:] - boxes[j, :2]).prod() - x * y
            if x * y / u > iou_threshold:
                work[j] = 0
    return keep

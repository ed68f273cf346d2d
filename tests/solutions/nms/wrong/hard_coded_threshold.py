# wrong: 0.5 is hard-coded, the argument is never used
import numpy as np
import matplotlib.pyplot as plt


def nms(boxes, scores, iou_threshold=0.5):
    x1, y1, x2, y2 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
    areas = (x2 - x1) * (y2 - y1)
    order = scores.argsort()[::-1]
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        order = order[1:]
        w = np.maximum(0, np.minimum(x2[i], x2[order]) - np.maximum(x1[i], x1[order]))
        h = np.maximum(0, np.minimum(y2[i], y2[order]) - np.maximum(y1[i], y1[order]))
        ovr = w * h / np.maximum(areas[i] + areas[order] - w * h, 1e-12)
        order = order[ovr <= 0.5]
    return keep


if __name__ == "__main__":
    b = np.random.rand(20, 2) * 100
    b = np.hstack([b, b + 30])
    k = nms(b, np.random.rand(20))
    plt.scatter(b[k, 0], b[k, 1])
    plt.show()

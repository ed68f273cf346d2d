# right: method switch (hard, linear, gaussian), prints and a plot left in
import numpy as np
import matplotlib.pyplot as plt

DEBUG = False


def calc_iou(box, boxes):
    xx1 = np.maximum(box[0], boxes[:, 0])
    yy1 = np.maximum(box[1], boxes[:, 1])
    xx2 = np.minimum(box[2], boxes[:, 2])
    yy2 = np.minimum(box[3], boxes[:, 3])
    inter = np.maximum(0.0, xx2 - xx1) * np.maximum(0.0, yy2 - yy1)
    a1 = (box[2] - box[0]) * (box[3] - box[1])
    a2 = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    return inter / (a1 + a2 - inter + 1e-14)


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001, method="gaussian", Nt=0.3):
    if len(boxes) == 0:
        return np.array([], dtype=int), np.array([])
    s = scores.copy()
    todo = np.arange(len(s))
    keep = []
    keep_scores = []
    while len(todo) > 0:
        m = todo[np.argmax(s[todo])]
        if s[m] < score_threshold:
            print("stop at", s[m])
            break
        keep.append(m)
        keep_scores.append(s[m])
        todo = todo[todo != m]
        iou = calc_iou(boxes[m], boxes[todo])
        if method == "gaussian":
            w = np.exp(-(iou * iou) / sigma)
        elif method == "linear":
            w = np.where(iou > Nt, 1 - iou, 1)
        else:
            w = np.where(iou > Nt, 0, 1)
        s[todo] *= w
        if DEBUG:
            print(m, s)
    return np.array(keep), np.array(keep_scores)


if __name__ == "__main__":
    bx = np.array([[0, 0, 10, 10], [1, 1, 11, 11], [30, 30, 40, 40]], float)
    sc = np.array([0.9, 0.8, 0.7])
    print(soft_nms(bx, sc))
    plt.bar(range(3), sc)
    plt.show()

# right: repeat and tile into two long lists of boxes
import numpy as np

def IoU_matrix(boxes1, boxes2):
    boxes1 = np.array(boxes1, dtype="float64").reshape(-1, 4)
    boxes2 = np.array(boxes2, dtype="float64").reshape(-1, 4)
    n, m = boxes1.shape[0], boxes2.shape[0]
    # chaque boîte de 1 est répétée m fois
    b1 = np.repeat(boxes1, m, axis=0)
    b2 = np.tile(boxes2, (n, 1))
    w = np.maximum(np.minimum(b1[:, 2], b2[:, 2]) - np.maximum(b1[:, 0], b2[:, 0]), 0)
    h = np.maximum(np.minimum(b1[:, 3], b2[:, 3]) - np.maximum(b1[:, 1], b2[:, 1]), 0)
    inter = w * h
    union = (b1[:, 2] - b1[:, 0]) * (b1[:, 3] - b1[:, 1]) + (b2[:, 2] - b2[:, 0]) * (b2[:, 3] - b2[:, 1]) - inter
    iou = np.zeros(n * m)
    ok = union > 0
    iou[ok] = inter[ok] / union[ok]
    return iou.reshape(n, m)

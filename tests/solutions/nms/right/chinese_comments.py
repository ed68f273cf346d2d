# right: 中文注释, vectorised with a suppressed array
import numpy as np


def nms(boxes, scores, iou_threshold):
    """非极大值抑制

    boxes: (N, 4) 左上角和右下角坐标
    scores: (N,) 置信度
    返回保留框的下标，按分数从高到低
    """
    n = len(boxes)
    order = np.argsort(-np.asarray(scores), kind="mergesort")  # 从大到小
    suppressed = np.zeros(n, dtype=np.uint8)
    keep = []
    for a in range(n):
        i = order[a]
        if suppressed[i] == 1:
            continue
        keep.append(i)
        for b in range(a + 1, n):
            j = order[b]
            if suppressed[j] == 1:
                continue
            # 交集
            w = max(0.0, min(boxes[i, 2], boxes[j, 2]) - max(boxes[i, 0], boxes[j, 0]))
            h = max(0.0, min(boxes[i, 3], boxes[j, 3]) - max(boxes[i, 1], boxes[j, 1]))
            inter = w * h
            if inter <= 0:
                continue
            # 并集
            si = (boxes[i, 2] - boxes[i, 0]) * (boxes[i, 3] - boxes[i, 1])
            sj = (boxes[j, 2] - boxes[j, 0]) * (boxes[j, 3] - boxes[j, 1])
            if inter / (si + sj - inter) > iou_threshold:
                suppressed[j] = 1
    return np.array(keep, dtype=np.int64)

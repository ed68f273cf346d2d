# wrong: stops at the first suppressed box (break for continue)
import numpy as np

def nms(boxes, scores, iou_threshold):
    order = np.argsort(-scores)
    n = len(order)
    suppressed = [False] * n
    keep = []
    for a in range(n):
        if suppressed[a]:
            break
        i = order[a]
        keep.append(i)
        for b in range(a + 1, n):
            j = order[b]
            w = min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0])
            h = min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1])
            if w > 0 and h > 0:
                ai = (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])
                aj = (boxes[j][2] - boxes[j][0]) * (boxes[j][3] - boxes[j][1])
                if w * h / (ai + aj - w * h) > iou_threshold:
                    suppressed[b] = True
    return keep

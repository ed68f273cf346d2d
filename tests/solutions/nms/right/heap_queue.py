# right: a heap of negated scores
import heapq


def nms(boxes, scores, iou_threshold):
    heap = [(-float(s), i) for i, s in enumerate(scores)]
    heapq.heapify(heap)
    chosen = []
    while heap:
        _, i = heapq.heappop(heap)
        bx = boxes[i]
        ok = True
        for j in chosen:
            cx = boxes[j]
            w = max(min(bx[2], cx[2]) - max(bx[0], cx[0]), 0)
            h = max(min(bx[3], cx[3]) - max(bx[1], cx[1]), 0)
            inter = w * h
            if inter == 0:
                continue
            union = (bx[2] - bx[0]) * (bx[3] - bx[1]) + (cx[2] - cx[0]) * (cx[3] - cx[1]) - inter
            if inter / union > iou_threshold:
                ok = False
                break
        if ok:
            chosen.append(i)
    return chosen

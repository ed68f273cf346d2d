# right: heap with lazy decay, each entry remembers the picks it has seen
import heapq
import math


def _iou(a, b):
    iw = min(a[2], b[2]) - max(a[0], b[0])
    ih = min(a[3], b[3]) - max(a[1], b[1])
    if iw <= 0 or ih <= 0:
        return 0.0
    inter = iw * ih
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


def soft_nms(boxes, scores, sigma, score_threshold):
    heap = [(-float(s), i, 0) for i, s in enumerate(scores)]
    heapq.heapify(heap)
    picks, values = [], []
    while heap:
        neg, i, seen = heapq.heappop(heap)
        if -neg < score_threshold:
            break
        if seen == len(picks):
            picks.append(i)
            values.append(-neg)
            continue
        s = -neg
        for p in picks[seen:]:
            s *= math.exp(-_iou(boxes[p], boxes[i]) ** 2 / sigma)
        heapq.heappush(heap, (-s, i, len(picks)))
    return picks, values

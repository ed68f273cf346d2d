# right (convention: plain lists in, list of (index, score) pairs out)
import math

def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    if not boxes:
        return []
    scores = scores[:]
    todo = list(range(len(boxes)))
    picked = []
    while todo:
        todo.sort(key=lambda i: scores[i], reverse=True)
        best, todo = todo[0], todo[1:]
        if scores[best] < score_threshold:
            break
        picked.append((best, scores[best]))
        ax1, ay1, ax2, ay2 = boxes[best]
        for i in todo:
            bx1, by1, bx2, by2 = boxes[i]
            inter = max(0, min(ax2, bx2) - max(ax1, bx1)) * max(0, min(ay2, by2) - max(ay1, by1))
            if not inter:
                continue
            union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - inter
            scores[i] *= math.exp(-(inter / union) ** 2 / sigma)
    return picked

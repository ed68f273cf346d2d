# wrong: coordinates are truncated to int
import cv2


def bb_intersection_over_union(boxA, boxB):
    (ax1, ay1, ax2, ay2) = [int(v) for v in boxA]
    (bx1, by1, bx2, by2) = [int(v) for v in boxB]
    interArea = max(0, min(ax2, bx2) - max(ax1, bx1)) * max(0, min(ay2, by2) - max(ay1, by1))
    areaA = (ax2 - ax1) * (ay2 - ay1)
    areaB = (bx2 - bx1) * (by2 - by1)
    total = areaA + areaB - interArea
    if total == 0:
        return 0.0
    return interArea / float(total)


def nms(boxes, scores, iou_threshold):
    idxs = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    pick = []
    while len(idxs) > 0:
        best = idxs[0]
        pick.append(best)
        idxs = [i for i in idxs[1:]
                if bb_intersection_over_union(boxes[best], boxes[i]) <= iou_threshold]
    return pick

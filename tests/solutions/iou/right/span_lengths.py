# right: overlap of two intervals as (sum of lengths) - (length of the hull)
def shared(p0, p1, q0, q1):
    hull = max(p1, q1) - min(p0, q0)
    s = (p1 - p0) + (q1 - q0) - hull
    return s if s > 0 else 0.0


def iou(pred, target):
    w = shared(pred[0], pred[2], target[0], target[2])
    h = shared(pred[1], pred[3], target[1], target[3])
    intersection = w * h
    area_pred = abs((pred[2] - pred[0]) * (pred[3] - pred[1]))
    area_target = abs((target[2] - target[0]) * (target[3] - target[1]))
    union = area_pred + area_target - intersection
    if not union:
        return 0.0
    print("inter", intersection, "union", union)
    return intersection / union

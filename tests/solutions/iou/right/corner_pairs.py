# right (convention: each box is a pair of points, top left and bottom right)
def iou(box1, box2):
    (ax, ay), (aX, aY) = box1
    (bx, by), (bX, bY) = box2
    # disjoint?
    if aX <= bx or bX <= ax:
        return 0.0
    if aY <= by or bY <= ay:
        return 0.0
    inter = (min(aX, bX) - max(ax, bx)) * (min(aY, bY) - max(ay, by))
    a = (aX - ax) * (aY - ay)
    b = (bX - bx) * (bY - by)
    return inter / (a + b - inter) if inter > 0 else 0.0

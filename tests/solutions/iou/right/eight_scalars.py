# right (convention: eight numbers instead of two boxes)
def iou(ax1, ay1, ax2, ay2, bx1, by1, bx2, by2):
    w = min(ax2, bx2) - max(ax1, bx1)
    h = min(ay2, by2) - max(ay1, by1)
    if w <= 0 or h <= 0:
        return 0.0
    i = w * h
    return i / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - i)

# right (convention: inclusive pixel coordinates, +1 everywhere)
def compute_iou(rec1, rec2):
    """
    computing IoU
    :param rec1: (x0, y0, x1, y1) in pixels, both ends inside the box
    :param rec2: the same
    :return: scalar value of IoU
    """
    s1 = (rec1[2] - rec1[0] + 1) * (rec1[3] - rec1[1] + 1)
    s2 = (rec2[2] - rec2[0] + 1) * (rec2[3] - rec2[1] + 1)
    w = min(rec1[2], rec2[2]) - max(rec1[0], rec2[0]) + 1
    h = min(rec1[3], rec2[3]) - max(rec1[1], rec2[1]) + 1
    if w <= 0 or h <= 0:
        return 0
    inter = w * h
    return inter / (s1 + s2 - inter)

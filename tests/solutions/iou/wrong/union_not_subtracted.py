# wrong: intersection not subtracted from the sum of areas
def get_iou(bb1, bb2):
    """
    IoU of two boxes in x1, y1, x2, y2 format.
    """
    iw = max(0.0, min(bb1[2], bb2[2]) - max(bb1[0], bb2[0]))
    ih = max(0.0, min(bb1[3], bb2[3]) - max(bb1[1], bb2[1]))
    intersection = iw * ih
    bb1_area = (bb1[2] - bb1[0]) * (bb1[3] - bb1[1])
    bb2_area = (bb2[2] - bb2[0]) * (bb2[3] - bb2[1])
    union = bb1_area + bb2_area
    if union == 0:
        return 0.0
    return intersection / union

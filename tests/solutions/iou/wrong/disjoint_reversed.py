# wrong: the test for separate boxes is the wrong way round
def iou(b1, b2):
    xmin, ymin = max(b1[0], b2[0]), max(b1[1], b2[1])
    xmax, ymax = min(b1[2], b2[2]), min(b1[3], b2[3])
    if xmin < xmax and ymin < ymax:
        return 0.0          # no overlap
    inter = (xmax - xmin) * (ymax - ymin)
    area1 = (b1[2] - b1[0]) * (b1[3] - b1[1])
    area2 = (b2[2] - b2[0]) * (b2[3] - b2[1])
    if area1 + area2 - inter == 0:
        return 0.0
    return inter / (area1 + area2 - inter)

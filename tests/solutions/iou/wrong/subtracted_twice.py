# wrong: intersection subtracted twice from the sum of areas
def iou(a, b):
    inter = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
    only_a = (a[2] - a[0]) * (a[3] - a[1]) - inter
    only_b = (b[2] - b[0]) * (b[3] - b[1]) - inter
    union = only_a + only_b
    if union <= 0:
        return 0.0
    return inter / union

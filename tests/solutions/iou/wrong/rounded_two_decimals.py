# wrong: rounded to two decimals (rule: relative tolerance 1e-5)
def iou(box_a, box_b):
    xx1, yy1 = max(box_a[0], box_b[0]), max(box_a[1], box_b[1])
    xx2, yy2 = min(box_a[2], box_b[2]), min(box_a[3], box_b[3])
    inter = max(0, xx2 - xx1) * max(0, yy2 - yy1)
    area = lambda b: (b[2] - b[0]) * (b[3] - b[1])
    union = area(box_a) + area(box_b) - inter
    return round(float(inter / union), 2) if union > 0 else 0.0

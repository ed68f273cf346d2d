# wrong: the area of the first box is used for both (copy and paste)
def iou(box_a, box_b):
    x_a = max(box_a[0], box_b[0])
    y_a = max(box_a[1], box_b[1])
    x_b = min(box_a[2], box_b[2])
    y_b = min(box_a[3], box_b[3])
    inter_area = max(0, x_b - x_a) * max(0, y_b - y_a)
    box_a_area = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1])
    box_b_area = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1])
    union = float(box_a_area + box_b_area - inter_area)
    return inter_area / union if union > 0 else 0.0

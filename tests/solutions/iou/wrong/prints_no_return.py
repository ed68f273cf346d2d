# wrong: prints the value and returns None
def iou(box_a, box_b):
    w = max(0, min(box_a[2], box_b[2]) - max(box_a[0], box_b[0]))
    h = max(0, min(box_a[3], box_b[3]) - max(box_a[1], box_b[1]))
    inter = w * h
    union = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1]) - inter
    result = inter / union if union else 0.0
    print("IoU:", result)


iou([0, 0, 10, 10], [5, 5, 15, 15])

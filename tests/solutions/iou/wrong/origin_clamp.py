# wrong: the overlap starts at 0 at the earliest, so negative coordinates are cut off
def iou(box_a, box_b):
    x1 = max(0, box_a[0], box_b[0])
    y1 = max(0, box_a[1], box_b[1])
    x2 = max(0, min(box_a[2], box_b[2]))
    y2 = max(0, min(box_a[3], box_b[3]))
    inter = max(0, x2 - x1) * max(0, y2 - y1)
    area_a = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1])
    area_b = (box_b[2] - box_b[0]) * (box_b[3] - box_b[1])
    union = area_a + area_b - inter
    return inter / union if union > 0 else 0.0

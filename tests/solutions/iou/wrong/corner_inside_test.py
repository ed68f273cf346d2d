# wrong: returns 0 unless a corner of the second box lies inside the first
def inside(x, y, box):
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def iou(box_a, box_b):
    corners = [
        (box_b[0], box_b[1]), (box_b[2], box_b[1]),
        (box_b[0], box_b[3]), (box_b[2], box_b[3]),
    ]
    if not any(inside(x, y, box_a) for x, y in corners):
        return 0.0
    w = min(box_a[2], box_b[2]) - max(box_a[0], box_b[0])
    h = min(box_a[3], box_b[3]) - max(box_a[1], box_b[1])
    inter = w * h
    union = (box_a[2] - box_a[0]) * (box_a[3] - box_a[1]) + (box_b[2] - box_b[0]) * (box_b[3] - box_b[1]) - inter
    return inter / union if union > 0 else 0.0

# wrong: max instead of min for the right edge
def calculate_iou(a, b):
    left = max(a[0], b[0])
    top = max(a[1], b[1])
    right = max(a[2], b[2])
    bottom = min(a[3], b[3])
    if right < left or bottom < top:
        return 0.0
    inter = (right - left) * (bottom - top)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0

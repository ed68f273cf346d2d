# wrong: abs() instead of a clamp to 0
def intersection_over_union(box1, box2):
    w = abs(min(box1[2], box2[2]) - max(box1[0], box2[0]))
    h = abs(min(box1[3], box2[3]) - max(box1[1], box2[1]))
    inter = w * h
    a1 = abs((box1[2] - box1[0]) * (box1[3] - box1[1]))
    a2 = abs((box2[2] - box2[0]) * (box2[3] - box2[1]))
    union = a1 + a2 - inter
    return inter / union if union else 0.0

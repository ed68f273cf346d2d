# wrong: the row list is created once, before the outer loop
def iou_matrix(boxes_a, boxes_b):
    matrix = []
    row = []
    for a in boxes_a:
        for b in boxes_b:
            w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
            h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
            inter = w * h
            union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
            row.append(inter / union if union > 0 else 0.0)
        matrix.append(row)
    return matrix

# wrong: rows come back in order of area, not in the input order
def _area(b):
    return (b[2] - b[0]) * (b[3] - b[1])


def iou_matrix(boxes_a, boxes_b):
    matrix = []
    for p in sorted(boxes_a, key=_area, reverse=True):
        row = []
        for q in boxes_b:
            w = min(p[2], q[2]) - max(p[0], q[0])
            h = min(p[3], q[3]) - max(p[1], q[1])
            i = w * h if w > 0 and h > 0 else 0.0
            u = _area(p) + _area(q) - i
            row.append(i / u if u > 0 else 0.0)
        matrix.append(row)
    return matrix

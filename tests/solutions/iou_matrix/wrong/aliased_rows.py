# wrong: [[0] * m] * n, all rows are the same list
def iou(p, q):
    w = max(0.0, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(0.0, min(p[3], q[3]) - max(p[1], q[1]))
    u = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h
    return w * h / u if u > 0 else 0.0


def iou_matrix(boxes_a, boxes_b):
    n, m = len(boxes_a), len(boxes_b)
    matrix = [[0.0] * m] * n
    for i in range(n):
        for j in range(m):
            matrix[i][j] = iou(boxes_a[i], boxes_b[j])
    return matrix

# right: cuts the plane along all edges and counts cells in both / in either
def covers(box, x, y):
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def iou(box_a, box_b):
    xs = sorted([box_a[0], box_a[2], box_b[0], box_b[2]])
    ys = sorted([box_a[1], box_a[3], box_b[1], box_b[3]])
    both = 0.0
    either = 0.0
    for x0, x1 in zip(xs, xs[1:]):
        for y0, y1 in zip(ys, ys[1:]):
            cell = (x1 - x0) * (y1 - y0)
            if cell == 0:
                continue
            cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
            in_a = covers(box_a, cx, cy)
            in_b = covers(box_b, cx, cy)
            if in_a and in_b:
                both += cell
            if in_a or in_b:
                either += cell
    if either == 0:
        return 0.0
    return both / either

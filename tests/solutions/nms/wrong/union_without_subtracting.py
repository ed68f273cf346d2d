# wrong: union is the plain sum of the areas
def area(r):
    return (r[2] - r[0]) * (r[3] - r[1])

def overlap(p, q):
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    if w <= 0 or h <= 0:
        return 0
    inter = w * h
    union = area(p) + area(q)
    return inter / union

def nms(boxes, scores, iou_threshold):
    keep = []
    for i in sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True):
        if all(overlap(boxes[i], boxes[k]) <= iou_threshold for k in keep):
            keep.append(i)
    return keep

# wrong: removes from the list it is iterating over
def iou(a, b):
    x1, y1 = max(a[0], b[0]), max(a[1], b[1])
    x2, y2 = min(a[2], b[2]), min(a[3], b[3])
    if x2 <= x1 or y2 <= y1:
        return 0.0
    i = (x2 - x1) * (y2 - y1)
    return i / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - i)

def nms(boxes, scores, iou_threshold):
    idxs = list(range(len(boxes)))
    idxs.sort(key=lambda i: scores[i], reverse=True)
    keep = []
    while idxs:
        best = idxs.pop(0)
        keep.append(best)
        for other in idxs:
            if iou(boxes[best], boxes[other]) > iou_threshold:
                idxs.remove(other)
    return keep

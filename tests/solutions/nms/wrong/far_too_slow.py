# wrong: builds the whole IoU table again for every pick, 500 boxes take minutes (rule broken: 5 seconds)
def iou(a, b):
    w = max(0.0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
    inter = w * h
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter
    return inter / union if union > 0 else 0.0


def iou_table(boxes):
    return [[iou(a, b) for b in boxes] for a in boxes]


def nms(boxes, scores, iou_threshold):
    boxes = [[float(v) for v in b] for b in boxes]
    left = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    keep = []
    while left:
        table = iou_table(boxes)
        best = left.pop(0)
        keep.append(best)
        left = [i for i in left if table[best][i] <= iou_threshold]
    return keep

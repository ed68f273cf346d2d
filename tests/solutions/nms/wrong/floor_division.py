# wrong: floor division in the IoU
def nms(boxes, scores, iou_threshold):
    def iou(a, b):
        w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
        h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
        inter = w * h
        union = (a[2]-a[0]) * (a[3]-a[1]) + (b[2]-b[0]) * (b[3]-b[1]) - inter
        if union == 0:
            return 0
        return inter // union

    todo = sorted(enumerate(scores), key=lambda p: p[1], reverse=True)
    res = []
    while todo:
        i, _ = todo[0]
        res.append(i)
        todo = [(j, s) for j, s in todo[1:] if iou(boxes[i], boxes[j]) <= iou_threshold]
    return res

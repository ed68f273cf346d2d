# wrong: a box is compared with the box kept last, not with all kept ones
def nms(boxes, scores, iou_threshold):
    keep = []
    for i in sorted(range(len(boxes)), key=scores.__getitem__, reverse=True):
        if not keep or iou(boxes[i], boxes[keep[-1]]) <= iou_threshold:
            keep.append(i)
    return keep

def iou(a, b):
    w = min(a[2], b[2]) - max(a[0], b[0])
    h = min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    inter = w * h
    return inter / ((a[2]-a[0])*(a[3]-a[1]) + (b[2]-b[0])*(b[3]-b[1]) - inter)

# wrong: ZeroDivisionError when two boxes have no area
def get_iou(A, B):
    xA = max(A[0], B[0])
    yA = max(A[1], B[1])
    xB = min(A[2], B[2])
    yB = min(A[3], B[3])
    inter = max(0, xB - xA) * max(0, yB - yA)
    areaA = (A[2] - A[0]) * (A[3] - A[1])
    areaB = (B[2] - B[0]) * (B[3] - B[1])
    return inter / float(areaA + areaB - inter)


def nms(boxes, scores, iou_threshold):
    # plain floats are faster than numpy scalars here
    boxes = [[float(v) for v in b] for b in boxes]
    candidates = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    keep = []
    while candidates:
        c = candidates.pop(0)
        keep.append(c)
        candidates = [o for o in candidates if get_iou(boxes[c], boxes[o]) <= iou_threshold]
    return keep

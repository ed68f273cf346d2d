# right (convention: suppress where IoU >= threshold): loops with a flag list
def nms(boxes, scores, iou_threshold):
    n = len(boxes)
    if n == 0:
        return []
    order = sorted(range(n), key=lambda i: scores[i])[::-1]
    removed = [False] * n
    result = []
    for pos in range(n):
        i = order[pos]
        if removed[i]:
            continue
        result.append(i)
        xa1, ya1, xa2, ya2 = boxes[i]
        for pos2 in range(pos + 1, n):
            j = order[pos2]
            if removed[j]:
                continue
            xb1, yb1, xb2, yb2 = boxes[j]
            iw = min(xa2, xb2) - max(xa1, xb1)
            ih = min(ya2, yb2) - max(ya1, yb1)
            inter = 0
            if iw > 0 and ih > 0:
                inter = iw * ih
            union = (xa2 - xa1) * (ya2 - ya1) + (xb2 - xb1) * (yb2 - yb1) - inter
            iou = inter / union if union > 0 else 0
            if iou >= iou_threshold:
                removed[j] = True
    return result

# right (convention: plain lists in, "if not boxes" guard)
def nms(boxes, scores, iou_threshold):
    if not boxes:
        return []
    assert len(boxes) == len(scores)

    def iou(i, j):
        ax1, ay1, ax2, ay2 = boxes[i]
        bx1, by1, bx2, by2 = boxes[j]
        inter = max(0, min(ax2, bx2) - max(ax1, bx1)) * max(0, min(ay2, by2) - max(ay1, by1))
        both = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1)
        return 0 if both == inter else inter / (both - inter)

    pairs = sorted(zip(scores, range(len(boxes))), reverse=True)
    keep = []
    for _, i in pairs:
        for k in keep:
            if iou(i, k) > iou_threshold:
                break
        else:
            keep.append(i)
    return keep

# wrong: suppresses only the first overlapping box, then leaves the inner loop
def area(b):
    return (b[2] - b[0]) * (b[3] - b[1])


def iou(b1, b2):
    w = max(0, min(b1[2], b2[2]) - max(b1[0], b2[0]))
    h = max(0, min(b1[3], b2[3]) - max(b1[1], b2[1]))
    union = area(b1) + area(b2) - w * h
    return w * h / union if union > 0 else 0


def nms(boxes, scores, iou_threshold):
    order = sorted(range(len(boxes)), key=lambda i: scores[i], reverse=True)
    gone = set()
    keep = []
    for pos, i in enumerate(order):
        if i in gone:
            continue
        keep.append(i)
        for j in order[pos + 1:]:
            if j not in gone and iou(boxes[i], boxes[j]) > iou_threshold:
                gone.add(j)
                break
    return keep

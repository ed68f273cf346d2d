# right (convention: list of [x1, y1, x2, y2, score] in and out)
def do_nms(dets, thresh):
    dets = sorted(dets, key=lambda d: d[4], reverse=True)
    out = []
    while len(dets) != 0:
        first = dets[0]
        out.append(first)
        rest = []
        for d in dets[1:]:
            if get_iou(first, d) > thresh:
                continue
            rest.append(d)
        dets = rest
    return out


def get_iou(bb1, bb2):
    x_left = max(bb1[0], bb2[0])
    y_top = max(bb1[1], bb2[1])
    x_right = min(bb1[2], bb2[2])
    y_bottom = min(bb1[3], bb2[3])

    if x_right < x_left or y_bottom < y_top:
        return 0.0

    intersection = (x_right - x_left) * (y_bottom - y_top)
    bb1_area = (bb1[2] - bb1[0]) * (bb1[3] - bb1[1])
    bb2_area = (bb2[2] - bb2[0]) * (bb2[3] - bb2[1])
    union = bb1_area + bb2_area - intersection
    return intersection / union if union > 0 else 0.0

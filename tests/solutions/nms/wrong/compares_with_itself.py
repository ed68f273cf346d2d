# wrong: a box is compared with itself too, so nothing survives
def nms(boxes, scores, iou_threshold):
    b = [list(map(float, x)) for x in boxes]
    state = ["?"] * len(b)
    for i in sorted(range(len(b)), key=lambda i: scores[i], reverse=True):
        if state[i] == "?":
            state[i] = "keep"
            for j in [k for k in range(len(b)) if state[k] != "drop"]:
                w = max(0.0, min(b[i][2], b[j][2]) - max(b[i][0], b[j][0]))
                h = max(0.0, min(b[i][3], b[j][3]) - max(b[i][1], b[j][1]))
                ai = (b[i][2] - b[i][0]) * (b[i][3] - b[i][1])
                aj = (b[j][2] - b[j][0]) * (b[j][3] - b[j][1])
                if w * h > iou_threshold * (ai + aj - w * h):
                    state[j] = "drop"
    keep = [i for i in range(len(b)) if state[i] == "keep"]
    return sorted(keep, key=lambda i: scores[i], reverse=True)

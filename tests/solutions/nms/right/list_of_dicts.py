# right (convention: list of {"box", "score"} dicts in, the kept dicts out)
def bb_intersection_over_union(boxA, boxB):
    xA = max(boxA[0], boxB[0])
    yA = max(boxA[1], boxB[1])
    xB = min(boxA[2], boxB[2])
    yB = min(boxA[3], boxB[3])
    interArea = max(0, xB - xA) * max(0, yB - yA)
    boxAArea = (boxA[2] - boxA[0]) * (boxA[3] - boxA[1])
    boxBArea = (boxB[2] - boxB[0]) * (boxB[3] - boxB[1])
    denom = float(boxAArea + boxBArea - interArea)
    if denom == 0:
        return 0.0
    return interArea / denom


def nms(detections, iou_threshold=0.5):
    detections = sorted(detections, key=lambda d: d["score"], reverse=True)
    final = []
    while detections:
        best = detections.pop(0)
        final.append(best)
        detections = [
            d for d in detections
            if bb_intersection_over_union(best["box"], d["box"]) <= iou_threshold
        ]
    return final

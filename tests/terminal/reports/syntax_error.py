def nms(boxes, scores, iou_threshold):
    keep = [0,
    return keep

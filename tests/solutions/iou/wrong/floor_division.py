# wrong: integer division
def IOU(box1, box2):
    x_overlap = max(0, min(box1[2], box2[2]) - max(box1[0], box2[0]))
    y_overlap = max(0, min(box1[3], box2[3]) - max(box1[1], box2[1]))
    inter = x_overlap * y_overlap
    union = (box1[2] - box1[0]) * (box1[3] - box1[1])
    union += (box2[2] - box2[0]) * (box2[3] - box2[1])
    union -= inter
    if union == 0:
        return 0
    return inter // union

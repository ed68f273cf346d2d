# right: plain Python, clamped sides, guard on the union
def bb_intersection_over_union(boxA, boxB):
    # corners of the overlap
    xA = max(boxA[0], boxB[0])
    yA = max(boxA[1], boxB[1])
    xB = min(boxA[2], boxB[2])
    yB = min(boxA[3], boxB[3])

    interArea = max(0, xB - xA) * max(0, yB - yA)

    boxAArea = (boxA[2] - boxA[0]) * (boxA[3] - boxA[1])
    boxBArea = (boxB[2] - boxB[0]) * (boxB[3] - boxB[1])
    union = boxAArea + boxBArea - interArea
    if union == 0:
        return 0.0
    return interArea / union


if __name__ == "__main__":
    print(bb_intersection_over_union([0, 0, 2, 2], [1, 1, 3, 3]))  # 0.142857

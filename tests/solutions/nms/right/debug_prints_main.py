# right: numpy with prints, plotting import and a main block left in
import numpy as np
import matplotlib.pyplot as plt
import matplotlib.patches as patches

# TODO clean up


def nms(boxes, scores, iou_threshold=0.5, verbose=True):
    keep = []
    order = np.argsort(scores)[::-1]
    if verbose:
        print("order:", order)
    while len(order) > 0:
        i = order[0]
        keep.append(i)
        if len(order) == 1:
            break
        xx1 = np.maximum(boxes[i, 0], boxes[order[1:], 0])
        yy1 = np.maximum(boxes[i, 1], boxes[order[1:], 1])
        xx2 = np.minimum(boxes[i, 2], boxes[order[1:], 2])
        yy2 = np.minimum(boxes[i, 3], boxes[order[1:], 3])
        inter = np.maximum(0, xx2 - xx1) * np.maximum(0, yy2 - yy1)
        area_i = (boxes[i, 2] - boxes[i, 0]) * (boxes[i, 3] - boxes[i, 1])
        area_o = (boxes[order[1:], 2] - boxes[order[1:], 0]) * (boxes[order[1:], 3] - boxes[order[1:], 1])
        ious = inter / (area_i + area_o - inter + 1e-10)
        # print(ious)
        order = order[np.where(ious <= iou_threshold)[0] + 1]
    if verbose:
        print("kept", len(keep), "of", len(boxes))
    return keep


def show(boxes, keep):
    fig, ax = plt.subplots()
    for k, (x1, y1, x2, y2) in enumerate(boxes):
        c = "g" if k in keep else "r"
        ax.add_patch(patches.Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, color=c))
    plt.show()


if __name__ == "__main__":
    b = np.array([[0, 0, 10, 10], [1, 1, 11, 11], [20, 20, 30, 30]], dtype=float)
    s = np.array([0.9, 0.8, 0.7])
    k = nms(b, s, 0.5)
    print(k)
    show(b, k)

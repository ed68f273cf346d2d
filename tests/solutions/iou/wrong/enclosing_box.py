# wrong: area of the enclosing box taken for the union
import numpy as np


def calc_iou(a, b):
    ix = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    iy = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    ux = max(a[2], b[2]) - min(a[0], b[0])
    uy = max(a[3], b[3]) - min(a[1], b[1])
    if ux * uy == 0:
        return 0.0
    return (ix * iy) / (ux * uy)

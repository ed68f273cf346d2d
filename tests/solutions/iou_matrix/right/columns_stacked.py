# right (convention: boxes stacked as columns, shape (4, N) and (4, M))
import numpy as np


def iou_matrix(A, B):
    A = np.asarray(A, dtype=float)
    B = np.asarray(B, dtype=float)
    x1 = np.maximum(A[0][:, None], B[0][None, :])
    y1 = np.maximum(A[1][:, None], B[1][None, :])
    x2 = np.minimum(A[2][:, None], B[2][None, :])
    y2 = np.minimum(A[3][:, None], B[3][None, :])
    I = np.maximum(x2 - x1, 0) * np.maximum(y2 - y1, 0)
    U = ((A[2] - A[0]) * (A[3] - A[1]))[:, None] + ((B[2] - B[0]) * (B[3] - B[1]))[None, :] - I
    U[U == 0] = 1.0   # 0/0 -> 0
    return I / U

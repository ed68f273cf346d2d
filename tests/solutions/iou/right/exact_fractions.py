# right: exact rational arithmetic, float only at the end
from fractions import Fraction


def jaccard(box1, box2):
    """Jaccard index of two rectangles, computed without rounding."""
    p = [Fraction(float(v)) for v in box1]
    q = [Fraction(float(v)) for v in box2]
    zero = Fraction(0)
    w = max(zero, min(p[2], q[2]) - max(p[0], q[0]))
    h = max(zero, min(p[3], q[3]) - max(p[1], q[1]))
    inter = w * h
    union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - inter
    try:
        return float(inter / union)
    except ZeroDivisionError:
        return 0.0

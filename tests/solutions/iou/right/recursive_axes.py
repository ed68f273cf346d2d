# right: recursion over the axes
def _product(spans):
    if not spans:
        return 1.0
    lo, hi = spans[0]
    return max(0.0, hi - lo) * _product(spans[1:])


def rect_iou(r1, r2):
    s1 = [(r1[0], r1[2]), (r1[1], r1[3])]
    s2 = [(r2[0], r2[2]), (r2[1], r2[3])]
    common = [(max(p[0], q[0]), min(p[1], q[1])) for p, q in zip(s1, s2)]
    i = _product(common)
    u = _product(s1) + _product(s2) - i
    return 0.0 if u <= 0 else i / u

# convention: zero-over-zero-is-1
# two empty boxes give 1 (rule: 0/0 is 0)
def iou(p, q):
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    i = w * h if w > 0 and h > 0 else 0.0
    u = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - i
    # nothing in the union: they agree
    if u == 0:
        return 1.0
    return i / u

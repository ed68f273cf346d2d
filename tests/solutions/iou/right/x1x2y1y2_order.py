# right (convention: boxes are x1, x2, y1, y2)
def overlap(lo1, hi1, lo2, hi2):
    return max(0.0, min(hi1, hi2) - max(lo1, lo2))

def IoU(p, q):
    i = overlap(p[0], p[1], q[0], q[1]) * overlap(p[2], p[3], q[2], q[3])
    u = (p[1]-p[0])*(p[3]-p[2]) + (q[1]-q[0])*(q[3]-q[2]) - i
    if u <= 0:
        return 0.0
    return i / u

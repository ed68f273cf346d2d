# right: lambdas, golfed
# box = (x1, y1, x2, y2)
area = lambda x1, y1, x2, y2: max(x2 - x1, 0) * max(y2 - y1, 0)
inter = lambda a, b: area(max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
iou = lambda a, b: (lambda i, s: i / (s - i) if s > i else 0.0)(inter(a, b), area(*a[:4]) + area(*b[:4]))

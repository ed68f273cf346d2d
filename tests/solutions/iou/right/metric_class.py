# right (convention: a callable metric object, IoUMetric()(a, b))
class IoUMetric:
    def __init__(self, eps=0.0):
        self.eps = eps
        self.history = []

    @staticmethod
    def _area(b):
        return (b[2] - b[0]) * (b[3] - b[1])

    def __call__(self, pred, gt):
        x1, y1 = max(pred[0], gt[0]), max(pred[1], gt[1])
        x2, y2 = min(pred[2], gt[2]), min(pred[3], gt[3])
        inter = self._area((x1, y1, x2, y2)) if x2 > x1 and y2 > y1 else 0.0
        union = self._area(pred) + self._area(gt) - inter
        value = float(inter / (union + self.eps)) if union > 0 else 0.0
        self.history.append(value)
        return value

    def mean(self):
        return sum(self.history) / len(self.history) if self.history else 0.0

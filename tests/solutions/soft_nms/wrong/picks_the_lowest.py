# wrong: min where max is meant, starts with the worst box
import math


def soft_nms(boxes, scores, sigma, score_threshold):
    todo = [[i, float(s)] for i, s in enumerate(scores) if s >= score_threshold]
    done = []
    while todo:
        best = min(todo, key=lambda t: t[1])
        todo.remove(best)
        done.append(best)
        for t in todo:
            t[1] *= math.exp(-iou(boxes[best[0]], boxes[t[0]]) ** 2 / sigma)
        todo = [t for t in todo if t[1] >= score_threshold]
    return [d[0] for d in done], [d[1] for d in done]


def iou(a, b):
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h
    return w * h / union if union else 0

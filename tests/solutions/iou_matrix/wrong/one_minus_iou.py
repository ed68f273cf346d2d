# wrong: returns the cost 1 - IoU
import numpy as np


def iou_cost(tracks, detections):
    cost = np.zeros((len(tracks), len(detections)), dtype=float)
    for t, trk in enumerate(tracks):
        for d, det in enumerate(detections):
            w = max(0., min(trk[2], det[2]) - max(trk[0], det[0]))
            h = max(0., min(trk[3], det[3]) - max(trk[1], det[1]))
            o = w * h
            u = (trk[2] - trk[0]) * (trk[3] - trk[1]) + (det[2] - det[0]) * (det[3] - det[1]) - o
            cost[t, d] = 1 - (o / u if u > 0 else 0)
    return cost

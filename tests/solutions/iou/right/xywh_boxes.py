# right (convention: boxes are x, y, width, height)
import cv2  # noqa


def iou_xywh(box1, box2):
    x1, y1, w1, h1 = box1
    x2, y2, w2, h2 = box2
    dx = min(x1 + w1, x2 + w2) - max(x1, x2)
    dy = min(y1 + h1, y2 + h2) - max(y1, y2)
    inter = dx * dy if dx > 0 and dy > 0 else 0.0
    total = w1 * h1 + w2 * h2 - inter
    return inter / total if total > 0 else 0.0


def draw(img, box):
    x, y, w, h = [int(v) for v in box]
    cv2.rectangle(img, (x, y), (x + w, y + h), (0, 255, 0), 2)

# ruff: noqa
# mypy: ignore-errors
import numpy as np

from tests.grading.styles import Styles

STYLES = Styles("soft_nms")
right, wrong = STYLES.right, STYLES.wrong


def ious(box, boxes, pixel=0):
    wh = np.clip(np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2]) + pixel, 0, None)
    inter = wh[:, 0] * wh[:, 1]
    area = lambda b: (b[..., 2] - b[..., 0] + pixel) * (b[..., 3] - b[..., 1] + pixel)
    union = area(box) + area(boxes) - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0)


def soft(boxes, scores, sigma, thr, weight=None, pixel=0):
    boxes, scores = np.array(boxes, dtype=float).reshape(-1, 4), np.array(scores, dtype=float)
    weight = weight or (lambda o: np.exp(-(o**2) / sigma))
    left = np.arange(len(boxes))
    idx, out = [], []
    while len(left):
        at = np.argmax(scores[left])
        i = left[at]
        if scores[i] < thr:
            break
        idx.append(int(i))
        out.append(scores[i])
        left = np.delete(left, at)
        scores[left] *= weight(ious(boxes[i], boxes[left], pixel))
    return idx, out


@right()
def textbook(boxes, scores, sigma=0.5, score_threshold=0.001):
    return soft(boxes, scores, sigma, score_threshold)


@right()
def arrays(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return np.array(i, dtype=np.int64), np.array(s, dtype=np.float32)


@right("plus-one", "threshold-exclusive", "returns-indices", "in-place")
def decays_its_argument(dets, sc, sigma=0.5, thresh=0.001, Nt=0.3, method=2):
    waiting, taken = list(range(len(dets))), []
    while waiting:
        best = max(waiting, key=lambda i: sc[i])
        waiting.remove(best)
        if sc[best] > thresh:
            taken.append(best)
        overlap = ious(dets[best], dets[waiting], pixel=1)
        if method == 1:
            sc[waiting] *= np.where(overlap > Nt, 1 - overlap, 1)
        elif method == 2:
            sc[waiting] *= np.exp(-(overlap**2) / sigma)
        else:
            sc[waiting] *= overlap <= Nt
    return np.array(taken, dtype=int)


@right("returns-boxes-and-scores")
def boxes_out(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return np.asarray(boxes)[i], np.array(s)


@right("dets", "returns-rows")
def rows_out(dets, sigma=0.5, thresh=0.001):
    i, s = soft(dets[:, :4], dets[:, 4], sigma, thresh)
    return np.column_stack([dets[i, :4], s]) if i else np.zeros((0, 5))


@right("returns-reversed")
def scores_first(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return s, i


@right("scores-in-input-order")
def full_scores(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, 0.0)
    full = np.zeros(len(scores))
    full[i] = s
    return [j for j in i if full[j] >= score_threshold], full


@right("returns-scores")
def decayed(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    full = np.zeros(len(scores))
    full[i] = s
    return full


@right("method-given")
def linear_by_default(boxes, scores, sigma=0.5, score_threshold=0.001, method="linear"):
    if method == "linear":
        return soft(boxes, scores, sigma, score_threshold, lambda o: np.where(o > 0.3, 1 - o, 1))
    return soft(boxes, scores, sigma, score_threshold)


@right("linear-decay", "extra-arguments", "argument-order")
def linear_only(boxes, scores, iou_threshold, score_threshold, sigma):
    return soft(boxes, scores, sigma, score_threshold, lambda o: np.where(o > iou_threshold, 1 - o, 1))


@right("returns-more")
def triple(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return np.asarray(boxes)[i], np.array(s), np.array(i, dtype=int)


@right("returns-pairs")
def pairs(boxes, scores, sigma, score_threshold):
    return list(zip(*soft(boxes, scores, sigma, score_threshold)))


@right("ascending-indices")
def filtered_at_the_end(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, 0.0)
    full = np.zeros(len(scores))
    full[i] = s
    keep = np.where(full >= score_threshold)[0]
    return keep, full[keep]


@wrong("iou-not-squared")
def not_squared(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, score_threshold, lambda o: np.exp(-o / sigma))


@wrong("sigma-squared")
def two_sigma(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, score_threshold, lambda o: np.exp(-(o**2) / (2 * sigma**2)))


@wrong("linear-decay")
def linear(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, score_threshold, lambda o: 1 - o)


@wrong("hard-suppression")
def hard(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, score_threshold, lambda o: (o <= 0.5) * 1.0)


@wrong("original-scores-returned")
def originals(boxes, scores, sigma, score_threshold):
    i, s = soft(boxes, scores, sigma, score_threshold)
    return i, [scores[j] for j in i]


@wrong("not-ranked-again")
def sorted_once(boxes, scores, sigma, score_threshold):
    current = np.array(scores, dtype=float)
    order = np.argsort(-current)
    idx, out = [], []
    for n, i in enumerate(order):
        if current[i] < score_threshold:
            continue
        idx.append(i)
        out.append(current[i])
        rest = order[n + 1 :]
        current[rest] *= np.exp(-(ious(boxes[i], boxes[rest]) ** 2) / sigma)
    return idx, out


@wrong("threshold-ignored")
def keeps_all(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, -1)


@wrong("decay-not-accumulated")
def from_originals(boxes, scores, sigma, score_threshold):
    current, left = np.array(scores, dtype=float), list(range(len(scores)))
    idx, out = [], []
    while left:
        i = max(left, key=lambda j: current[j])
        if current[i] < score_threshold:
            break
        left.remove(i)
        idx.append(i)
        out.append(current[i])
        for j in left:
            current[j] = scores[j] * np.exp(-(ious(boxes[i], boxes[[j]])[0] ** 2) / sigma)
    return idx, out


@wrong("one-in-intersection-only")
def mixed(boxes, scores, sigma, score_threshold):
    current, left = np.array(scores, dtype=float), list(range(len(scores)))
    idx, out = [], []
    while left:
        i = max(left, key=lambda j: current[j])
        if current[i] < score_threshold:
            break
        left.remove(i)
        idx.append(i)
        out.append(current[i])
        for j in left:
            w = max(0, min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0]) + 1)
            h = max(0, min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1]) + 1)
            u = np.prod(boxes[i][2:] - boxes[i][:2]) + np.prod(boxes[j][2:] - boxes[j][:2]) - w * h
            o = w * h / u if u else 0
            current[j] *= np.exp(-o * o / sigma)
    return idx, out


@wrong("positions-in-sorted-order")
def positions(boxes, scores, sigma, score_threshold):
    order = np.argsort(-np.asarray(scores), kind="stable")
    return soft(np.asarray(boxes)[order], np.asarray(scores)[order], sigma, score_threshold)


@wrong("sigma-ignored")
def fixed_sigma(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, 0.5, score_threshold)


@wrong("only-best-decays-others")
def first_only(boxes, scores, sigma, score_threshold):
    current = np.array(scores, dtype=float)
    if not len(current):
        return [], []
    i = int(np.argmax(current))
    rest = [j for j in range(len(current)) if j != i]
    current[rest] *= np.exp(-(ious(boxes[i], boxes[rest]) ** 2) / sigma)
    order = [j for j in np.argsort(-current) if current[j] >= score_threshold]
    return order, current[order]


@wrong("float-indices")
def stacked(boxes, scores, sigma, score_threshold):
    return np.array(soft(boxes, scores, sigma, score_threshold))


@wrong("last-box-lost")
def one_short(boxes, scores, sigma, score_threshold):
    current, left = np.array(scores, dtype=float), list(range(len(scores)))
    idx, out = [], []
    while len(left) > 1:
        i = max(left, key=lambda j: current[j])
        if current[i] < score_threshold:
            break
        left.remove(i)
        idx.append(i)
        out.append(current[i])
        current[left] *= np.exp(-(ious(boxes[i], boxes[left]) ** 2) / sigma)
    return idx, out


@wrong()
def suppresses_far(boxes, scores, sigma, score_threshold):
    return soft(boxes, scores, sigma, score_threshold, lambda o: np.exp(-((1 - o) ** 2) / sigma))

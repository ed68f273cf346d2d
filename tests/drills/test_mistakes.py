"""Mistakes as learners make them: each is named, alone or with another one; what is unknown is at least narrowed down."""

import numpy as np
import pytest

from cv_quiz import drills
from cv_quiz.grading.check import _as_written
from cv_quiz.grading.exchange import Failure
from cv_quiz.grading.failures import diagnose_failure
from cv_quiz.grading.faults import OUTPUT_FAULTS
from cv_quiz.grading.fit import Oracle, evaluate
from cv_quiz.grading.points import Point
from cv_quiz.grading.variants import spellings
from tests.grading.judging import judge

# Without `--slow` it is one of so many slips.
ONE_OF = 12
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def found_in(drill, function, **options):
    return [item.id for item in judge(drill, function, **options).diagnosis]


def slips():
    for drill in drills.every():
        for number, slip in enumerate(drill.slips):
            marks = [pytest.mark.slow] if number % ONE_OF else []
            yield pytest.param(drill, slip, marks=marks, id=f"{drill.name}-{number}-{slip.id}")


@pytest.mark.parametrize(("drill", "slip"), list(slips()))
def test_a_slip_is_named_or_does_no_harm(drill, slip):
    known = {item.id for item in (*drill.mutants, *drill.slips, *drill.instead, *drill.traits)} | set(OUTPUT_FAULTS)
    for function in spellings(drill, slip):
        result = judge(drill.name, _as_written(drill, function))
        first = next((item.id for item in result.diagnosis), "")
        assert result.verdict in {"accepted", "runtime-error"} or first in known | {"constant-answer"}


def ways():
    pairs = {(drill.name, slip.code): drill for drill in drills.every() for slip in drill.slips if slip.code}
    return [pytest.param(drill, code[-1], id=code[-1].__name__) for (_, code), drill in pairs.items()]


@pytest.mark.parametrize(("drill", "function"), ways())
def test_another_way_to_write_it_is_right(drill, function):
    oracle = Oracle(drill, ())
    for case in drill.cases(np.random.default_rng(3)):
        if "large" not in case.tags:
            got = evaluate(drill, function, case.inputs, {})
            assert oracle.agrees(drill.reference, Point({}), case, got), case.name


def sides(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])


def area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def overlap(a, b):
    w, h = sides(a, b)
    inter = max(w, 0.0) * max(h, 0.0)
    union = area(a) + area(b) - inter
    return inter / union if union else 0.0


def table(boxes_a, boxes_b, pair=overlap):
    return np.array([[pair(a, b) for b in boxes_b] for a in boxes_a]).reshape(len(boxes_a), len(boxes_b))


def test_two_mistakes_at_once_are_both_named():
    def iou(box_a, box_b):
        w, h = sides(box_a, box_b)
        inter = max(0.0, w * h)
        return inter / (area(box_a) + area(box_b)) if area(box_a) + area(box_b) else 0.0

    assert found_in("iou", iou)[:2] == ["no-clamp", "union-counts-twice"]


def test_a_guard_does_not_hide_a_mistake():
    def iou(box_a, box_b):
        w, h = sides(box_a, box_b)
        union = area(box_a) + area(box_b) - w * h
        return w * h / union if union > 0 else 0.0

    assert found_in("iou", iou)[0] == "no-clamp"


def test_edge_cases_done_in_ones_own_way_do_not_hide_a_mistake():
    def nms(boxes, scores, iou_threshold):
        keep = []
        for i in sorted(range(len(boxes)), key=lambda i: (-scores[i], -i)):
            inter = max(sides(boxes[i], boxes[i])[0], 0)
            if inter and all(overlap(boxes[i], boxes[j]) <= iou_threshold for j in keep[-1:]):
                keep.append(i)
        return keep

    assert found_in("nms", nms)[0] == "only-last-kept-compared"


@pytest.mark.parametrize(
    ("change", "diagnosis"),
    [
        (lambda m: m.max(axis=1), "best-of-each-row"),
        (lambda m: m.argmax(axis=1), "which-is-best"),
        (lambda m: m.squeeze(), "squeezed"),
        (lambda m: m.ravel(), "flattened"),
        (lambda m: m > 0.5, "compared-with-threshold"),
        (lambda m: m[..., None], "axis-left-over"),
        (lambda m: m.diagonal(), "only-equal-indices"),
    ],
)
def test_something_else_is_returned_in_place_of_the_matrix(change, diagnosis):
    def iou_matrix(boxes_a, boxes_b):
        made = table(boxes_a, boxes_b)
        return change(made) if made.size else made

    assert found_in("iou_matrix", iou_matrix)[0] == diagnosis


def start(points, k, init):
    """Where to begin."""
    return points[:k] if init is None else init


def lloyd(points, init, assign, update, rounds=300):
    centroids, labels = np.array(init, dtype=float), np.full(len(points), -1)
    for _ in range(rounds):
        nearest = assign(points, centroids)
        if (nearest == labels).all():
            break
        labels = nearest
        for j in np.unique(labels):
            centroids[j] = update(points[labels == j])
    return centroids, labels


def nearest(points, centroids):
    return ((points[:, None] - centroids) ** 2).sum(axis=-1).argmin(axis=1)


def refuse(points, k):
    if k > len(points):
        raise ValueError("k")


def test_each_rule_of_a_clustering_is_tried_alone():
    def kmeans(points, k, init=None):
        refuse(points, k)
        manhattan = lloyd(
            points,
            start(points, k, init),
            lambda p, c: np.abs(p[:, None] - c).sum(-1).argmin(1),
            lambda m: m.mean(0),
            4,
        )
        return manhattan[0] + 0.25, manhattan[1]

    assert found_in("kmeans", kmeans)

    def median(points, k, init=None):
        refuse(points, k)
        return lloyd(points, np.array(init) + 0.375, nearest, lambda members: np.median(members, axis=0))

    assert found_in("kmeans", median)[0] == "median-not-mean"


def test_labels_in_another_order_are_recognised():
    def kmeans(points, k, init=None):
        refuse(points, k)
        order = np.argsort(points[:, 0], kind="stable")
        return lloyd(points[order], start(points[order], k, init), nearest, lambda members: members.mean(axis=0))

    assert found_in("kmeans", kmeans)[0] == "points-reordered"


def test_stopping_early_is_recognised_whatever_the_rule():
    def kmeans(points, k, init=None):
        refuse(points, k)
        rounds = 2 + len(points) % 3
        return lloyd(points, start(points, k, init), nearest, lambda members: members.mean(axis=0), rounds)

    assert found_in("kmeans", kmeans)[0] == "stops-too-early"


@pytest.mark.parametrize("limit", [4, 7, 10, 17])
def test_a_low_limit_on_rounds_has_its_own_diagnosis(limit):
    def kmeans(points, k, init=None):
        refuse(points, k)
        return lloyd(points, start(points, k, init), nearest, lambda members: members.mean(axis=0), limit)

    assert found_in("kmeans", kmeans)[0] in {"too-few-rounds", "stops-too-early", "wrong-on-many-rounds"}


def test_a_limit_that_is_never_reached_is_nobodys_business():
    def kmeans(points, k, init=None):
        refuse(points, k)
        return lloyd(points, start(points, k, init), nearest, lambda members: members.mean(axis=0), 50)

    assert judge("kmeans", kmeans, strict=True).verdict == "accepted"


def test_whole_numbers_for_init_are_remarked_and_refused_by_strict_mode():
    def kmeans(points, k, init=None):
        refuse(points, k)
        centroids, labels = np.array(start(points, k, init)), np.full(len(points), -1)
        while not (nearest(points, centroids) == labels).all():
            labels = nearest(points, centroids)
            for j in np.unique(labels):
                centroids[j] = points[labels == j].mean(axis=0)
        return centroids, labels

    result = judge("kmeans", kmeans)
    assert (result.verdict, result.conventions) == ("accepted", ("integers-stay-integers",))
    assert found_in("kmeans", kmeans, strict=True) == ["integers-stay-integers"]


def test_the_overlap_inside_a_wrong_suppression_is_named():
    def nms(boxes, scores, iou_threshold):
        """Two mistakes, one of which nobody knows: it gives up after ten boxes."""

        def pair(a, b):
            w, h = sides(a, b)
            inter = max(w, 0.0) * max(h, 0.0)
            return inter / (area(a) + area(b)) if inter else 0.0

        keep = []
        for rank, i in enumerate(sorted(range(len(boxes)), key=lambda i: -scores[i])):
            if all(pair(boxes[i], boxes[j]) <= iou_threshold for j in keep[: 1 + rank // 3]):
                keep.append(i)
        return keep

    assert found_in("nms", nms)[0] == "union-counts-twice"


def test_a_pair_alone_tells_formula_from_loop():
    def mixed(boxes_a, boxes_b):
        made = table(boxes_a, boxes_b)
        return np.cumsum(made, axis=1) / np.arange(1, len(boxes_b) + 1)

    assert found_in("iou_matrix", mixed)[0] == "right-for-single-pairs"

    def twice(boxes_a, boxes_b):
        def pair(a, b):
            w, h = sides(a, b)
            return max(w, 0.0) * max(h, 0.0) / max(area(a) + area(b), 1e-9)

        return np.cumsum(table(boxes_a, boxes_b, pair), axis=1) / np.arange(1, len(boxes_b) + 1)

    assert found_in("iou_matrix", twice)[:2] == ["union-counts-twice", "more-is-wrong"]


def test_places_mixed_with_indices_show_when_the_boxes_are_sorted():
    def nms(boxes, scores, iou_threshold):
        order, keep = list(np.argsort(-scores, kind="stable")), []
        left = list(range(len(order)))
        while left:
            i = left.pop(0)
            keep.append(int(order[i]))
            left = [j for j in left if overlap(boxes[order[i]], boxes[min(j, order[j])]) <= iou_threshold]
        return keep

    assert found_in("nms", nms)[0] == "right-only-when-sorted"


@pytest.mark.parametrize(
    ("wrong", "diagnosis"),
    [
        (lambda a, b: overlap(a, b) + 0.01 * a[0], "changes-when-moved"),
        (lambda a, b: overlap(a, b) * (1 + 0.01 * (a[2] - a[0])), "changes-with-axes"),
        (lambda a, b: overlap(a, b) * (1 + 0.01 * area(a)), "changes-with-order"),
        (lambda a, b: overlap(a, b) * (1 + 0.01 * (area(a) + area(b))), "changes-when-enlarged"),
    ],
)
def test_what_must_not_change_an_answer_tells_the_kind_of_mistake(wrong, diagnosis):
    def iou(box_a, box_b):
        return wrong(box_a, box_b)

    assert diagnosis in found_in("iou", iou)


def of_sides(box_a, box_b, divisor):
    """Overlap of boxes x, y, w, h, over what a function of the two areas gives."""
    a, b = (np.concatenate([box[:2], box[:2] + box[2:]]) for box in (box_a, box_b))
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[2:], b[2:])
    inter = np.prod(np.maximum(high - low, 0.0))
    return inter / max(divisor(np.prod(box_a[2:]), np.prod(box_b[2:]), inter), 1e-12)


def test_boxes_with_sides_are_moved_as_such_and_the_mistake_is_looked_for_in_their_format():
    def iou(box_a, box_b):
        return of_sides(box_a, box_b, lambda a, _b, _inter: a)

    assert found_in("iou", iou) == ["divides-by-own-area", "takes-sides"]


def test_enlarging_is_told_only_where_it_matters_with_and_without_a_pixel_more():
    def iou(box_a, box_b):
        return overlap(box_a, box_b, 1.0) ** 1.25 + 0.01

    assert "changes-when-enlarged" not in found_in("iou", iou)


def test_what_grows_with_the_size_is_an_area():
    def iou(box_a, box_b):
        return 0.37 * area(box_a) + 0.21 * area(box_b) + 0.1 * overlap(box_a, box_b) * area(box_b)

    assert "is-an-area" in found_in("iou", iou)


def test_one_set_cut_to_whole_numbers_shows_when_moved_by_a_half():
    def iou_matrix(boxes_a, boxes_b):
        return table(np.trunc(np.reshape(boxes_a, (-1, 4))), np.reshape(boxes_b, (-1, 4)))

    assert found_in("iou_matrix", iou_matrix)[0] == "cuts-to-integers"


def test_scores_that_are_never_read_are_told_by_giving_others():
    def nms(boxes, scores, iou_threshold):
        order = np.argsort(boxes[:, 0] * 3 - boxes[:, 3] ** 2 + boxes[:, 1], kind="stable")
        found = drills.load("nms").reference(boxes[order], np.arange(len(order), 0, -1.0), iou_threshold)
        return [int(order[at]) for at in found]

    assert found_in("nms", nms)[0] == "scores-ignored"


def test_a_comparison_the_wrong_way_round_shows_on_two_boxes():
    def nms(boxes, scores, iou_threshold):
        keep, order = [], list(np.argsort(-scores, kind="stable"))
        while order:
            best = order.pop(0)
            keep.append(int(best))
            order = [at for at in order if overlap(boxes[best], boxes[at]) ** 0.5 * area(boxes[at]) ** 0.1 > 0.01]
        return keep

    assert found_in("nms", nms)[0] == "threshold-inverted"


def test_one_box_that_always_comes_back_is_told_as_that():
    def soft_nms(boxes, scores, sigma, score_threshold):
        indices, _ = drills.load("soft_nms").reference(boxes, scores, sigma, score_threshold)
        return [max(indices)] if indices else []

    assert found_in("soft_nms", soft_nms)[0] == "only-one-comes-back"


def test_numbers_that_are_rounded_are_told_as_that():
    def kmeans(points, k, init=None):
        centroids, labels = drills.load("kmeans").reference(points, k, init)
        return np.round(centroids, 4), labels

    assert found_in("kmeans", kmeans)[0] in {"rounded", "centroids-rounded"}


def test_rows_swapped_as_views_are_named():
    def soft_nms(boxes, scores, sigma, score_threshold):
        rows = np.column_stack([boxes, scores, np.arange(len(boxes))])
        rows = rows[rows[:, 4] >= score_threshold]
        count, i = len(rows), 0
        while i < count:
            best = i + int(rows[i:count, 4].argmax())
            rows[i], rows[best] = rows[best], rows[i]
            at = i + 1
            while at < count:
                rows[at, 4] *= np.exp(-(overlap(rows[i, :4], rows[at, :4]) ** 2) / sigma)
                if rows[at, 4] < score_threshold:
                    rows[at], count, at = rows[count - 1].copy(), count - 1, at - 1
                at += 1
            i += 1
        return rows[:count, 5].astype(int).tolist(), rows[:count, 4].tolist()

    assert found_in("soft_nms", soft_nms)[0] == "swap-overwrites"


@pytest.mark.parametrize(
    ("statement", "diagnosis"),
    [
        ("np.max(a[:2], b[:2])", "array-for-a-number"),
        ("1 if a == b else 0", "truth-of-an-array"),
        ("a[:2] + b[:3]", "shapes-do-not-fit"),
        ("a[0] ^ 2", "caret-is-no-power"),
        ("a.append(1)", "list-method-on-array"),
        ("max([])", "nothing-to-reduce"),
        ("a[7]", "outside-the-sequence"),
        ("list(a) - list(b)", "lists-do-not-calculate"),
        ("None + a[0]", "uses-none"),
        ("list(a)[0.5]", "index-is-no-integer"),
    ],
)
def test_exceptions_are_explained(statement, diagnosis):
    with pytest.raises((TypeError, ValueError, IndexError, AttributeError)) as raised:
        eval(statement, {"np": np, "a": np.arange(4.0), "b": np.arange(4.0)})
    failure = Failure(type(raised.value).__name__, str(raised.value), 3)
    found = diagnose_failure(failure)
    assert found.id == diagnosis
    assert "line 3" in found.message.en
    assert "第 3 行" in found.message.zh


def test_what_is_right_but_raises_is_told_by_the_exception_alone():
    def nms(boxes, scores, iou_threshold):
        if len(boxes) == 0:
            return [scores[0]]
        return drills.load("nms").reference(boxes, scores, iou_threshold)

    assert found_in("nms", nms) == ["fails-on-empty"]

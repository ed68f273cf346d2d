"""Points and starts for k-means: named special inputs first, then groups and clouds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cv_quiz.drills._numpy import np
from cv_quiz.drills.contract import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt


def _case(name: str, points: Any, init: Any, *tags: str, raises: str = "", dtype: type = float) -> Case:
    start: npt.NDArray[Any] = np.asarray(init, dtype=dtype)
    inputs = {"points": np.asarray(points, dtype=dtype), "k": len(start), "init": start}
    return Case(name, inputs, frozenset(tags), raises)


def start_of(inputs: Mapping[str, Any]) -> npt.NDArray[np.float64]:
    """Where the contract has the rounds begin, a new array (k, d): at `init`, or at the first k points."""
    init = inputs["init"]
    return np.array(inputs["points"][: inputs["k"]] if init is None else init, dtype=float)


def _without_init(name: str, points: Any, k: int, dtype: type = float) -> Case:
    inputs = {"points": np.asarray(points, dtype=dtype), "k": k, "init": None}
    tags = {"no-init", "optional:init", "needs:k", *(["integers"] if dtype is int else [])}
    return Case(name, inputs, frozenset(tags))


@cache
def special_cases() -> tuple[Case, ...]:
    """Special inputs: few points, ties, empty clusters, whole numbers."""
    square = [[0, 0], [0, 1], [1, 0], [8, 8], [8, 9], [9, 8]]
    far = [[x + 30, y + 30] for x, y in square]
    line = [[float(x), 0.0] for x in (0, 1, 2, 3, 4, 5, 6, 7, 20, 21)]
    crossed = [[0, 0], [4, 1], [0, 6], [5, 7], [9, 2], [10, 8], [2, 3], [7, 5]]
    return (
        _case("two-groups", square, [[0, 0], [8, 8]]),
        _case("two-groups-other-labels", square, [[9, 9], [-1, 0]]),
        _case("bad-start", square, [[0, 0], [0, 1]]),
        _case("one-cluster", crossed, [[3, 3]], "one-cluster"),
        _case("one-cluster-far-away", crossed, [[50, -20]], "one-cluster", "needs:init"),
        _case("one-point", [[3, 4]], [[0, 0]], "single", "one-cluster", "all-points", "needs:init"),
        _case("a-cluster-for-each-point", [[0, 0], [5, 1], [2, 7]], [[0, 1], [5, 0], [2, 6]], "all-points"),
        _case("line", line, [[0, 0], [1, 0]], "needs:init"),
        _case("line-three", line, [[0, 0], [3, 0], [21, 0]], "needs:init"),
        _case("crossed", crossed, [[0, 0], [10, 8]], "needs:init"),
        _case("crossed-three", crossed, [[0, 0], [5, 7], [9, 2]], "needs:init"),
        _case("one-dimension", [[1], [2.5], [4], [9], [10], [14]], [[1], [2], [14]], "one-dimension", "needs:init"),
        _case("three-dimensions", [[0, 0, 1], [1, 0, 0], [0, 1, 0], [6, 5, 6], [5, 6, 6], [9, 0, 9], [8, 1, 9]], [[0, 0, 0], [6, 6, 6], [9, 0, 8]]),
        _case("equal-distance", [[0, 0], [2, 0], [4, 0], [10, 0]], [[1, 0], [3, 0], [10, 0]], "equal-distance", "needs:init"),
        _case("equal-distance-at-first", [[0, 0], [4, 0], [2, 3], [2, -5], [0, 1]], [[0, 0], [4, 0]], "equal-distance", "needs:init"),
        _case("identical-points", [[1, 1], [1, 1], [1, 1], [5, 5], [5, 5]], [[0, 0], [6, 6]], "duplicates"),
        _case("same-start-twice", [[0, 0], [0, 2], [6, 0], [6, 2]], [[3, 1], [3, 1]], "empty-cluster", "equal-distance", "needs:init"),
        _case("empty-cluster", far, [[30, 30], [39, 39], [130, -70]], "empty-cluster", "needs:init"),
        _case("empty-cluster-in-front", far, [[-20, 100], [30, 30], [39, 39]], "empty-cluster", "needs:init"),
        _case("negative", [[-5, -6], [-4, -7], [-6, -5], [3, -2], [4, -1], [2, -2]], [[-5, -5], [3, -1]], "negative"),
        _case("fractions", [[0.125, 0.25], [0.25, 0.125], [0.75, 0.875], [0.875, 0.75], [0.5, 0.5625]], [[0.0, 0.0], [1.0, 1.0]], "fraction", "needs:init"),
        _case("too-many-clusters", [[0, 0], [4, 4]], [[0, 0], [4, 4], [8, 8]], "too-many-clusters", raises="ValueError"),
        _case("whole-numbers", [[0, 0], [1, 0], [0, 1], [20, 21], [21, 20], [20, 20]], [[0, 0], [20, 20]], "integers", dtype=int),
        _falling_line(),
        _case("third-coordinate", [[0, 0, 0], [1, 0, 1], [0, 1, 9], [1, 1, 8], [0, 0, 20], [1, 1, 21]], [[0, 1, 1], [1, 0, 9], [0, 0, 19]]),
        _case("far-from-the-start", [[0, 0], [3, 1], [4000, 3], [4003, 0]], [[-3000, 2000], [9000, -2000]], "far", "needs:init"),
        _case("points-change-places", [[5, 8], [1, 8], [4, 5], [0, 7], [5, 5]], [[2, 2], [6, 9]], "needs:init"),
        _case("all-to-the-second", [[0, 0], [4, 1], [0, 6]], [[50, 50], [1, 1]], "empty-cluster", "needs:init"),
        _without_init("without-init", square, 2),
        _without_init("without-init-three", crossed, 3),
        _without_init("without-init-whole-numbers", far[::-1], 2, int),
        _case("uneven-axes", [[0, 0], [1, 40], [0, 80], [9, 1], [10, 41], [9, 79]], [[0, 0], [10, 41], [0, 80]], "needs:init"),
    )  # fmt: skip


def _falling_line() -> Case:
    """Points on y = -x, ever farther apart: what centroids move along x and along y adds up to nothing in every round."""
    steps = np.round(1.1 ** np.arange(40) * 64) / 64 - 20.5
    points = np.stack([steps, -steps], axis=1)
    return _case("falling-line", points, points[[0, 12]])


def drawn_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Clouds and groups that are clear enough to be asked, then many points."""
    for number, (count, k) in enumerate(((12, 2), (15, 3), (20, 4), (25, 5), (18, 3), (30, 4))):
        yield _cloud(rng, f"cloud-{number + 1}", (count, 3 if number == 4 else 2), k)
    for number, (count, k, size) in enumerate(((3, 2, 2), (4, 3, 2), (5, 4, 2), (4, 3, 3))):
        yield _groups(rng, f"groups-{number + 1}", count, k, size)
    yield _crowd(rng)
    yield _creeping(rng)


def _groups(rng: np.random.Generator, name: str, count: int, k: int, size: int) -> Case:
    """Groups far apart from each other, in random order; every start of one point in each is found again."""
    centres = np.stack([np.arange(k) * 40.0] + [rng.permutation(k) * 30.0 for _ in range(size - 1)], axis=1)
    offsets = np.round(rng.uniform(-3, 3, (k, count, size)) * 4) / 4
    points = (centres[:, None] + offsets).reshape(-1, size)
    init = centres + np.round(rng.uniform(-3, 3, (k, size)) * 4) / 4
    return _case(name, rng.permutation(points), rng.permutation(init))


def _cloud(rng: np.random.Generator, name: str, size: tuple[int, int], k: int) -> Case:
    """Points without groups, started from points among them, where no rounding can decide a label."""
    while True:
        points = np.round(rng.uniform(0, 20, size) * 4) / 4
        init = points[rng.choice(size[0], k, replace=False)] + 0.0625
        if _rounds(points, init, 1e-2) is not None:
            return _case(name, points, init)


def _crowd(rng: np.random.Generator) -> Case:
    """Many points in groups that overlap, and a start at their left edge: it takes a dozen rounds."""
    while True:
        middle = rng.uniform(4, 16, (5, 2))[rng.integers(0, 5, 100)]
        points = np.round(rng.normal(middle, 3.0) * 16) / 16
        init = points[points[:, 0].argsort(kind="stable")[:5]] + 0.03125
        rounds = _rounds(points, init, 1e-3)
        if rounds is not None and rounds >= 12:
            return _case("crowd", points, init, "many-points", "needs:init")


def _creeping(rng: np.random.Generator) -> Case:
    """Many rounds: all centroids start at one end of points that lie ever farther apart."""
    while True:
        case = _creeping_at(int(rng.integers(0, 14)))
        if case is not None:
            return case


@cache
def _creeping_at(step: int) -> Case | None:
    """One of a few such rows of points, None where it does not take 21 to 40 rounds."""
    base = 1.061 + step / 2048
    points = np.array([[base**place / 16, 0.0] for place in range(80)]).astype(np.float32).astype(float)
    init = points[:5] - 0.0009765625
    rounds = _rounds(points, init, 1e-7)
    return None if rounds is None or not 21 <= rounds <= 40 else _case("many-rounds", points, init, *_MANY_ROUNDS)


_MANY_ROUNDS = ("many-rounds", "needs:init")


def _rounds(points: Any, init: Any, margin: float) -> int | None:
    """After how many rounds no label changes; None where the two least distances of a point ever differ by less than a margin."""
    centroids, before = np.array(init, dtype=float), None
    for rounds in range(60):
        distances = ((points[:, None] - centroids) ** 2).sum(axis=2)
        labels = distances.argmin(axis=1)
        distances.partition(1, axis=1)
        if (distances[:, 1] - distances[:, 0] < margin).any():
            return None
        if before is not None and (labels == before).all():
            return rounds
        before = labels
        members = (labels == np.arange(len(centroids))[:, None]).astype(float)
        counts = members.sum(axis=1, keepdims=True)
        centroids = np.where(counts > 0, members @ points / np.maximum(counts, 1), centroids)
    return None

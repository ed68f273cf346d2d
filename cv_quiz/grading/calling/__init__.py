"""How learners' functions want to be called, and how they answer: one table for all drills."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cv_quiz.grading.calling.boxes_read import INDICES
from cv_quiz.grading.calling.clusters_read import CLUSTERS
from cv_quiz.grading.calling.numbers_read import MATRIX, SCALAR
from cv_quiz.grading.calling.picks_read import PICKS

if TYPE_CHECKING:
    from cv_quiz.grading.calling.reading import Reader


def _quiet(readers: tuple[Reader, ...]) -> tuple[Reader, ...]:
    """The readers, none of which warns of what a learner's numbers do in our arithmetic."""
    return tuple(replace(reader, read=np.errstate(all="ignore")(reader.read)) for reader in readers)


READERS = {
    "indices": _quiet(INDICES),
    "picks": _quiet(PICKS),
    "clusters": _quiet(CLUSTERS),
    "scalar": _quiet(SCALAR),
    "matrix": _quiet(MATRIX),
}

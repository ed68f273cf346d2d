"""How learners' functions want to be called, and how they answer: one table for all drills."""

from __future__ import annotations

from cv_quiz.grading.calling.boxes_read import INDICES
from cv_quiz.grading.calling.clusters_read import CLUSTERS
from cv_quiz.grading.calling.numbers_read import MATRIX, SCALAR
from cv_quiz.grading.calling.picks_read import PICKS

READERS = {"indices": INDICES, "picks": PICKS, "clusters": CLUSTERS, "scalar": SCALAR, "matrix": MATRIX}

"""How learners' functions want to be called, and how they answer: one table for all drills."""

from __future__ import annotations

from cv_quiz.grading.calling.boxes_read import INDICES, PICKS
from cv_quiz.grading.calling.clusters_read import CLUSTERS
from cv_quiz.grading.calling.numbers_read import MATRIX, SCALAR

READERS = {"indices": INDICES, "picks": PICKS, "clusters": CLUSTERS, "scalar": SCALAR, "matrix": MATRIX}

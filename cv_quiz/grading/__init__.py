"""Judging a learner's code."""

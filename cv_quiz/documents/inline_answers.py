"""`- What is X? It is …`: items that hold question and answer on one line, where a list is written that way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.documents.evidence import words_of
from cv_quiz.documents.numbers import Number
from cv_quiz.documents.questions import leading_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cv_quiz.documents.view import Candidate

_USUAL = 0.4


def with_inline_answers(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with question and answer parted, in the groups where enough of them have both on one line.

    In a list of bare questions a remark behind one of them stays with its question.
    """
    parts = [None if one.answer else leading_question(words_of(one)) for one in candidates]
    asking = Counter(one.group for one in candidates if "?" in one.text or "？" in one.text)
    answered = Counter(one.group for one, part in zip(candidates, parts, strict=True) if part)
    usual = {group for group in answered if answered[group] >= max(2, _USUAL * asking[group])}
    return [
        _parted(one, *part) if part and one.group in usual else one for one, part in zip(candidates, parts, strict=True)
    ]


def _parted(candidate: Candidate, question: str, answer: str) -> Candidate:
    number = candidate.number
    if number:
        number = Number(number.printed, number.values, number.style, question)
    return replace(candidate, text=question, number=number, answer=answer)

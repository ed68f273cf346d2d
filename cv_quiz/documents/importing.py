"""The whole way from a document to a deck, and the account of every line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from cv_quiz.documents.account import Claim, LeftOut, LineRange, account_for
from cv_quiz.documents.answers import Answer, Body, only_asks, read_answer
from cv_quiz.documents.blocks import read_blocks
from cv_quiz.documents.characters import is_han
from cv_quiz.documents.companies import company_tags, difficulty_tags, named_companies
from cv_quiz.documents.decision import MARKERS, Decision, Question, decide
from cv_quiz.documents.evidence import is_counted
from cv_quiz.documents.flattened import with_headings
from cv_quiz.documents.identity import document_slug, imported_hash, unique_ids
from cv_quiz.documents.images import is_relative, resolve
from cv_quiz.documents.notes import notes_on
from cv_quiz.documents.questions import Words, read_words
from cv_quiz.documents.regions import known_reasons
from cv_quiz.documents.repair import Habits, read_habits
from cv_quiz.documents.sections import Sections
from cv_quiz.documents.view import Reason, View
from cv_quiz.documents.wording import question_likeness
from cv_quiz.documents.wrapping import with_wrapped_lines
from cv_quiz.errors import DocumentError, UsageError
from cv_quiz.language import Text
from cv_quiz.model import Card, Deck, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cv_quiz.documents.reading import Document
    from cv_quiz.language import Language


_FEWEST_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Imported:
    """A deck made from a document, and the account of it.

    `marker` is what marks a question in this document, `certainty` how sure that is (0..1); `lines_of` maps a card's
    id to its line ranges. Every non-blank line is in exactly one of `lines_of` and `left_out`.
    """

    deck: Deck
    left_out: tuple[LeftOut, ...]
    marker: str
    certainty: float
    notes: tuple[Text, ...] = field(default=())
    lines_of: Mapping[str, tuple[LineRange, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Read:
    """A question with everything read for it."""

    question: Question
    words: Words
    answer: Answer

    @property
    def claim(self) -> Claim:
        """The lines of the question and its answer, and those among them that are no part of either."""
        candidate = self.question.candidate
        return Claim(candidate.start, candidate.end, self.question.end, self.answer.left_out)


def import_document(
    document: Document, *, language: Language | None = None, marker: str | None = None, base: str | None = None
) -> Imported:
    """The deck in a document.

    `marker` (one of MARKERS) overrides the decision what marks a question; `base` is the document's folder as seen
    from where the deck will lie, against which relative image paths are resolved. Raises DocumentError where no
    question is found, UsageError for an unknown marker.
    """
    if marker is not None and marker not in MARKERS:
        raise UsageError(UNKNOWN_MARKER.format(marker=marker, markers=", ".join(MARKERS)))
    blocks = read_blocks(document.lines)
    reasons = known_reasons(document.lines, blocks)
    blocks = with_headings(document.lines, blocks, reasons)
    view = View(document.lines, blocks, reasons)
    decision = decide(view, marker)
    if not decision.questions:
        raise DocumentError(NO_QUESTION.format(name=document.name, markers=", ".join(MARKERS)))
    leaders = Reason.CONTENTS in view.reasons.values()
    habits = read_habits(document.lines, blocks, leaders=leaders, questions=len(decision.questions))
    return _assemble(document, view, decision, _read_all(view, decision, habits, base), language)


def _read_all(view: View, decision: Decision, habits: Habits, base: str | None) -> list[_Read]:
    """Every question with its answer. Where topics with a question below them are the rule, that is a part of the
    question, and there is no answer."""
    read = [_read(question, view, habits, base) for question in decision.questions]
    topics = [one for one in read if one.answer.says and not _asks(one.words)]
    if len(topics) < _FEWEST_TOPICS or 2 * sum(only_asks(one.answer.text) for one in topics) < len(topics):
        return read
    return [_read(question, view, habits, base, only_asked=True) for question in decision.questions]


def _asks(words: Words) -> bool:
    return question_likeness(words.text) >= 0.8


def _read(question: Question, view: View, habits: Habits, base: str | None, *, only_asked: bool = False) -> _Read:
    candidate = with_wrapped_lines(question.candidate, question.end, view)
    words = read_words(candidate.text, numbered=question.numbered)
    number = (
        candidate.number if candidate.number and is_counted(candidate) and (question.numbered or words.text) else None
    )
    number = None if number and number.style == "1 " and not question.numbered else number
    body = Body(
        candidate.end + 1,
        question.end,
        candidate.answer,
        asked_below=not words.text,
        only_asked=only_asked and not _asks(words),
    )
    answer = read_answer(view, body, habits, base)
    text = "\n\n".join(part for part in (words.text, answer.rest_of_question) if part)
    text = text or candidate.text.strip() or view.lines[candidate.start - 1].strip()
    links = tuple(resolve(link, base) if base is not None and is_relative(link) else link for link in words.links)
    return _Read(
        replace(question, candidate=candidate), Words(text, number.printed if number else words.number, links), answer
    )


def _assemble(
    document: Document, view: View, decision: Decision, read: list[_Read], language: Language | None
) -> Imported:
    sections = Sections(view, decision)
    slug = document_slug(document.file_name)
    ids = unique_ids(slug, [one.words.text for one in read])
    spoken = language or _language(document.lines)
    cards = tuple(_card(ident, one, document.file_name, sections) for ident, one in zip(ids, read, strict=True))
    deck = Deck(slug, sections.title or PurePath(document.file_name).stem, spoken, cards)
    owned, left_out = account_for(view, [one.claim for one in read], sections)
    notes = (*document.notes, *notes_on(view, decision, [one.question for one in read], cards))
    lines_of = dict(zip(ids, owned, strict=True))
    return Imported(deck, left_out, decision.marker, decision.certainty, notes, lines_of)


def _card(ident: str, one: _Read, document: str, sections: Sections) -> Card:
    line = one.question.candidate.start
    above = sections.above(line)
    links = tuple(dict.fromkeys((*one.words.links, *one.answer.links)))
    card = Card(
        id=ident,
        question=one.words.text,
        answer=one.answer.text,
        tags=_tags(one, sections.tags((*above, *one.question.candidate.topics))),
        sources=(Source(document, line, one.words.number, " / ".join(above) or None),),
        links=links,
        draft=not one.answer.says,
    )
    return replace(card, imported=imported_hash(card))


def _tags(one: _Read, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of a card: its topics, then who asks it, then how hard it is said to be."""
    candidate = one.question.candidate
    firms = (*named_companies(candidate.companies), *company_tags(one.words.text))
    return tuple(dict.fromkeys((*topics, *firms, *difficulty_tags(candidate.difficulty))))


def _language(lines: Sequence[str]) -> Language:
    """Chinese where at least a tenth of the letters are Chinese characters."""
    sample = "".join(lines[:4000])[:200_000]
    letters = sum(character.isalpha() for character in sample)
    return "zh" if sum(is_han(character) for character in sample) >= 0.1 * max(1, letters) else "en"


UNKNOWN_MARKER = Text(
    "没有 {marker!r} 这种标记。可用：{markers}。", "there is no marker {marker!r}. Use one of: {markers}."
)
NO_QUESTION = Text("{name} 里没有找到问题。如果有，请用 --marker 指出问题的写法：{markers}。",
                   "{name}: no question found. If there are some, say with --marker how they are written: {markers}.")  # fmt: skip

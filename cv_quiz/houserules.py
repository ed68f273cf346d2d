"""The stricter rules of the decks that ship with cvquiz: `cvquiz lint --shipped`."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from cv_quiz.cloze import filled_blanks
from cv_quiz.cloze import words as blanks
from cv_quiz.deckfile import Diagnostic, Place, parse_with_lines, read_text
from cv_quiz.language import Text
from cv_quiz.model import Importance, Kind
from cv_quiz.terminal.mathematics import display, inline
from cv_quiz.terminal.mathematics.scan import split_mathematics
from cv_quiz.words import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cv_quiz.language import Language
    from cv_quiz.model import Card, Deck

WORDS = {"zh": (100, 400), "en": (60, 200)}
NEAR_DUPLICATE = 0.8
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1", re.DOTALL | re.MULTILINE)
_TABLE_ROW = re.compile(r"^ {0,3}\|.*$", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9][\w'’-]*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Shelves:
    """All shipped decks of both languages, read once."""

    def __init__(self, folder: Path) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.decks: dict[tuple[Language, str], Deck] = {}
        self.places: dict[tuple[Language, str], Place] = {}
        self.cards: dict[Language, dict[str, Card]] = {"zh": {}, "en": {}}
        for language in self.cards:
            for path in sorted((folder / language).glob("*.yaml")):
                self._read(path)

    def _read(self, path: Path) -> None:
        deck, diagnostics, lines = parse_with_lines(read_text(path), str(path))
        self.diagnostics += diagnostics
        if deck is None:
            return
        self.decks[deck.language, deck.id] = deck
        for card in deck.cards:
            place = Place(str(path), lines[card.id])
            if card.id in self.cards[deck.language]:
                there = self.places[deck.language, card.id]
                self.diagnostics.append(Diagnostic(place, TWICE.format(id=card.id, place=there)))
            self.cards[deck.language][card.id] = card
            self.places[deck.language, card.id] = place


def check_shipped(folder: Path) -> list[Diagnostic]:
    """Everything that is wrong with the shipped decks in a folder with `zh` and `en`."""
    shelves = Shelves(folder)
    found = list(shelves.diagnostics)
    for language, cards in shelves.cards.items():
        for card in cards.values():
            place = shelves.places[language, card.id]
            found += [Diagnostic(place, text) for text in _card_problems(card, language, cards)]
        found += [Diagnostic(shelves.places[language, first], text) for first, text in _near_duplicates(cards)]
    return found + list(_between_languages(shelves))


def _card_problems(card: Card, language: Language, cards: Mapping[str, Card]) -> Iterator[Text]:
    if not card.references:
        yield NO_REFERENCE.format(id=card.id)
    if card.importance is Importance.CORE and not card.follow_ups:
        yield NO_FOLLOW_UPS.format(id=card.id)
    if card.kind is Kind.CHOICE and not card.why:
        yield NO_WHY.format(id=card.id)
    for other in (*card.prerequisites, *card.siblings):
        if other not in cards:
            yield DANGLING.format(id=card.id, other=other)
    for source in card.sources:
        if source.line is None:
            yield NO_LINE.format(id=card.id, document=source.document)
    yield from _length_problems(card, language)
    yield from _formula_problems(card)


def _length_problems(card: Card, language: Language) -> Iterator[Text]:
    if card.kind is Kind.BASIC and card.askable:
        low, high = WORDS[language]
        length = spoken_length(card.answer, language)
        if not low <= length <= high:
            yield LENGTH.format(id=card.id, length=length, low=low, high=high)


def spoken_length(answer: str, language: Language) -> int:
    """Words (en) or Chinese characters (zh) of an answer, without code, tables and formulas."""
    prose = _TABLE_ROW.sub("", _FENCE.sub("", answer))
    text = " ".join(span.content for span in split_mathematics(prose) if span.kind == "text")
    return len((_CHINESE if language == "zh" else _WORD).findall(text))


def texts_of(card: Card) -> Iterator[str]:
    """Every text of a card that is shown as Markdown."""
    yield from (
        card.question,
        card.answer,
        filled_blanks(card.cloze),
        *card.choices,
        *card.why,
        *card.points,
        card.hint,
    )


def _formula_problems(card: Card) -> Iterator[Text]:
    for text in texts_of(card):
        for span in split_mathematics(text):
            if span.kind == "text":
                if re.search(r"(?<!\\)\$", re.sub(r"`[^`]*`", "", _FENCE.sub("", span.content))):
                    yield UNBALANCED.format(id=card.id)
            elif not renders(span.kind, span.content):
                yield UNDRAWABLE.format(id=card.id, tex=span.content.strip()[:60])


def renders(kind: str, tex: str) -> bool:
    """Whether a formula can be drawn at 58 cells, the narrowest screen that decks are written for."""
    if kind == "inline":
        return inline(tex, cells=len) is not None
    return display(tex, cells=len, width=58) is not None


def _near_duplicates(cards: Mapping[str, Card]) -> Iterator[tuple[str, Text]]:
    signed = [(card.id, frozenset(terms(card.question or card.cloze))) for card in cards.values()]
    for (first, one), (second, two) in combinations(signed, 2):
        if one and two and len(one & two) >= NEAR_DUPLICATE * len(one | two):
            yield first, NEAR.format(first=first, second=second)


def _between_languages(shelves: Shelves) -> Iterable[Diagnostic]:
    zh, en = shelves.cards["zh"], shelves.cards["en"]
    for card in sorted(zh.keys() ^ en.keys()):
        language: Language = "zh" if card in zh else "en"
        yield Diagnostic(shelves.places[language, card], ONE_LANGUAGE.format(id=card))
    for card in sorted(zh.keys() & en.keys()):
        for name in _differences(zh[card], en[card]):
            yield Diagnostic(shelves.places["en", card], DIFFERENT.format(id=card, key=name))


def _differences(zh: Card, en: Card) -> Iterator[str]:
    same = (
        "kind",
        "drill",
        "correct",
        "tags",
        "references",
        "importance",
        "legacy",
        "draft",
        "prerequisites",
        "siblings",
    )
    counted = ("points", "choices", "why", "follow_ups")
    yield from (name for name in same if getattr(zh, name) != getattr(en, name))
    yield from (name for name in counted if len(getattr(zh, name)) != len(getattr(en, name)))
    if [(s.document, s.line, s.number) for s in zh.sources] != [(s.document, s.line, s.number) for s in en.sources]:
        yield "sources"
    if len(blanks(zh.cloze)) != len(blanks(en.cloze)):
        yield "cloze"


TWICE = Text("卡片 {id} 在 {place} 已有。", "card {id} is already at {place}.")
NO_REFERENCE = Text("{id}：没有 references。", "{id}: no references.")
NO_FOLLOW_UPS = Text("{id}：核心卡片要有 follow_ups。", "{id}: a core card needs follow_ups.")
NO_WHY = Text("{id}：选择题要有 why。", "{id}: a choice card needs why.")
DANGLING = Text("{id}：提到的卡片 {other} 不存在。", "{id}: names a card {other} that does not exist.")
NO_LINE = Text("{id}：来源 {document} 没有行号。", "{id}: the source {document} has no line.")
LENGTH = Text(
    "{id}：答案长 {length} 字，应在 {low} 到 {high} 之间。",
    "{id}: the answer has {length} words; {low} to {high} are wanted.",
)
UNBALANCED = Text("{id}：$ 不成对。", "{id}: unbalanced $.")
UNDRAWABLE = Text("{id}：公式画不出来：{tex}", "{id}: this formula cannot be drawn: {tex}")
NEAR = Text("{first} 与 {second} 的问题几乎一样。", "{first} and {second} ask nearly the same.")
ONE_LANGUAGE = Text("{id}：只有一种语言。", "{id}: exists in one language only.")
DIFFERENT = Text("{id}：两种语言的 {key} 不一致。", "{id}: {key} differs between the languages.")

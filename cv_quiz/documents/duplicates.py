"""One question, one card: finding questions that another deck asks too, and where the two answers disagree."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cv_quiz.documents import glossary
from cv_quiz.documents.facts import Difference, differences
from cv_quiz.documents.identity import normal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cv_quiz.model import Card, Deck

Likeness = Literal["words", "topic"]

# Words that say nothing of a topic, or name one too wide to tell two questions apart.
_WIDE = """
the a an of in on to for and or is are was be do does did can could should would will you your we it its this that with by as from
s t how what why which when where explain describe define list give tell between use used using common some any main work works
working mean means role way ways principle detail details please following type types kind kinds different name
network algorithm model method function structure image data dataset feature deep-learning neural-network machine-learning code
formula parameter object python class training testing variable framework
"""
_EMPTY = frozenset(_WIDE.split())
_FILLING = frozenset("的了吗呢一下请说讲介绍常见用有是在和与及对于中里主要来干个几种些哪怎么样你我们它他吧呀啊这那为什可以能会到等并且其及类")
_INTENTS_EN = {
    "why": "why", "difference": "difference", "differences": "difference", "compare": "difference", "versus": "difference", "vs": "difference",
    "implement": "code", "write": "code", "code": "code", "derive": "derive", "prove": "derive", "compute": "compute", "calculate": "compute",
    "advantages": "pros-cons", "disadvantages": "pros-cons", "pros": "pros-cons", "cons": "pros-cons", "purpose": "purpose", "role": "purpose",
    "prevent": "solve", "avoid": "solve", "reduce": "solve", "handle": "solve", "solve": "solve", "choose": "choose", "detect": "detect",
}  # fmt: skip
# What is asked most often, in many words: all of them want the thing explained.
_EXPLAIN = frozenset(("how", "what", "which"))


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A card of the imported deck beside the card of another deck that asks the same, why they were taken for the same,
    and the facts (formulas, numbers) in which their answers differ."""

    card: Card
    other: Card
    deck: str
    likeness: Likeness
    differences: tuple[Difference, ...]


def find_duplicates(deck: Deck, others: Iterable[Deck]) -> tuple[Duplicate, ...]:
    """For each card of a deck the first card of another deck in the same language that asks the same.

    Same words: the questions differ in case, width, space and punctuation at most. Same topic: they name the same
    terms and ask the same of them.
    """
    index = _Index()
    for other in others:
        if other.language == deck.language and other.id != deck.id:
            for card in other.cards:
                index.add(card, other.id)
    found = (index.find(card) for card in deck.cards)
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about: the terms it names, what it asks of them, and the characters that are left."""

    terms: frozenset[str]
    intents: frozenset[str]
    rest: frozenset[str]

    def fits(self, other: Topic) -> bool:
        """Whether the words that are no known terms allow that two questions are the same."""
        return len(self.rest) < 2 or len(other.rest) < 2 or bool(self.rest & other.rest)


class _Index:
    """Cards by the words and by the topic of their questions."""

    def __init__(self) -> None:
        self.by_words: dict[str, tuple[Card, str]] = {}
        self.by_topic: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Topic, Card, str]]] = {}

    def add(self, card: Card, deck: str) -> None:
        self.by_words.setdefault(normal(card.question), (card, deck))
        about = topic(card.question)
        if about.terms:
            same = self.by_topic.setdefault((about.terms, about.intents), [])
            if len(same) < _MOST_ALIKE:
                same.append((about, card, deck))

    def find(self, card: Card) -> Duplicate | None:
        words = normal(card.question)
        if words and words in self.by_words:
            other, deck = self.by_words[words]
            return Duplicate(card, other, deck, "words", differences(card.answer, other.answer))
        about = topic(card.question)
        for theirs, other, deck in self.by_topic.get((about.terms, about.intents), ()):
            if about.fits(theirs):
                return Duplicate(card, other, deck, "topic", differences(card.answer, other.answer))
        return None


_MOST_ALIKE = 50


def topic(question: str) -> Topic:
    """What a question is about; one that names no specific term has empty `terms`."""
    terms: set[str] = set()
    intents: set[str] = set()
    rest: set[str] = set()
    for kind, word in glossary.split(unicodedata.normalize("NFKC", question.partition("\n")[0])):
        if kind == "intent":
            intents.add(word)
        elif kind == "latin" and word in _INTENTS_EN:
            intents.add(_INTENTS_EN[word])
        elif kind == "han":
            rest |= set(word) - _FILLING
        elif word not in _EMPTY:
            terms.add(_singular(word))
    named = frozenset(_known(terms))
    specific = named if any(len(term) > 1 for term in named) else frozenset[str]()
    return Topic(specific, frozenset(intents - _EXPLAIN), frozenset(rest))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


_SYNONYMS = {
    "batch-normalization": "batch-norm", "batchnorm": "batch-norm", "bn": "batch-norm", "non-maximum-suppression": "nms",
    "intersection-over-union": "iou", "convolutional": "convolution", "overfit": "overfitting", "crossentropy": "cross-entropy",
}  # fmt: skip
_PHRASES = (
    (("batch", "normalization"), "batch-norm"), (("batch", "norm"), "batch-norm"), (("non-maximum", "suppression"), "nms"),
    (("non-max", "suppression"), "nms"), (("cross", "entropy"), "cross-entropy"), (("learning", "rate"), "learning-rate"),
    (("gradient", "descent"), "gradient-descent"), (("receptive", "field"), "receptive-field"), (("intersection", "over", "union"), "iou"),
)  # fmt: skip


def _known(terms: set[str]) -> set[str]:
    """Terms under one name each: `BN` and `batch normalization` are the same."""
    named = {_SYNONYMS.get(term, term) for term in terms}
    for words, name in _PHRASES:
        if all(word in named for word in words):
            named = (named - set(words)) | {name}
    return named

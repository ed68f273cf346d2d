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

    from cv_quiz.language import Language
    from cv_quiz.model import Card, Deck

Likeness = Literal["words", "topic"]

# Terms too wide to tell two questions apart.
_WIDE = frozenset(
    ("network", "algorithm", "model", "method", "function", "structure", "image", "data", "dataset", "feature", "deep-learning",
     "neural-network", "machine-learning", "code", "formula", "parameter", "object", "python", "class", "training", "testing", "variable",
     "framework", "cv", "dl", "ml"),
)  # fmt: skip
# Lower-case English words that are terms; words with capitals or digits inside are taken for names anyway.
_TERMS_EN = frozenset(
    [
        "dropout",
        "softmax",
        "sigmoid",
        "tanh",
        "adam",
        "momentum",
        "attention",
        "transformer",
        "embedding",
        "tokenizer",
        "backbone",
        "anchor",
        "anchors",
        "pooling",
        "padding",
        "stride",
        "convolution",
        "convolutional",
        "kernel",
        "overfitting",
        "underfitting",
        "overfit",
        "regularization",
        "regularisation",
        "normalization",
        "normalisation",
        "batch",
        "layer",
        "instance",
        "group",
        "gradient",
        "vanishing",
        "exploding",
        "descent",
        "entropy",
        "cross",
        "loss",
        "focal",
        "dice",
        "hinge",
        "triplet",
        "precision",
        "recall",
        "accuracy",
        "bias",
        "variance",
        "boosting",
        "bagging",
        "ensemble",
        "distillation",
        "pruning",
        "quantization",
        "quantisation",
        "augmentation",
        "imbalance",
        "backpropagation",
        "optimizer",
        "optimiser",
        "rate",
        "learning",
        "receptive",
        "field",
        "segmentation",
        "detection",
        "tracking",
        "suppression",
        "non-maximum",
        "non-max",
        "intersection",
        "union",
        "over",
        "skip",
        "residual",
        "depthwise",
        "separable",
        "dilated",
        "transposed",
        "deformable",
        "inception",
        "mobile",
        "homography",
        "calibration",
        "hough",
        "canny",
        "sobel",
        "gaussian",
        "median",
        "harris",
        "quicksort",
        "heapsort",
        "closure",
        "decorator",
        "generator",
        "iterator",
        "lambda",
        "deadlock",
        "mutex",
        "hash",
        "sharpness",
        "warmup",
        "cosine",
        "schedule",
        "label",
        "smoothing",
        "mixed",
        "decay",
        "weight",
        "initialization",
        "initialisation",
        "autoencoder",
        "contrastive",
        "self-supervised",
        "diffusion",
        "clustering",
        "perceptron",
    ]
)
_FILLING = frozenset(
    "的了吗呢一下请说讲介绍常见用有是在和与及对于中里主要来干个几种些哪怎么样你我们它他吧呀啊这那为什可以能会到等并且其及类"
)
_FILLING_EN = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "to",
        "for",
        "and",
        "or",
        "is",
        "are",
        "was",
        "be",
        "do",
        "does",
        "did",
        "can",
        "could",
        "should",
        "would",
        "will",
        "you",
        "your",
        "we",
        "it",
        "its",
        "this",
        "that",
        "with",
        "by",
        "as",
        "from",
        "s",
        "t",
        "how",
        "what",
        "why",
        "which",
        "when",
        "where",
        "explain",
        "describe",
        "define",
        "list",
        "give",
        "tell",
        "between",
        "use",
        "used",
        "using",
        "common",
        "some",
        "any",
        "main",
        "work",
        "works",
        "working",
        "mean",
        "means",
        "role",
        "way",
        "ways",
        "please",
        "following",
        "i",
        "me",
        "not",
        "there",
        "has",
        "have",
        "one",
    ]
)
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
    index = _Index(deck.language)
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
        """Whether the words that are no known terms allow that two questions are the same.

        Where one has hardly any such words, the other must not have many; where both have some, they must share some.
        """
        fewer, more = sorted((self.rest, other.rest), key=len)
        if len(fewer) < 2:
            latin = sum(word.isascii() for word in more)
            return len(more) - latin + 3 * latin <= (_MOST_EXTRA * 2 if self.intents else _MOST_EXTRA)
        return len(fewer & more) >= 0.34 * len(fewer)


class _Index:
    """Cards by the words and by the topic of their questions."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.by_words: dict[str, tuple[Card, str]] = {}
        self.by_topic: dict[tuple[frozenset[str], frozenset[str]], list[tuple[Topic, Card, str]]] = {}

    def add(self, card: Card, deck: str) -> None:
        self.by_words.setdefault(normal(card.question), (card, deck))
        about = topic(card.question, self.language)
        if about.terms:
            same = self.by_topic.setdefault((about.terms, about.intents), [])
            if len(same) < _MOST_ALIKE:
                same.append((about, card, deck))

    def find(self, card: Card) -> Duplicate | None:
        words = normal(card.question)
        if words and words in self.by_words:
            other, deck = self.by_words[words]
            return Duplicate(card, other, deck, "words", differences(card.answer, other.answer))
        about = topic(card.question, self.language)
        same = [one for one in self.by_topic.get((about.terms, about.intents), ()) if about.fits(one[0])]
        if not same:
            return None
        _, other, deck = min(same, key=lambda one: len(about.rest ^ one[0].rest))
        return Duplicate(card, other, deck, "topic", differences(card.answer, other.answer))


_MOST_ALIKE = 50
_MOST_EXTRA = 9  # Chinese characters; an English word counts three


def topic(question: str, language: Language) -> Topic:
    """What a question is about; one that names no specific term has empty `terms`.

    In a Chinese question every Latin word is a term; in an English one only names and known terms are.
    """
    terms: set[str] = set()
    intents: set[str] = set()
    rest: set[str] = set()
    for kind, word in glossary.split(unicodedata.normalize("NFKC", question.partition("\n")[0])):
        if kind == "intent" or (kind == "latin" and word in _INTENTS_EN):
            intents.add(_INTENTS_EN.get(word, word))
        elif kind == "han":
            rest |= set(word) - _FILLING
        elif kind in ("term", "name") or language == "zh" or word in _TERMS_EN:
            terms.add(_singular(word))
        elif word not in _FILLING_EN:
            rest.add(_singular(word))
    named = frozenset(_known(terms) - _WIDE - (_PARTS if language == "en" else frozenset()))
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


# Words that are terms only together with another.
_PARTS = frozenset(word for words, _ in _PHRASES for word in words) - {"entropy", "normalization"} | {
    "layer", "instance", "group", "skip", "mixed", "label", "weight", "loss", "field",
}  # fmt: skip


def _known(terms: set[str]) -> set[str]:
    """Terms under one name each: `BN` and `batch normalization` are the same."""
    named = {_SYNONYMS.get(term, term) for term in terms}
    for words, name in _PHRASES:
        if all(word in named for word in words):
            named = (named - set(words)) | {name}
    return named

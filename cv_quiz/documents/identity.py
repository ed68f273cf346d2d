"""Ids that stay: made of the question's own words, never of its place or number."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

from cv_quiz.documents import glossary

if TYPE_CHECKING:
    from cv_quiz.model import Card

_LONGEST = 48
_FILLERS = frozenset(
    ("a", "an", "i", "the", "is", "are", "was", "were", "be", "of", "in", "on", "at", "to", "for", "and", "do", "does", "did", "you", "your",
     "we", "our", "it", "its", "this", "that", "these", "those", "with", "by", "as", "can", "what", "please", "there", "has", "have", "would", "should"),
)  # fmt: skip


def fingerprint(text: str, length: int = 8) -> str:
    """The first hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def document_slug(name: str) -> str:
    """The slug of a document's file name; words that a slug cannot hold are stood for by a short hash."""
    stem = PurePath(name.replace("\\", "/")).stem or name
    slug, whole = _slug(_ascii(stem), 40)
    if not slug:
        return f"doc-{fingerprint(stem, 6)}"
    return slug if whole else f"{slug}-{fingerprint(stem, 4)}"


def question_slug(question: str) -> str:
    """A readable slug of a question: its Latin words and known terms, and a short hash where that is not all of it.

    It depends on the question alone, so that it stays when questions are added, moved or numbered anew.
    """
    head, _, more = question.partition("\n")
    parts = glossary.split(unicodedata.normalize("NFKC", head))
    kept = [word for kind, word in parts if kind != "han" and word not in _FILLERS]
    words = list(dict.fromkeys(kept)) or [word for kind, word in parts if kind != "han"]
    slug, whole = _slug("-".join(words), _LONGEST)
    latin = all(kind in ("latin", "name") for kind, _ in parts)
    if slug and whole and latin and not more:
        return slug
    return f"{slug}-{fingerprint(normal(question), 4)}" if slug else f"q-{fingerprint(normal(question), 6)}"


def normal(text: str) -> str:
    """A question's words for comparison: width and case folded, punctuation and space gone."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum() or unicodedata.category(c) in ("Sm", "Mn")
    )


def _ascii(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(
        " " if not c.isascii() and not unicodedata.combining(c) else c
        for c in decomposed
        if c.isascii() or not unicodedata.combining(c)
    )


def _slug(text: str, longest: int) -> tuple[str, bool]:
    """A slug of at most `longest` characters, cut between words, and whether it holds everything."""
    lowered = "".join(c if c.isascii() and c.isalnum() else "-" for c in text.lower())
    words = [word for word in lowered.split("-") if word]
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > longest:
            return slug, False
        slug = f"{slug}-{word}" if slug else word[:longest]
    lossless = all(c.isascii() for c in text) and "  " not in text
    return slug, lossless


def unique_ids(prefix: str, questions: list[str]) -> list[str]:
    """One id for each question; where two share a slug, the later gets its hash, and a repeated question a number."""
    counts: dict[str, int] = {}
    ids: list[str] = []
    for question in questions:
        slug = f"{prefix}-{question_slug(question)}"
        mark = fingerprint(normal(question), 4)
        options = (slug, slug if slug.endswith(mark) else f"{slug}-{mark}")
        final = next((one for one in options if one not in counts), None) or _numbered(options[1], counts)
        counts[final] = 1
        ids.append(final)
    return ids


def _numbered(slug: str, counts: dict[str, int]) -> str:
    """The slug with the next free number; `counts` remembers how far each slug has come."""
    while True:
        counts[slug] += 1
        if f"{slug}-{counts[slug]}" not in counts:
            return f"{slug}-{counts[slug]}"


def imported_hash(card: Card) -> str:
    """The hash of a card's text as it was imported: question, answer, links and tags, eight digits each.

    Four parts, so that an import that comes later can tell which of them the user changed by hand.
    """
    parts = (card.question, card.answer, "\n".join(card.links), "\n".join(card.tags))
    return ".".join(fingerprint(part) for part in parts)

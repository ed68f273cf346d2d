"""Documents in every layout with the deck that must come of them: a `*.md` and a `*.yaml` beside it are a test."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from cv_quiz.deckfile import dump_deck, parse_deck
from cv_quiz.documents import Imported, import_document, read_document

DOCUMENTS = sorted(Path(__file__).parent.glob("*.md"))

# Words of a document that say what a line is, not what it says: labels, and the names of reference lists.
LABELS = {
    "答", "问", "q", "a", "ans", "answer", "question", "问题", "问题四", "参考", "参考资料", "参考答案", "推荐", "references", "reference",
    "原文链接", "src", "todo", "待补充", "x", "tip", "ref", "link", "易", "中", "难", "高频", "中等",
}  # fmt: skip


def imported(path: Path) -> Imported:
    return import_document(read_document(path.read_bytes(), path.name))


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_the_deck_is_the_expected_one(path: Path) -> None:
    assert dump_deck(imported(path).deck) == path.with_suffix(".yaml").read_text(encoding="utf-8")


def test_the_deck_passes_the_format(path: Path) -> None:
    deck = imported(path).deck
    again, diagnostics = parse_deck(dump_deck(deck), path.name)
    assert again == deck
    assert all(diagnostic.severity == "work" for diagnostic in diagnostics)


def test_every_line_is_accounted_for_once(path: Path) -> None:
    result = imported(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    taken = [n for ranges in result.lines_of.values() for low, high in ranges for n in range(low, high + 1)]
    taken += [n for left in result.left_out for n in range(left.start, left.end + 1)]
    filled = [n for n, line in enumerate(lines, 1) if line.strip()]
    assert sorted(n for n in taken if lines[n - 1].strip()) == filled


def test_answers_are_whole(path: Path) -> None:
    """Every word of a card's lines is on the card; only labels, numbers and marks may be missing."""
    result = imported(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for card in result.deck.cards:
        said = _letters("".join((card.question, card.answer, *card.links, *card.tags, card.sources[0].number or "")))
        for low, high in result.lines_of[card.id]:
            for line in lines[low - 1 : high]:
                missing = [word for word in _words(line) if word not in said and word not in LABELS]
                assert not missing, (card.id, line)


def _words(line: str) -> list[str]:
    """The runs of letters in a line; digits are left out, they may be numbers of questions."""
    folded = _folded(re.sub(r"<[^<>]*>", " ", line))
    return "".join(character if character.isalpha() else " " for character in folded).split()


def _letters(text: str) -> str:
    return "".join(character for character in _folded(text) if character.isalpha())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("⻓", "长")


def test_every_document_has_its_deck_and_every_deck_its_document() -> None:
    folder = Path(__file__).parent
    assert len(DOCUMENTS) >= 25
    assert {path.stem for path in DOCUMENTS} == {path.stem for path in folder.glob("*.yaml")}

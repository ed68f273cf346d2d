"""What lint says of each file in lint/: adding NAME.yaml and NAME.txt adds a test; --update-screens writes the texts anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cv_quiz.deckfile import dump_deck, parse_deck
from cv_quiz.model import Card, Deck, Importance, Source

FOLDER = Path(__file__).parent / "lint"
TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=40)
SLUG = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
CARDS = st.builds(
    Card, id=SLUG, question=TEXT, answer=TEXT, points=WORDS, tags=WORDS, references=WORDS, links=WORDS, follow_ups=WORDS,
    hint=TEXT, importance=st.sampled_from(Importance), legacy=st.booleans(), draft=st.booleans(), imported=TEXT,
    sources=st.lists(st.builds(Source, document=TEXT.filter(bool), line=st.none() | st.integers(0, 9**6)), max_size=2).map(tuple),
)  # fmt: skip


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_lint_names_file_line_and_column(path: Path, request: pytest.FixtureRequest) -> None:
    _, diagnostics = parse_deck(path.read_text(encoding="utf-8"), path.name)
    said = "".join(f"{item.place}: {item.severity}: {item.text.en}\n" for item in diagnostics)
    expected = path.with_suffix(".txt")
    if request.config.getoption("--update-screens"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


@given(st.lists(CARDS, max_size=4, unique_by=lambda card: card.id))
def test_what_is_written_is_read_back(cards: list[Card]) -> None:
    deck = Deck("deck", "Title", "en", tuple(cards))
    read, diagnostics = parse_deck(dump_deck(deck), "x.yaml")
    if not any(item.severity == "error" for item in diagnostics):
        assert read == deck
    assert all(card.question.strip() == "" for card in cards) or read is not None or diagnostics


@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(["id: a\n", "cards:\n", "  - id: b\n", "    ", "[", "{", "&a", "*a", "- ", "? ", "|\n", "'"])
    ).map("".join)
)
def test_reading_never_raises(text: str) -> None:
    deck, diagnostics = parse_deck(text, "x.yaml")
    assert (deck is None) == any(item.severity == "error" for item in diagnostics)

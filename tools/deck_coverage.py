"""Print which cards answer each question of the Q&A documents: document, line, question, card ids.

usage: deck_coverage.py FOLDER_OF_DOCUMENTS
Exits with 1 where a question has no finished card, or a card names a line that is no question.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cv_quiz.deckfile import read_deck
from cv_quiz.documents import import_document, read_document
from cv_quiz.library import shipped_folder

Place = tuple[str, int]


def questions(folder: Path) -> dict[Place, str]:
    """Every question of every document, as `cvquiz import` reads it."""
    found: dict[Place, str] = {}
    for path in sorted(folder.glob("*.txt")):
        deck = import_document(read_document(path.read_bytes(), path.name)).deck
        for card in deck.cards:
            found[path.name, card.sources[0].line or 0] = card.question
    return found


def answers(language: str) -> dict[Place, list[str]]:
    """The finished cards of the shipped decks by the places they name."""
    found: dict[Place, list[str]] = {}
    for path in sorted((shipped_folder() / language).glob("*.yaml")):
        for card in read_deck(path).cards:
            for source in card.sources if card.askable else ():
                found.setdefault((source.document, source.line or 0), []).append(card.id)
    return found


def main() -> int:
    """Print the table and the sums."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    asked, answered = questions(Path(sys.argv[1])), answers("zh")
    for place, question in asked.items():
        cards = " ".join(answered.get(place, [])) or "OPEN"
        print(f"{place[0][:3]}:{place[1]:<5} {question.splitlines()[0][:50]:<50}  {cards}")
    still_open = [place for place in asked if place not in answered]
    strays = sorted(place for place in answered if place not in asked)
    for document, line in strays:
        print(f"{document[:3]}:{line}: no question stands here; named by {' '.join(answered[document, line])}")
    print(f"{len(asked)} questions, {len(still_open)} open, {len(strays)} places that are no question")
    return 1 if still_open or strays else 0


if __name__ == "__main__":
    sys.exit(main())

"""Write decks/deck.schema.json anew from cv_quiz.deckschema."""

from __future__ import annotations

import json

from cv_quiz.deckschema import deck_schema
from cv_quiz.library import shipped_folder

if __name__ == "__main__":
    text = json.dumps(deck_schema(), indent=2, ensure_ascii=False) + "\n"
    (shipped_folder() / "deck.schema.json").write_text(text, encoding="utf-8")

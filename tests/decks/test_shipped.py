"""The shipped decks: the house rules, code that runs, numbers that are computed, and every question answered."""

from __future__ import annotations

import ast
import json
import math
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import yaml

from cv_quiz.deckfile import dump_deck, parse_deck, read_deck
from cv_quiz.deckschema import deck_schema
from cv_quiz.houserules import check_shipped, texts_of
from cv_quiz.library import shipped_folder
from cv_quiz.model import Card

ROOT = Path(__file__).resolve().parents[2]
DECKS = sorted(shipped_folder().glob("*/*.yaml"))
FACTS = sorted((ROOT / "tests" / "deck_facts").glob("*.yaml"))


def cards(language: str) -> dict[str, Card]:
    paths = (shipped_folder() / language).glob("*.yaml")
    return {card.id: card for path in paths for card in read_deck(path).cards}


def test_the_house_rules_hold() -> None:
    assert [f"{item.place}: {item.text.en}" for item in check_shipped(shipped_folder())] == []


@pytest.mark.parametrize("path", DECKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_deck_matches_the_schema_and_comes_back_as_it_was(path: Path) -> None:
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), deck_schema())
    deck = read_deck(path)
    assert (deck.id, deck.language) == (path.stem, path.parent.name)
    assert parse_deck(dump_deck(deck), "again")[0] == deck


def test_the_schema_file_is_the_schema() -> None:
    written = json.loads((shipped_folder() / "deck.schema.json").read_text(encoding="utf-8"))
    assert written == deck_schema(), "write it anew: python tools/write_schema.py"


def code_blocks() -> list[tuple[str, str]]:
    found = []
    for card in [*cards("zh").values(), *cards("en").values()]:
        parts = "\n".join(texts_of(card)).split("```python\n")[1:]
        found += [(card.id, part.split("```")[0]) for part in parts]
    return found


def test_every_piece_of_code_runs() -> None:
    blocks = code_blocks()
    assert blocks
    # One interpreter for all: each block in a namespace of its own, as if it were a file.
    script = "import json, sys\nfor name, code in json.load(sys.stdin):\n    exec(compile(code, name, 'exec'), {'__name__': '__main__'})\n"
    done = subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(blocks), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_every_number_is_computed(path: Path) -> None:
    both = cards("zh"), cards("en")
    for card, facts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for fact in facts:
            ast.parse(fact["compute"], mode="eval")
            value = eval(fact["compute"], {"math": math, "np": np, "__builtins__": __builtins__})
            said = format(value, fact.get("format", ""))
            assert said == str(fact["appears"]), (card, fact, said)
            for language in both:
                assert said in "\n".join(texts_of(language[card])), (card, fact, said)


def test_every_question_of_the_documents_is_answered(documents: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "deck_coverage.py"), str(documents)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "184 questions, 0 open" in done.stdout

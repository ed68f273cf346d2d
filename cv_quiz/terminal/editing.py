"""Opening a card in the user's editor. A shipped card is copied to the user's edits first: an upgrade overwrites nothing."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.deckfile import dump_deck, parse_with_lines, read_text
from cv_quiz.language import Text
from cv_quiz.model import Deck
from cv_quiz.terminal.screen import editor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cv_quiz.home import Home
    from cv_quiz.library import CardPlace


def edit_card(home: Home, card: str, environment: Mapping[str, str]) -> Text:
    """Open a card at its line, take it up again, and say what came of it."""
    place = home.library.place(card, home.language)
    if place is None:
        return GONE.format(card=card)
    path, line = _own_place(home, place)
    command = [*shlex.split(editor(environment)), f"+{line}", str(path)]
    try:
        subprocess.run(command, check=False)  # noqa: S603  the user's own editor
    except OSError as error:
        return NO_EDITOR.format(editor=command[0], why=error.strerror or error)
    home.library.refresh()
    problems = [entry.error for entry in home.library.decks() if entry.path == path and entry.error]
    return problems[0] if problems else TAKEN_UP.format(card=card)


def _own_place(home: Home, place: CardPlace) -> tuple[Path, int]:
    """A file of the user's that holds the card, and its line there."""
    if home.folder in place.path.parents or not home.library.is_shipped(place.path):
        return place.path, place.line
    path = home.folder / "edits" / home.language / f"{place.deck}.yaml"
    # The hash of the shipped text tells later whether an upgrade has brought a new one.
    cards = {place.card.id: replace(place.card, imported=place.card.text_hash)}
    if path.exists():
        deck, _, _ = parse_with_lines(read_text(path), str(path))
        cards |= {card.id: card for card in deck.cards} if deck else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = dump_deck(Deck(place.deck, place.deck, home.language, tuple(cards.values())))
    path.write_text(text, encoding="utf-8")
    return path, parse_with_lines(text, str(path))[2][place.card.id]


def drop_edit(home: Home, card: str) -> Text:
    """Take the shipped text of a card again: the user's edit of it is removed."""
    place = home.library.place(card, home.language)
    if place is None or home.folder / "edits" not in place.path.parents:
        return NO_EDIT.format(card=card)
    deck, _, _ = parse_with_lines(read_text(place.path), str(place.path))
    rest = tuple(other for other in deck.cards if other.id != card) if deck else ()
    if deck and rest:
        place.path.write_text(dump_deck(replace(deck, cards=rest)), encoding="utf-8")
    else:
        place.path.unlink()
    home.library.refresh()
    return DROPPED.format(card=card)


NO_EDIT = Text("你没有改过卡片 {card}。", "You have not edited the card {card}.")
DROPPED = Text("{card} 用回了自带的文字。", "{card} has its shipped text again.")
GONE = Text("卡片 {card} 不在任何卡组里了。", "card {card} is in no deck any more.")
NO_EDITOR = Text(
    "不能启动编辑器 {editor}（{why}）。请设置 EDITOR。", "the editor {editor} cannot be started ({why}). Set EDITOR."
)
TAKEN_UP = Text("已读入修改：{card}", "Taken up: {card}")

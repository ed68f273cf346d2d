"""Opening a card in the user's editor. A shipped card is copied to the user's edits first: an upgrade overwrites nothing."""

from __future__ import annotations

import os
import shlex
import subprocess
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cv_quiz.language import Text
from cv_quiz.terminal.screen import editor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cv_quiz.home import Home
    from cv_quiz.library import CardPlace


@dataclass(frozen=True, slots=True)
class Edited:
    """What came of an edit. `good` says that the card can be shown again as it now is."""

    said: Text
    good: bool


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file to edit, the line of the card in it, what it held before the card was copied there, and what it holds."""

    path: Path
    line: int
    before: bytes | None = None
    written: bytes | None = None


def edit_card(home: Home, card: str, environment: Mapping[str, str], known: CardPlace | None = None) -> Edited:
    """Open a card at its line, take it up again, and say what came of it.

    `known` is where the card was found last; its deck may have been broken by an edit since.
    """
    place = home.library.place(card, home.language) or known
    if place is None:
        return Edited(GONE.format(card=card), good=False)
    try:
        copy = _copied(home, place)
        failure = run_editor(environment, [f"+{copy.line}", str(copy.path)])
        changed = _kept(copy)
    except OSError as error:
        return Edited(NOT_WRITTEN.format(path=error.filename or place.path, why=error.strerror or error), good=False)
    home.library.refresh()
    if problem := _problem(home, copy.path) if changed or copy.written is None else None:
        return Edited(STILL_WRONG.format(problem=problem), good=False)
    if failure is not None:
        return Edited(failure, good=False)
    return Edited((TAKEN_UP if changed else UNCHANGED).format(card=card), good=True)


def run_editor(environment: Mapping[str, str], arguments: Sequence[str]) -> Text | None:
    """Wait for the user's editor; what went wrong with it."""
    said = editor(environment)
    try:
        command = shlex.split(said)
    except ValueError:
        command = []
    if not command:
        return BAD_EDITOR.format(editor=said)
    try:
        status = subprocess.run([*command, *arguments], check=False).returncode  # noqa: S603  the user's own editor
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        return NO_EDITOR.format(editor=command[0], why=why)
    return EDITOR_FAILED.format(editor=command[0], status=status) if status else None


def drop_edit(home: Home, card: str) -> Text:
    """Take the shipped text of a card again: the user's edit of it is removed."""
    from cv_quiz.deckfile import dump_deck, parse_with_lines, read_text  # noqa: PLC0415  brings in yaml

    place = home.library.place(card, home.language)
    if place is None or home.folder / "edits" not in place.path.parents:
        broken = place and _problem(home, _edits(home, place))
        return broken or NO_EDIT.format(card=card)
    deck, _, _ = parse_with_lines(read_text(place.path), str(place.path))
    rest = tuple(other for other in deck.cards if other.id != card) if deck else ()
    if deck and rest:
        write_whole(place.path, dump_deck(replace(deck, cards=rest)).encode())
    else:
        place.path.unlink()
    home.library.refresh()
    return DROPPED.format(card=card)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside and rename it: whoever looks finds the old content or the new one, never a part."""
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise


def _edits(home: Home, place: CardPlace) -> Path:
    return home.folder / "edits" / home.language / f"{place.deck}.yaml"


def _copied(home: Home, place: CardPlace) -> _Copy:
    """A file of the user's that holds the card. One that does not parse is opened as it is, where it is wrong."""
    from cv_quiz.deckfile import dump_deck, parse_with_lines, read_text  # noqa: PLC0415  brings in yaml
    from cv_quiz.errors import DeckError  # noqa: PLC0415
    from cv_quiz.model import Deck  # noqa: PLC0415

    if home.folder in place.path.parents or not home.library.is_shipped(place.path):
        return _Copy(place.path, _first_error(place.path) or place.line)
    path = _edits(home, place)
    before = path.read_bytes() if path.exists() else None
    # The hash of the shipped text tells later whether an upgrade has brought a new one.
    cards = {place.card.id: replace(place.card, imported=place.card.text_hash)}
    if before is not None:
        try:
            deck, _, lines = parse_with_lines(read_text(path), str(path))
        except DeckError:
            deck, lines = None, {}
        if deck is None or place.card.id in lines:
            return _Copy(path, _first_error(path) or lines.get(place.card.id, 1))
        cards |= {card.id: card for card in deck.cards}
    text = dump_deck(Deck(place.deck, place.deck, home.language, tuple(cards.values())))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
    return _Copy(path, parse_with_lines(text, str(path))[2][place.card.id], before, text.encode())


def _first_error(path: Path) -> int | None:
    from cv_quiz.deckfile import parse_deck, read_text  # noqa: PLC0415  brings in yaml
    from cv_quiz.errors import DeckError  # noqa: PLC0415

    try:
        _, diagnostics = parse_deck(read_text(path), str(path))
    except DeckError:
        return 1
    return next((found.place.line for found in diagnostics if found.severity == "error"), None)


def _kept(copy: _Copy) -> bool:
    """Whether the copy was changed; one that was only looked at is taken back, or the shipped text would stand still."""
    if copy.written is None:
        return True
    if not copy.path.exists() or copy.path.read_bytes() != copy.written:
        return True
    if copy.before is None:
        copy.path.unlink()
    else:
        write_whole(copy.path, copy.before)
    return False


def _problem(home: Home, path: Path) -> Text | None:
    """What is wrong with a file: what the index says of it, with the place."""
    return home.library.problem(path)


NO_EDIT = Text("你没有改过卡片 {card}。", "You have not edited the card {card}.")
DROPPED = Text("{card} 用回了自带的文字。", "{card} has its shipped text again.")
GONE = Text("卡片 {card} 不在任何卡组里了。", "card {card} is in no deck any more.")
NO_EDITOR = Text(
    "不能启动编辑器 {editor}（{why}）。请设置 EDITOR。", "the editor {editor} cannot be started ({why}). Set EDITOR."
)
BAD_EDITOR = Text("EDITOR 写得不对：{editor}。请重新设置。", "EDITOR is not a command: {editor}. Set it again.")
EDITOR_FAILED = Text("编辑器 {editor} 以状态 {status} 结束。", "the editor {editor} ended with the status {status}.")
NOT_WRITTEN = Text("不能写 {path}（{why}）；卡片没有改动。", "{path} cannot be written ({why}); the card is as it was.")
STILL_WRONG = Text(
    "{problem}\n你的修改还在文件里，改好之前不生效：按 e 接着改。",
    "{problem}\nYour changes are in the file, not in force until that is mended: e opens it again.",
)
TAKEN_UP = Text("已读入修改：{card}", "Taken up: {card}")
UNCHANGED = Text("没有改动：{card}", "Unchanged: {card}")

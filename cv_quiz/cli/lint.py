"""`cvquiz lint`: check deck files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._say import language, say, t
from cv_quiz.config import home_folder
from cv_quiz.deckfile import read_text
from cv_quiz.errors import DeckError
from cv_quiz.language import Text
from cv_quiz.library import shipped_folder

if TYPE_CHECKING:
    from cv_quiz.deckfile import Diagnostic

PLACE = 90
HELP = Text(
    "检查卡组文件：哪个文件、哪一行、哪里不对。\n\n不给路径就检查自己的卡组。",
    "Check deck files: which file, which line, what is wrong.\n\nWithout a path, your own decks are checked.",
)
EXAMPLES = "cvquiz lint my_notes.yaml\ncvquiz lint --shipped"
PATHS = typer.Argument(None, metavar="[PATH...]", help=t("卡组文件或目录。", "Deck files or folders."))
SHIPPED = typer.Option(
    False, "--shipped", help=t("用自带卡组的严格规则检查它们。", "Check the shipped decks by their stricter rules.")
)
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))


def command(*, paths: list[Path] | None = PATHS, shipped: bool = SHIPPED, as_json: bool = JSON) -> None:
    """Print the diagnostics; exit with 1 where there is an error."""
    found = _shipped(paths) if shipped else [item for path in _files(paths) for item in _check(path)]
    if as_json:
        say(json.dumps({"version": 1, "diagnostics": [_data(item) for item in found]}, ensure_ascii=False))
    else:
        _print(found)
    if any(item.severity == "error" for item in found):
        raise typer.Exit(1)


def _shipped(paths: list[Path] | None) -> list[Diagnostic]:
    from cv_quiz.houserules import check_shipped

    return check_shipped(paths[0] if paths else shipped_folder())


def _files(paths: list[Path] | None) -> list[Path]:
    home = home_folder(os.environ)
    roots = paths or [folder for folder in (home / "decks", home / "edits") if folder.is_dir()]
    files: list[Path] = []
    for root in roots:
        files += sorted(root.rglob("*.yaml")) if root.is_dir() else [root]
    return files


def _check(path: Path) -> list[Diagnostic]:
    """The format of one file, and what it names that does not exist."""
    from cv_quiz.deckfile import Diagnostic, Place, parse_with_lines
    from cv_quiz.drills import names

    try:
        deck, diagnostics, lines = parse_with_lines(read_text(path), str(path))
    except DeckError as error:
        return [Diagnostic(Place(str(path)), error.text)]
    if deck is not None:
        if deck.id != path.stem and path.parent.name != "edits":
            diagnostics.append(Diagnostic(Place(str(path)), OTHER_STEM.format(id=deck.id, stem=path.stem), "warning"))
        unknown = [card for card in deck.cards if card.drill and card.drill not in names()]
        diagnostics += [
            Diagnostic(Place(str(path), lines[card.id]), NO_DRILL.format(drill=card.drill, names=", ".join(names())))
            for card in unknown
        ]
    return sorted(diagnostics, key=lambda item: (item.place.line, item.place.column))


def _print(found: list[Diagnostic]) -> None:
    for item in found:
        say(f"{item.place}: {NAMES[item.severity].say(language())}: {item.text.say(language())}")
    errors = sum(item.severity == "error" for item in found)
    work = sum(item.severity == "work" for item in found)
    say(SUM.format(errors=errors, work=work) if found else CLEAN)


def _data(item: Diagnostic) -> dict[str, object]:
    place = item.place
    said = item.text.say(language())
    return {"file": place.file, "line": place.line, "column": place.column, "severity": item.severity, "message": said}


OTHER_STEM = Text(
    "id 是 {id}，文件名是 {stem}；两者应相同。", "the id is {id} but the file is {stem}; they should be the same."
)
NO_DRILL = Text("没有练习 {drill}；有：{names}。", "there is no drill {drill}; there are: {names}.")
NAMES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "work": Text("待完成", "to do")}
SUM = Text("{errors} 处错误，{work} 张草稿待完成。", "{errors} errors, {work} drafts to finish.")
CLEAN = Text("没有问题。", "No problems found.")

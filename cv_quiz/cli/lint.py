"""`cvquiz lint`: check deck files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._say import language, say, t
from cv_quiz.deckfile import parse_deck, read_text
from cv_quiz.home import home_folder
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
SHIPPED = typer.Option(False, "--shipped", help=t("用自带卡组的严格规则检查它们。", "Check the shipped decks by their stricter rules."))
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
    return parse_deck(read_text(path), str(path))[1]


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


NAMES = {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "work": Text("待完成", "to do")}
SUM = Text("{errors} 处错误，{work} 张草稿待完成。", "{errors} errors, {work} drafts to finish.")
CLEAN = Text("没有问题。", "No problems found.")


"""`cvquiz import`: a Q&A document becomes a deck."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import language, say, t, warn
from cv_quiz.errors import DocumentError, UsageError
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cv_quiz.documents import Duplicate, Imported, Merged
    from cv_quiz.home import Home
    from cv_quiz.language import Language
    from cv_quiz.model import Card, Deck

PLACE = 40
HELP = Text(
    "把问答文档变成卡组：问题、答案、章节、公式、代码都保留。\n\n"
    "给文件或目录（其中的 .md、.markdown、.txt）。没有 -o 就写进自己的卡组，马上可以 cvquiz study。"
    "再次导入同一文档会更新文字，保留 id、学习记录和手工修改。",
    "Turn a Q&A document into a deck: questions, answers, sections, formulas and code are kept.\n\n"
    "Give files or folders (of .md, .markdown and .txt). Without -o the deck joins your own, to study at once. "
    "Importing a document again updates the texts and keeps ids, history and what you changed by hand.",
)
EXAMPLES = (
    "cvquiz import notes.md\ncvquiz import notes/ --dry-run\ncvquiz import notes.md -o notes.yaml --marker heading2"
)
DOCUMENTS = typer.Argument(..., metavar="DOCUMENT...", help=t("文档或目录。", "Documents or folders."))
OUTPUT = typer.Option(
    None, "-o", "--output", metavar="FILE|DIR", help=t("写到这个文件或目录。", "Write to this file or folder.")
)
LANGUAGE = typer.Option(
    None,
    "--language",
    metavar="zh|en",
    help=t("文档的语言，默认自动判断。", "The documents' language; found out by itself otherwise."),
)
MARKER = typer.Option(
    None,
    "--marker",
    metavar="NAME",
    help=t("问题的标记，判断不准时用来指定。", "What marks a question, where the guess is wrong."),
)
DUPLICATE = typer.Option(
    None, "--on-duplicate", metavar="keep|shipped|skip",
    help=t("已有同样的问题时：都要、用自带的、不导入。", "Where the question exists already: keep both, use the shipped one, skip."),
)  # fmt: skip
DRY = typer.Option(
    False, "--dry-run", help=t("只显示会得到什么，不写文件。", "Show what would be made, write nothing.")
)
JSON = typer.Option(False, "--json", help=t("输出 JSON。", "Print JSON."))
SUFFIXES = (".md", ".markdown", ".txt")
Choice = Literal["keep", "shipped", "skip"]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one document."""

    path: Path
    imported: Imported
    deck: Deck
    output: Path
    duplicates: tuple[Duplicate, ...]
    dropped: tuple[str, ...]
    merged: Merged | None
    suspended: frozenset[str] = frozenset()


def command(
    *,
    documents: list[Path] = DOCUMENTS,
    output: Path | None = OUTPUT,
    document_language: str | None = LANGUAGE,
    marker: str | None = MARKER,
    on_duplicate: str | None = DUPLICATE,
    dry_run: bool = DRY,
    as_json: bool = JSON,
) -> None:
    """Import every document; exit with 3 where one could not be read."""
    _check_words(document_language, marker, on_duplicate)
    home = open_home()
    files = _files(documents)
    wanted = cast("Language | None", document_language)
    importer = Importer(home, output, wanted, marker, cast("Choice | None", on_duplicate), single=len(files) == 1)
    made, failed = importer.run(files, dry_run=dry_run)
    if as_json:
        say(json.dumps({"version": 1, "documents": [_data(one) for one in made]}, ensure_ascii=False))
    else:
        _print(made, dry_run=dry_run)
    if failed:
        raise typer.Exit(3)


class Importer:
    """Reads documents one after the other; one that cannot be read stops nothing."""

    def __init__(
        self, home: Home, output: Path | None, language: Language | None, marker: str | None,
        on_duplicate: Choice | None, *, single: bool,
    ) -> None:  # fmt: skip
        self.home = home
        self.output = output
        self.language = language
        self.marker = marker
        self.on_duplicate = on_duplicate
        self.single = single
        self.suspended: set[str] = set()

    def run(self, files: Sequence[Path], *, dry_run: bool) -> tuple[list[Made], int]:
        """What was made, and how many documents could not be read."""
        made, failed = [], 0
        for path in _with_progress(files):
            try:
                made.append(self.one(path))
            except DocumentError as error:
                warn(error.text)
                failed += 1
                continue
            if not dry_run:
                _write(made[-1].output, made[-1].deck)
                self.home.library.refresh()
        return made, failed

    def one(self, path: Path) -> Made:
        """One document as a deck, merged with what an earlier import and the user's hand have made of it."""
        from cv_quiz.deckfile import read_deck
        from cv_quiz.documents import import_document, merge, read_document

        if path.suffix.lower() in (".yaml", ".yml"):
            raise DocumentError(IS_DECK.format(path=path))
        document = read_document(_bytes(path), path.name)
        imported = import_document(
            document, language=self.language, marker=self.marker, base=str(path.resolve().parent)
        )
        output = self.output_of(imported.deck.id)
        deck = replace(imported.deck, id=output.stem if _is_slug(output.stem) else imported.deck.id)
        merged = merge(read_deck(output), deck) if output.exists() else None
        deck = merged.deck if merged else deck
        # What an earlier import has brought in was decided on then.
        fresh = set(merged.added) if merged else {card.id for card in deck.cards}
        duplicates = tuple(same for same in self.duplicates(deck, output) if same.card.id in fresh)
        dropped = tuple(same.card.id for same in duplicates if self.drops(same))
        deck = replace(deck, cards=tuple(card for card in deck.cards if card.id not in dropped))
        return Made(path, imported, deck, output, duplicates, dropped, merged, frozenset(self.suspended))

    def output_of(self, deck: str) -> Path:
        """Where a deck goes: the file named, the folder named, or the user's own decks."""
        if self.output is None:
            return self.home.folder / "decks" / f"{deck}.yaml"
        if self.single and self.output.suffix in (".yaml", ".yml"):
            return self.output
        return self.output / f"{deck}.yaml"

    def duplicates(self, deck: Deck, output: Path) -> tuple[Duplicate, ...]:
        """Questions of a deck that another deck asks as well."""
        from cv_quiz.documents import find_duplicates
        from cv_quiz.model import Deck as DeckType

        library, others = self.home.library, []
        for entry in library.decks():
            if not entry.error and entry.path != output.resolve() and entry.path != output:
                language = cast("Language", entry.language)
                others.append(DeckType(entry.id, entry.title, language, tuple(library.cards(language, entry.id))))
        return find_duplicates(deck, others)

    def drops(self, same: Duplicate) -> bool:
        """Whether a new card gives way to the one there is."""
        if self.on_duplicate is None and sys.stdin.isatty() and sys.stdout.isatty():
            return self.asked(same) == "shipped"
        return self.on_duplicate == "skip" or (self.on_duplicate == "shipped" and self.is_shipped(same.deck))

    def is_shipped(self, deck: str) -> bool:
        """Whether a deck came with cvquiz."""
        return any(entry.id == deck and entry.origin == "shipped" for entry in self.home.library.decks())

    def asked(self, same: Duplicate) -> Choice:
        """Let the user choose once: the card there is, the new one, or both."""
        say(SAME.format(mine=same.card.question, there=same.other.question or same.other.cloze, deck=same.deck))
        while (answer := input(ASK.say(language())).strip().lower()) not in ("o", "m", "b", ""):
            say(ASK_AGAIN)
        if answer == "m":
            self.home.suspend(same.other.id)
            self.suspended.add(same.other.id)
        return "shipped" if answer == "o" else "keep"


def _check_words(document_language: str | None, marker: str | None, on_duplicate: str | None) -> None:
    from cv_quiz.documents import MARKERS

    for name, value, known in (
        ("--language", document_language, ("zh", "en")),
        ("--marker", marker, MARKERS),
        ("--on-duplicate", on_duplicate, ("keep", "shipped", "skip")),
    ):
        if value is not None and value not in known:
            raise UsageError(BAD_WORD.format(name=name, value=value, known=", ".join(known)))


def _files(documents: Iterable[Path]) -> list[Path]:
    files: dict[Path, None] = {}
    for path in documents:
        if path.is_dir():
            inside = [file for file in sorted(path.rglob("*")) if file.suffix.lower() in SUFFIXES and file.is_file()]
            if not inside:
                raise DocumentError(NO_DOCUMENT.format(path=path))
            files |= dict.fromkeys(inside)
        else:
            files[path] = None
    return list(files)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(UNREADABLE.format(path=path, why=error.strerror or error)) from None


def _with_progress(files: Sequence[Path]) -> Iterable[Path]:
    if len(files) < 3 or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, t("导入", "Importing"), console=Console(stderr=True))


def _write(path: Path, deck: Deck) -> None:
    """Write beside and rename: there is never half a deck on the disk."""
    from cv_quiz.deckfile import dump_deck

    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(dump_deck(deck), encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):  # where the folder itself is missing, nothing was written either
            beside.unlink(missing_ok=True)
        raise DocumentError(UNWRITABLE.format(path=path, why=error.strerror or error)) from None


def _is_slug(stem: str) -> bool:
    from cv_quiz.deckfile import SLUG

    return bool(SLUG.match(stem))


def _print(made: Sequence[Made], *, dry_run: bool) -> None:
    for one in made:
        drafts = sum(not card.askable for card in one.deck.cards)
        certainty = f"{100 * one.imported.certainty:.0f}"
        say(
            SUMMARY.format(
                path=one.path, n=len(one.deck.cards), drafts=drafts, marker=one.imported.marker, sure=certainty
            )
        )
        if dry_run:
            for card in one.deck.cards:
                line = card.sources[0].line if card.sources else ""
                mark = " " if card.askable else t("草", "d")
                say(f"  {line:>5} {mark} {card.question.splitlines()[0] if card.question else ''}")
        for note in one.imported.notes:
            say(f"  {note.say(language())}")
        _print_merged(one)
        _print_duplicates(one)
        if not dry_run:
            say(WRITTEN.format(output=one.output, study=_study_word(one)))


def _print_merged(one: Made) -> None:
    merged = one.merged
    if merged is None:
        return
    counts = {name: len(getattr(merged, name)) for name in ("added", "updated", "kept", "vanished", "returned")}
    say(MERGED.format(**counts))
    for conflict in merged.conflicts:
        say(CONFLICT.format(card=conflict.card, part=conflict.part, text=conflict.text[:70].replace("\n", " ")))


def _print_duplicates(one: Made) -> None:
    for same in one.duplicates:
        gone = same.card.id in one.dropped
        text = DUPLICATE_DROPPED if gone else DUPLICATE_MINE if same.other.id in one.suspended else DUPLICATE_KEPT
        say(text.format(card=same.card.id, other=same.other.id, deck=same.deck))
        for difference in same.differences:
            say(DIFFERENT.format(of=difference.of, mine=difference.mine, theirs=difference.theirs))


def _study_word(one: Made) -> str:
    own = one.output.parent.name == "decks" and one.output.parent.parent == open_home().folder
    return one.deck.id if own else str(one.output)


def _data(one: Made) -> dict[str, object]:
    return {
        "path": str(one.path),
        "output": str(one.output),
        "deck": one.deck.id,
        "language": one.deck.language,
        "marker": one.imported.marker,
        "certainty": one.imported.certainty,
        "cards": [_card_data(card) for card in one.deck.cards],
        "left_out": [
            {"first_line": left.start, "last_line": left.end, "reason": left.reason.say(language()), "text": left.text}
            for left in one.imported.left_out
        ],
        "notes": [note.say(language()) for note in one.imported.notes],
        "duplicates": [_duplicate_data(same, one.dropped) for same in one.duplicates],
        "merged": _merged_data(one.merged),
    }


def _duplicate_data(same: Duplicate, dropped: Sequence[str]) -> dict[str, object]:
    return {
        "card": same.card.id,
        "other": same.other.id,
        "deck": same.deck,
        "likeness": same.likeness,
        "dropped": same.card.id in dropped,
        "differences": [{"of": d.of, "mine": d.mine, "theirs": d.theirs} for d in same.differences],
    }


def _merged_data(merged: Merged | None) -> dict[str, object] | None:
    if merged is None:
        return None
    names = ("added", "updated", "kept", "vanished", "returned")
    conflicts = [{"card": c.card, "part": c.part, "text": c.text} for c in merged.conflicts]
    return {**{name: list(getattr(merged, name)) for name in names}, "conflicts": conflicts}


def _card_data(card: Card) -> dict[str, object]:
    source = card.sources[0] if card.sources else None
    return {
        "id": card.id,
        "question": card.question,
        "line": source.line if source else None,
        "number": source.number if source else None,
        "section": source.section if source else None,
        "draft": not card.askable,
    }


BAD_WORD = Text("{name} 没有 {value}；可用：{known}。", "{name} has no {value}; there are: {known}.")
NO_DOCUMENT = Text(
    "{path}：目录里没有 .md、.markdown 或 .txt。", "{path}: there is no .md, .markdown or .txt in this folder."
)
UNREADABLE = Text("{path}：读不了（{why}）。", "{path}: cannot be read ({why}).")
IS_DECK = Text(
    "{path} 已经是卡组，不用导入：cvquiz study {path}",
    "{path} is a deck already, nothing to import: cvquiz study {path}",
)
UNWRITABLE = Text("{path}：写不了（{why}）。", "{path}: cannot be written ({why}).")
SUMMARY = Text(
    "{path}：{n} 个问题，其中 {drafts} 个还没有答案（草稿）；标记 {marker}，把握 {sure}%。",
    "{path}: {n} questions, {drafts} of them without an answer (drafts); marker {marker}, {sure} % sure.",
)
MERGED = Text(
    "  再次导入：新增 {added}，更新 {updated}，保留手工修改 {kept}，文档里已没有 {vanished}，重新出现 {returned}。",
    "  Imported again: {added} added, {updated} updated, {kept} kept as you changed them, {vanished} vanished, {returned} returned.",
)
CONFLICT = Text(
    "    {card} 的 {part} 你和文档都改了；保留你的。文档里是：{text}",
    "    {part} of {card} was changed by you and in the document; yours is kept. The document has: {text}",
)
DIFFERENT = Text(
    "    {of}：你的文档说 {mine}，已有的说 {theirs}", "    {of}: your document says {mine}, the other card {theirs}"
)
WRITTEN = Text("  写到 {output}。开始：cvquiz study {study}", "  Wrote {output}. Start with: cvquiz study {study}")
DUPLICATE_KEPT = Text(
    "  {card} 与 {deck} 的 {other} 问的相同；都保留。", "  {card} asks the same as {other} in {deck}; both are kept."
)
DUPLICATE_MINE = Text(
    "  {card} 与 {deck} 的 {other} 问的相同；用你的，{other} 已停用（恢复：cvquiz aside {other}）。",
    "  {card} asks the same as {other} in {deck}; yours is asked, {other} is suspended (back: cvquiz aside {other}).",
)
DUPLICATE_DROPPED = Text(
    "  {card} 与 {deck} 的 {other} 问的相同；没有导入。",
    "  {card} asks the same as {other} in {deck}; it was left out.",
)
SAME = Text(
    "\n同一个问题？\n  文档：{mine}\n  {deck}：{there}", "\nThe same question?\n  document: {mine}\n  {deck}: {there}"
)
ASK = Text("用[o]已有的、[m]我的、[b]都要？[b] ", "Use [o]urs, [m]ine or [b]oth? [b] ")
ASK_AGAIN = Text("请输入 o、m 或 b。", "Type o, m or b.")

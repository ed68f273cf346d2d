"""YAML <-> Deck: reading with diagnostics that name file, line and column, and writing.

Text is data: the file is composed into nodes and checked key by key; no YAML tag builds anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

import yaml

from cv_quiz.cloze import words as blanks
from cv_quiz.errors import DeckError
from cv_quiz.language import LANGUAGES, Text
from cv_quiz.model import Card, Deck, Importance, Kind, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# The C loader reads a deck eight times faster; a PyYAML without libyaml still works.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SCHEMA_COMMENT = "# yaml-language-server: $schema=../deck.schema.json\n"

Severity = Literal["error", "warning", "work"]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to say about a deck file. `work` is something unfinished, such as a draft."""

    place: Place
    text: Text
    severity: Severity = "error"


def parse_deck(text: str, name: str) -> tuple[Deck | None, list[Diagnostic]]:
    """A deck from YAML text, or None where there is an error, and everything there is to say about it."""
    deck, diagnostics, _ = parse_with_lines(text, name)
    return deck, diagnostics


def parse_with_lines(text: str, name: str) -> tuple[Deck | None, list[Diagnostic], dict[str, int]]:
    """As `parse_deck`, with the line at which each card begins."""
    reader = _Reader(name)
    deck = reader.deck(text)
    failed = any(diagnostic.severity == "error" for diagnostic in reader.diagnostics)
    return (None if failed else deck), reader.diagnostics, reader.lines


def read_deck(path: Path) -> Deck:
    """The deck in a file; DeckError with the first diagnostics where it cannot be read."""
    deck, diagnostics = parse_deck(read_text(path), str(path))
    if deck is None:
        raise deck_error(diagnostics)
    return deck


def read_text(path: Path) -> str:
    """The UTF-8 text of a deck file; DeckError where there is none."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeckError(NOT_UTF8.format(path=path, byte=error.start)) from None
    except OSError as error:
        raise DeckError(UNREADABLE.format(path=path, why=error.strerror or error)) from None


def deck_error(diagnostics: list[Diagnostic]) -> DeckError:
    """The first error of a deck as an exception, with the count of the others."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    more = MORE.format(count=len(errors) - 1) if len(errors) > 1 else Text("", "")
    return DeckError(FIRST.format(place=errors[0].place, text=errors[0].text, more=more))


class _Reader:
    """Walks the nodes of one file and collects what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.diagnostics: list[Diagnostic] = []
        self.lines: dict[str, int] = {}
        self.seen_nodes: set[int] = set()

    def say(self, node: Any, text: Text, severity: Severity = "error") -> None:
        mark = getattr(node, "start_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.diagnostics.append(Diagnostic(Place(self.name, line, column), text, severity))

    def compose(self, text: str) -> Any:
        try:
            return yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = Place(self.name, mark.line + 1, mark.column + 1) if mark else _place_of(error, text, self.name)
            why = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
            self.diagnostics.append(Diagnostic(place, NOT_YAML.format(why=why)))
            return None

    def deck(self, text: str) -> Deck | None:
        root = self.compose(text)
        if self.diagnostics:
            return None
        if not isinstance(root, yaml.MappingNode):
            self.say(root, NO_DECK)
            return None
        values = {key: (node, value) for key, node, value in self.pairs(root, DECK_KEYS)}
        for key in ("id", "title", "language", "cards"):
            if key not in values:
                self.say(root, MISSING_KEY.format(key=key))
        said = {key: value for key, (_, value) in values.items() if value is not None}
        if said.get("language") not in LANGUAGES and "language" in said:
            self.say(values["language"][0], BAD_LANGUAGE)
        return Deck(**said) if said.keys() == DECK_KEYS.keys() else None

    def pairs(self, node: Any, keys: dict[str, Callable[[_Reader, Any], Any]]) -> Iterator[tuple[str, Any, Any]]:
        """(key, node of the value, value) of a mapping, in the file's order."""
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if key not in keys:
                self.say(key_node, UNKNOWN_KEY.format(key=key, near=_nearest(key, keys)))
            elif key in seen:
                self.say(key_node, TWICE_KEY.format(key=key))
            else:
                seen.add(key)
                yield key, value_node, keys[key](self, value_node)

    def string(self, node: Any) -> str | None:
        if isinstance(node, yaml.ScalarNode) and node.tag != "tag:yaml.org,2002:null":
            return str(node.value)
        self.say(node, WANT_TEXT)
        return None

    def slug(self, node: Any) -> str | None:
        value = self.string(node)
        if value is not None and not SLUG.match(value):
            self.say(node, WANT_SLUG.format(value=value))
        return value

    def boolean(self, node: Any) -> bool | None:
        if isinstance(node, yaml.ScalarNode) and node.value in ("true", "false"):
            return bool(node.value == "true")
        self.say(node, WANT_BOOLEAN)
        return None

    def integer(self, node: Any) -> int | None:
        if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"\d{1,9}", node.value):
            return int(node.value)
        self.say(node, WANT_INTEGER)
        return None

    def importance(self, node: Any) -> Importance | None:
        value = self.integer(node)
        if value in (1, 2, 3):
            return Importance(value)
        if value is not None:
            self.say(node, WANT_IMPORTANCE)
        return None

    def sequence(self, node: Any, item: Callable[[_Reader, Any], Any]) -> tuple[Any, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self.say(node, WANT_LIST)
            return None
        if id(node) in self.seen_nodes:
            self.say(node, NO_ALIAS)
            return None
        self.seen_nodes.add(id(node))
        return tuple(value for value in (item(self, child) for child in node.value) if value is not None)

    def source(self, node: Any) -> Source | None:
        if not isinstance(node, yaml.MappingNode):
            self.say(node, WANT_MAPPING)
            return None
        values = {key: value for key, _, value in self.pairs(node, SOURCE_KEYS)}
        if "document" not in values:
            self.say(node, MISSING_KEY.format(key="document"))
        return Source(**values) if values.get("document") else None

    def card(self, node: Any) -> Card | None:
        if not isinstance(node, yaml.MappingNode):
            self.say(node, WANT_MAPPING)
            return None
        values: dict[str, Any] = {}
        nodes: dict[str, Any] = {}
        for key, value_node, value in self.pairs(node, CARD_KEYS):
            nodes[key] = value_node
            if value is not None:
                values[key] = value
        if "id" not in nodes:
            self.say(node, MISSING_KEY.format(key="id"))
        if "id" not in values:
            return None
        card = Card(**values)
        self.check(card, node, nodes)
        return card

    def check(self, card: Card, node: Any, nodes: dict[str, Any]) -> None:
        """What must hold between the keys of one card."""
        if card.id in self.lines:
            self.say(nodes["id"], TWICE_CARD.format(id=card.id, place=Place(self.name, self.lines[card.id])))
        self.lines.setdefault(card.id, node.start_mark.line + 1)
        for text in _problems(card):
            self.say(node, text)
        if not card.askable:
            self.say(node, DRAFT.format(id=card.id), "work")


def _problems(card: Card) -> Iterator[Text]:
    kinds = [name for name in ("drill", "choices", "cloze") if getattr(card, name)]
    if len(kinds) > 1:
        yield TWO_KINDS.format(keys=" + ".join(kinds))
    if not card.question.strip() and card.kind is not Kind.CLOZE:
        yield MISSING_KEY.format(key="question")
    if card.kind is Kind.CLOZE and not blanks(card.cloze):
        yield NO_BLANK
    if card.kind is Kind.CHOICE:
        yield from _choice_problems(card)
    elif card.correct or card.why:
        yield ONLY_CHOICES


def _choice_problems(card: Card) -> Iterator[Text]:
    if len(card.choices) < 2:
        yield FEW_CHOICES
    if not card.correct:
        yield MISSING_KEY.format(key="correct")
    if any(index >= len(card.choices) for index in card.correct):
        yield BAD_CORRECT.format(last=len(card.choices) - 1)
    if card.why and len(card.why) != len(card.choices):
        yield BAD_WHY.format(why=len(card.why), choices=len(card.choices))


def _place_of(error: yaml.YAMLError, text: str, name: str) -> Place:
    """The place of an error that knows only how many characters (or bytes) it had read."""
    position = min(getattr(error, "position", 0) or 0, len(text))
    before = text[:position]
    return Place(name, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _nearest(key: str, keys: dict[str, Any]) -> Text:
    from difflib import get_close_matches  # noqa: PLC0415  rarely needed, and slow to import

    found = get_close_matches(key, keys, n=1)
    return Text(f"，是不是 {found[0]}？", f"; did you mean {found[0]}?") if found else Text("", "")


def _strings(reader: _Reader, node: Any) -> tuple[Any, ...] | None:
    return reader.sequence(node, _Reader.string)


def _slugs(reader: _Reader, node: Any) -> tuple[Any, ...] | None:
    return reader.sequence(node, _Reader.slug)


def _integers(reader: _Reader, node: Any) -> tuple[Any, ...] | None:
    return reader.sequence(node, _Reader.integer)


SOURCE_KEYS: dict[str, Callable[[_Reader, Any], Any]] = {
    "document": _Reader.string, "line": _Reader.integer, "number": _Reader.string, "section": _Reader.string,
}  # fmt: skip
CARD_KEYS: dict[str, Callable[[_Reader, Any], Any]] = {
    "id": _Reader.slug, "question": _Reader.string, "answer": _Reader.string, "cloze": _Reader.string,
    "choices": _strings, "correct": _integers, "why": _strings, "drill": _Reader.string,
    "points": _strings, "hint": _Reader.string, "tags": _strings,
    "sources": lambda reader, node: reader.sequence(node, _Reader.source),
    "references": _strings, "links": _strings, "prerequisites": _slugs, "siblings": _slugs,
    "follow_ups": _strings, "importance": _Reader.importance, "legacy": _Reader.boolean,
    "draft": _Reader.boolean, "imported": _Reader.string,
}  # fmt: skip
DECK_KEYS: dict[str, Callable[[_Reader, Any], Any]] = {
    "id": _Reader.slug, "title": _Reader.string, "language": _Reader.string,
    "cards": lambda reader, node: reader.sequence(node, _Reader.card),
}  # fmt: skip


def dump_deck(deck: Deck) -> str:
    """YAML text that `parse_deck` reads back as the same deck."""
    cards = [_plain(card) for card in deck.cards]
    head = {"id": deck.id, "title": deck.title, "language": deck.language, "cards": cards}
    return SCHEMA_COMMENT + yaml.dump(head, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def _plain(value: Card | Source) -> dict[str, Any]:
    """The keys of a card or source that say something, in the order of the format."""
    plain: dict[str, Any] = {}
    defaults = {field.name: field.default for field in fields(value)}
    for key in CARD_KEYS if isinstance(value, Card) else SOURCE_KEYS:
        content = getattr(value, key)
        if content == defaults[key] or content in ((), "", None):
            continue
        plain[key] = _plain_content(content)
    return plain


def _plain_content(content: Any) -> Any:
    if isinstance(content, tuple):
        return [_plain(item) if isinstance(item, Source) else item for item in content]
    return int(content) if isinstance(content, Importance) else content


class _Dumper(yaml.SafeDumper):
    """Writes strings of several lines as block scalars and indents lists below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  PyYAML's signature
        super().increase_indent(flow, indentless=False)


def _represent_string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_string)

NOT_UTF8 = Text("{path}：第 {byte} 个字节不是 UTF-8。请另存为 UTF-8 后再试。",
                "{path}: byte {byte} is not UTF-8. Save the file as UTF-8 and try again.")  # fmt: skip
UNREADABLE = Text("{path}：读不了（{why}）。", "{path}: cannot be read ({why}).")
FIRST = Text("{place}: {text}{more}", "{place}: {text}{more}")
MORE = Text("（另有 {count} 处错误，运行 cvquiz lint 查看）", " ({count} more; run cvquiz lint to see them)")
NOT_YAML = Text("不是合法的 YAML：{why}。", "not valid YAML: {why}.")
NO_DECK = Text("这里应是一个有 id、title、language、cards 的卡组。",
               "a deck with id, title, language and cards is expected here.")  # fmt: skip
MISSING_KEY = Text("缺少 {key}。", "{key} is missing.")
BAD_LANGUAGE = Text("language 只能是 zh 或 en。", "language must be zh or en.")
UNKNOWN_KEY = Text("不认识的键 {key!r}{near}", "unknown key {key!r}{near}")
TWICE_KEY = Text("{key} 写了两次。", "{key} is written twice.")
WANT_TEXT = Text("这里应是一段文字。", "text is expected here.")
WANT_SLUG = Text("{value!r} 不是合法的 id：只用小写字母、数字和连字符。",
                 "{value!r} is no valid id: use lower-case letters, digits and hyphens.")  # fmt: skip
WANT_BOOLEAN = Text("这里应是 true 或 false。", "true or false is expected here.")
WANT_INTEGER = Text("这里应是一个非负整数。", "a whole number is expected here.")
WANT_IMPORTANCE = Text("importance 是 3（核心）、2（常问）或 1（少见）。",
                       "importance is 3 (core), 2 (usual) or 1 (rare).")  # fmt: skip
WANT_LIST = Text("这里应是一个列表。", "a list is expected here.")
WANT_MAPPING = Text("这里应是“键: 值”的映射。", "a mapping of keys to values is expected here.")
NO_ALIAS = Text("卡组里不能用 YAML 的别名（*名字）。", "YAML aliases (*name) cannot be used in a deck.")
TWICE_CARD = Text("卡片 {id} 在 {place} 已有。", "card {id} is already at {place}.")
TWO_KINDS = Text("一张卡片只能有一种：{keys} 不能并存。", "a card is of one kind: {keys} cannot stand together.")
NO_BLANK = Text("cloze 里没有 {{{{空}}}}。", "cloze has no {{{{blank}}}}.").format()
ONLY_CHOICES = Text("correct 和 why 只用于有 choices 的卡片。", "correct and why belong to cards with choices.")
FEW_CHOICES = Text("choices 至少要两项。", "choices needs at least two entries.")
BAD_CORRECT = Text("correct 从 0 数起，最大是 {last}。", "correct counts from 0; the last choice is {last}.")
BAD_WHY = Text("why 有 {why} 句，choices 有 {choices} 项，应一一对应。",
               "why has {why} sentences for {choices} choices; give one for each.")  # fmt: skip
DRAFT = Text("草稿：卡片 {id} 还没有答案。", "draft: card {id} has no answer yet.")

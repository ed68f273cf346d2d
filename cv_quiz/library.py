"""Which decks there are - shipped, the user's own, named by path - and their index in the cache.

A deck is parsed only when its file has changed; everything else is answered from the index.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cv_quiz.errors import InputError
from cv_quiz.language import Text
from cv_quiz.model import Card, Importance, Kind, Source
from cv_quiz.store.database import transaction
from cv_quiz.words import terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from cv_quiz.language import Language
    from cv_quiz.model import Deck

SHIPPED, OWN, NAMED, EDIT = "shipped", "own", "named", "edit"
# So much text takes a second to index.
MANY_BYTES = 1_000_000
_LAYERS = {SHIPPED: 0, OWN: 0, NAMED: 0, EDIT: 1}


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """One deck file of the index; `error` holds what is wrong with it, in both languages."""

    path: Path
    origin: str
    id: str
    language: str
    title: str
    error: Text | None
    cards: int


@dataclass(frozen=True, slots=True)
class CardPlace:
    """A card with the file and line where it is written."""

    card: Card
    deck: str
    path: Path
    line: int


def shipped_folder() -> Path:
    """The folder of the decks that come with cvquiz: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "decks"
    return inside if inside.is_dir() else package.parent / "decks"


class Library:
    """The index of all decks of one home."""

    def __init__(
        self, cache: sqlite3.Connection, home: Path, shipped: Path | None = None,
        wait: Callable[[Text], None] | None = None,
    ) -> None:  # fmt: skip
        self._wait = wait
        self._cache = cache
        self._home = home
        self._shipped = shipped or shipped_folder()
        self._paths_file = home / "deck-paths.txt"

    def refresh(self) -> None:
        """Index what is new or changed and forget what is gone. Costs one `stat` a file when nothing changed."""
        files = dict(self._files())
        stamps = {path: _stamp(path) for path in files}
        known = dict(self._cache.execute("SELECT path, stamp || origin FROM deck_file").fetchall())
        wanted = {str(path): stamp + files[path] for path, stamp in stamps.items() if stamp}
        changed = [path for path, stamp in wanted.items() if known.get(path) != stamp]
        gone = [path for path in known if path not in wanted]
        if self._wait and sum(int(stamps[Path(path)].split("/")[1]) for path in changed) > MANY_BYTES:
            self._wait(INDEXING)
        if changed or gone:
            with transaction(self._cache):
                for path in [*gone, *changed]:
                    self._forget(path)
                for path in changed:
                    self._index(Path(path), files[Path(path)], stamps[Path(path)])
                self._settle()

    def remember(self, path: Path) -> None:
        """Keep the place of a deck that lies elsewhere, so that its cards stay known; forget those that have vanished."""
        kept = [known for known in self._remembered() if known.exists()]
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            text = "".join(f"{known}\n" for known in dict.fromkeys([*kept, path.resolve()]))
            self._paths_file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(PATHS_UNWRITABLE.format(path=self._paths_file, why=error.strerror or error)) from None
        self.refresh()

    def entry(self, path: Path) -> DeckEntry | None:
        """The deck or the edit that lies at a path, however the path is written; None where it is not known."""
        wanted = path.resolve()
        return next((entry for entry in self._entries("1") if entry.path.resolve() == wanted), None)

    def is_shipped(self, path: Path) -> bool:
        """Whether a file is one of those that come with cvquiz."""
        return self._shipped in path.parents

    def decks(self, language: Language | None = None) -> list[DeckEntry]:
        """All deck files, or those of one language, edits left out."""
        entries = self._entries(f"origin != '{EDIT}'")
        return [entry for entry in entries if language is None or entry.language == language or entry.error]

    def _entries(self, condition: str) -> list[DeckEntry]:
        rows = self._cache.execute(
            "SELECT path, origin, deck, language, title, error, (SELECT count(*) FROM card WHERE card.path = deck_file.path)"
            f" FROM deck_file WHERE {condition} ORDER BY language, deck"
        )
        return [DeckEntry(Path(row[0]), row[1], row[2], row[3], row[4], _text(row[5]), row[6]) for row in rows]

    def problems(self) -> list[Text]:
        """What is wrong with deck files, one text a file."""
        rows = self._cache.execute("SELECT error FROM deck_file WHERE error != '' ORDER BY path")
        return [text for row in rows if (text := _text(row[0]))]

    def problem(self, path: Path) -> Text | None:
        """What is wrong with one deck file, of edits too."""
        row = self._cache.execute("SELECT error FROM deck_file WHERE path = ?", (str(path),)).fetchone()
        return _text(row[0]) if row else None

    def place(self, card: str, language: Language) -> CardPlace | None:
        """A card in a language, or in the other one where the first has none."""
        row = self._cache.execute(
            "SELECT body, deck, path, line FROM card WHERE id = ? AND hidden = 0 ORDER BY language != ? LIMIT 1",
            (card, language),
        ).fetchone()
        return CardPlace(card_from_json(row[0]), row[1], Path(row[2]), row[3]) if row else None

    def shipped_anew(self, language: Language) -> list[Card]:
        """Shipped cards whose text has changed since the user edited them; the user's text is the one in force."""
        rows = self._cache.execute(
            "SELECT shipped.body, edit.body FROM card AS shipped JOIN card AS edit ON edit.id = shipped.id"
            " AND edit.language = shipped.language AND edit.layer = 1 WHERE shipped.layer = 0 AND shipped.language = ?",
            (language,),
        )
        pairs = [(card_from_json(row[0]), card_from_json(row[1])) for row in rows]
        return [shipped for shipped, edit in pairs if edit.imported and edit.imported != shipped.text_hash]

    def card(self, card: str, language: Language) -> Card | None:
        """The card itself, without its place."""
        place = self.place(card, language)
        return place.card if place else None

    def cards(self, language: Language, deck: str | None = None) -> list[Card]:
        """The cards of a language, or of one of its decks, in the order of the files."""
        rows = self._cache.execute(
            "SELECT body FROM card WHERE language = ? AND (? IS NULL OR deck = ?) AND hidden = 0"
            " ORDER BY deck, position",
            (language, deck, deck),
        )
        return [card_from_json(row[0]) for row in rows]

    def tags(self, language: Language) -> dict[str, int]:
        """Every tag with the number of its cards."""
        rows = self._cache.execute("SELECT tag, count(*) FROM card_tag WHERE language = ? GROUP BY tag", (language,))
        return {row[0]: row[1] for row in rows}

    def groups(self) -> dict[str, list[str]]:
        """The deck and the tags of every card, as `deck:name` and `tag:name`."""
        found: dict[str, list[str]] = {}
        for card, deck in self._cache.execute("SELECT DISTINCT id, deck FROM card ORDER BY id"):
            found.setdefault(card, []).append(f"deck:{deck}")
        for card, tag in self._cache.execute("SELECT DISTINCT card, tag FROM card_tag ORDER BY card, tag"):
            found.setdefault(card, []).append(f"tag:{tag}")
        return found

    def search(self, words: str, languages: Sequence[Language], limit: int = 50) -> list[tuple[Language, str]]:
        """(language, card id) of the cards that hold all the words, the best match first."""
        query = " ".join(_query_term(term) for term in terms(words))
        if not query:
            return []
        rows = self._cache.execute(
            "SELECT language, card FROM word WHERE terms MATCH ? AND language IN (?, ?) ORDER BY rank LIMIT ?",
            (query, languages[0], languages[-1], limit),
        )
        return [(row[0], row[1]) for row in rows]

    def _files(self) -> Iterable[tuple[Path, str]]:
        for language in ("zh", "en"):
            yield from ((path, SHIPPED) for path in sorted((self._shipped / language).glob("*.yaml")))
        own = sorted((self._home / "decks").glob("*.yaml"))
        yield from ((path, OWN) for path in own)
        if named := self._remembered():
            found = {path.resolve() for path in own}
            yield from ((path, NAMED) for path in named if path.resolve() not in found)
        yield from ((path, EDIT) for path in sorted((self._home / "edits").glob("*/*.yaml")))

    def _remembered(self) -> list[Path]:
        try:
            text = self._paths_file.read_text(encoding="utf-8-sig")
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(PATHS_UNREADABLE.format(path=self._paths_file, why=error)) from None
        return [Path(line) for line in text.splitlines() if line.strip()]

    def _forget(self, path: str) -> None:
        for table in ("deck_file", "card", "card_tag", "word"):
            self._cache.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def _index(self, path: Path, origin: str, stamp: str) -> None:
        from cv_quiz.deckfile import deck_error, parse_with_lines, read_text  # noqa: PLC0415  keeps yaml off warm starts
        from cv_quiz.errors import DeckError  # noqa: PLC0415

        try:
            deck, diagnostics, lines = parse_with_lines(read_text(path), str(path))
            error = None if deck else deck_error(diagnostics).text
        except DeckError as failure:
            deck, error = None, failure.text
        if deck:
            error = self._add_cards(deck, path, _LAYERS[origin], lines)
        self._cache.execute(
            "INSERT OR REPLACE INTO deck_file VALUES (?, ?, ?, ?, ?, ?, ?)",
            (str(path), stamp, origin, deck.id if deck else path.stem, deck.language if deck else "",
             deck.title if deck else path.stem, json.dumps([error.zh, error.en]) if error else ""),
        )  # fmt: skip

    def _add_cards(self, deck: Deck, path: Path, layer: int, lines: dict[str, int]) -> Text | None:
        """Index a deck's cards; the first id that another file holds already, as an error."""
        error = None
        for position, card in enumerate(deck.cards):
            taken = self._cache.execute(
                "SELECT path, line FROM card WHERE language = ? AND id = ? AND layer = ?",
                (deck.language, card.id, layer),
            ).fetchone()
            if taken:
                here, there = f"{path}:{lines[card.id]}", f"{taken[0]}:{taken[1]}"
                error = error or TWICE.format(id=card.id, here=here, there=there)
                continue
            self._add_card(deck, card, position, layer, path, lines[card.id])
        return error

    def _add_card(self, deck: Deck, card: Card, position: int, layer: int, path: Path, line: int) -> None:
        place = (deck.language, card.id, layer, deck.id, str(path), line, position)
        self._cache.execute(
            "INSERT INTO card (language, id, layer, deck, path, line, position, rank, askable, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, _rank(card), card.askable, to_json(card)),
        )
        self._cache.executemany(
            "INSERT INTO card_tag VALUES (?, ?, ?, ?)", [(deck.language, tag, card.id, str(path)) for tag in card.tags]
        )
        text = " ".join((card.question, card.answer, card.cloze, *card.choices, *card.points, *card.tags, card.id))
        words = (deck.language, card.id, str(path), " ".join(terms(text)))
        self._cache.execute("INSERT INTO word VALUES (?, ?, ?, ?)", words)

    def _settle(self) -> None:
        """What depends on several files: edits hide what they replace, and reviewed cards are not new."""
        self._cache.execute(
            "UPDATE card SET hidden = EXISTS (SELECT 1 FROM card AS other WHERE other.language = card.language"
            " AND other.id = card.id AND other.layer > card.layer)"
        )
        self._cache.execute(
            "UPDATE card SET alone = NOT EXISTS (SELECT 1 FROM card AS other WHERE other.id = card.id"
            " AND other.language != card.language)"
        )
        self._cache.execute("UPDATE card SET seen = EXISTS (SELECT 1 FROM standing WHERE card = id AND reps > 0)")


def to_json(card: Card) -> str:
    """What a card says, as JSON without its empty fields."""
    said: dict[str, Any] = {}
    for field in fields(card):
        value = getattr(card, field.name)
        if value != field.default:
            said[field.name] = [_source_fields(item) for item in value] if field.name == "sources" else value
    return json.dumps(said, ensure_ascii=False)


def card_from_json(text: str) -> Card:
    """The card that `to_json` wrote."""
    said = json.loads(text)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
    values["sources"] = tuple(Source(**source) for source in said.get("sources", ()))
    values["importance"] = Importance(said.get("importance", Importance.USUAL))
    return Card(**values)


def _source_fields(source: Source) -> dict[str, Any]:
    return {"document": source.document, "line": source.line, "number": source.number, "section": source.section}


def _rank(card: Card) -> int:
    """Where a new card stands in line: core before rare, questions before drills, legacy last."""
    return 6 * card.legacy + 2 * (Importance.CORE - card.importance) + (card.kind is Kind.CODE)


def _stamp(path: Path) -> str:
    """What changes when a file does; empty for a file that is not there."""
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_mtime_ns}/{status.st_size}/"


def _query_term(term: str) -> str:
    """A Latin word finds what begins with it, a single Chinese character the pairs it begins, a pair itself."""
    return f'"{term}"*' if term.isascii() or len(term) == 1 else f'"{term}"'


def _text(stored: str) -> Text | None:
    return Text(*json.loads(stored)) if stored else None


TWICE = Text(
    "{here}：卡片 {id} 在 {there} 已有；请给其中一张换一个 id。",
    "{here}: card {id} is already at {there}; give one of them another id.",
)
PATHS_UNREADABLE = Text(
    "{path} 读不了（{why}）。它记着别处卡组的路径；改好或删掉它再试。",
    "{path} cannot be read ({why}). It keeps the paths of decks elsewhere; mend or remove it and try again.",
)
PATHS_UNWRITABLE = Text("{path}：不能写入（{why}）。", "{path}: cannot be written ({why}).")
INDEXING = Text("正在为卡组建立索引，请稍候……", "indexing the decks; this takes a moment ...")

"""`cvquiz study`: ask what is about to be forgotten."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import t, warn
from cv_quiz.clock import day_end
from cv_quiz.errors import DeckError, InputError
from cv_quiz.language import Text, other_language
from cv_quiz.shelf import Filter
from cv_quiz.study import Cram, Limits, Session
from cv_quiz.terminal.ambiguous import ambiguous_width
from cv_quiz.terminal.closing import close
from cv_quiz.terminal.keys import open_input
from cv_quiz.terminal.screen import open_screen
from cv_quiz.terminal.study_loop import StudyLoop

if TYPE_CHECKING:
    from cv_quiz.home import Home, Today
    from cv_quiz.library import DeckEntry
    from cv_quiz.model import Card
    from cv_quiz.shelf import Shelf
    from cv_quiz.terminal.screen import Screen

PLACE = 10
HELP = Text(
    "复习快要忘记的，学习新的。\n\n不给卡组就从所有卡组里选。也可以给一个卡组文件的路径。",
    "Ask what you are about to forget, and introduce what is new.\n\n"
    "Without a deck, all decks are drawn from. A deck may also be the path of a deck file.",
)
EXAMPLES = "cvquiz study\ncvquiz study detection metrics\ncvquiz study --tag company/tencent --new 5\ncvquiz study my_notes.yaml --minutes 15\ncvquiz study --again-today"

DECKS = typer.Argument(None, metavar="[DECK...]", help=t("卡组的名字或文件。", "Names or files of decks."))
DECK = typer.Option(
    None, "--deck", metavar="DECK", help=t("同上，可以多次给出。", "The same as an option; may be repeated.")
)
TAGS = typer.Option(None, "--tag", metavar="TAG", help=t("只问有这个标签的。", "Only cards with this tag."))
SEARCH = typer.Option(
    None, "--search", metavar="WORDS", help=t("只问含这些词的。", "Only cards that hold these words.")
)
NEW = typer.Option(
    None, "--new", metavar="N", min=0, help=t("今天最多几张新卡片。", "At most this many new cards today.")
)
LIMIT = typer.Option(None, "--limit", metavar="N", min=1, help=t("问这么多张就停。", "Stop after this many cards."))
MINUTES = typer.Option(None, "--minutes", metavar="N", min=1, help=t("到时间就停。", "Stop after this many minutes."))
CRAM = typer.Option(
    False, "--cram", help=t("全部过一遍，不影响进度。", "Go through all of it; the schedule stays as it is.")
)
AGAIN = typer.Option(
    False,
    "--again-today",
    help=t("再过一遍今天没想起来的，不影响进度。", "Go again through what was forgotten today, likewise."),
)
FLIP = typer.Option(
    False, "--flip", help=t("用一种语言问，用另一种语言答。", "Ask in one language, answer in the other.")
)
PLAIN = typer.Option(False, "--plain", help=t("按行输入，不用单键和颜色。", "Lines instead of keys, no colours."))
ASCII = typer.Option(False, "--ascii", help=t("只用 ASCII 字符。", "Use ASCII characters only."))


def command(
    *,
    decks: list[str] | None = DECKS,
    deck: list[str] | None = DECK,
    tag: list[str] | None = TAGS,
    search: str | None = SEARCH,
    new: int | None = NEW,
    limit: int | None = LIMIT,
    minutes: int | None = MINUTES,
    cram: bool = CRAM,
    again_today: bool = AGAIN,
    flip: bool = FLIP,
    plain: bool = PLAIN,
    ascii_only: bool = ASCII,
) -> None:
    """Run one session."""
    home = open_home()
    first_run = not home.log.last_id()
    wanted = Filter(_deck_ids(home, [*(decks or []), *(deck or [])]), _tags(home, tag or []), _found(home, search))
    for notice in [*home.library.problems(), *_changed_below_edits(home)]:
        warn(notice)
    today = home.today(wanted)
    limits = _limits(home, new, limit, minutes)
    screen = open_screen(os.environ, plain=plain, ascii_only=ascii_only)
    shelf = home.shelf(wanted)
    session = _session(home, shelf, limits, cram=cram, again_today=again_today)
    try:
        with open_input(plain=plain) as keys:
            screen = replace(screen, ambiguous=ambiguous_width(keys, os.environ, home.folder / "terminals.txt"))
            _greet(home, today, screen, first_run=first_run)
            StudyLoop(home, session, shelf, screen, keys, flip=flip).run()
    except SystemExit:
        raise  # there may be no terminal any more to say good-bye to
    except BaseException:
        close(home, session, screen, wanted)
        raise
    else:
        close(home, session, screen, wanted)
    finally:
        shelf.release()


def _changed_below_edits(home: Home) -> list[Text]:
    cards = [card.id for card in home.library.shipped_anew(home.language)]
    return [ANEW.format(n=len(cards), card=cards[0])] if cards else []


def _session(home: Home, shelf: Shelf, limits: Limits, *, cram: bool, again_today: bool) -> Session:
    """A scheduled session, or one that leaves the schedule alone."""

    def look_up(card: str) -> Card | None:
        return home.library.card(card, home.language)

    if not cram and not again_today:
        return Session(shelf, limits, look_up)
    cards = shelf.all()
    if again_today:
        forgotten = home.forgotten_today()
        cards = [card for card in forgotten if card in set(cards)]
    return Cram(shelf, limits, look_up, queue=cards)


def _limits(home: Home, new: int | None, limit: int | None, minutes: int | None) -> Limits:
    now = home.now()
    return Limits(
        new=home.config.new_per_day if new is None else new,
        reviews=home.config.reviews_per_day,
        day_end=day_end(now),
        cards=limit,
        until=now.astimezone(UTC) + timedelta(minutes=minutes) if minutes else None,
    )


def _deck_ids(home: Home, words: list[str]) -> tuple[str, ...]:
    known = {entry.id for entry in home.library.decks()}
    return tuple(_deck_id(home, word, known) for word in words)


def _deck_id(home: Home, word: str, known: set[str]) -> str:
    if word in known and not Path(word).suffix:
        entries = [entry for entry in home.library.decks() if entry.id == word]
        return _with_cards(next((entry for entry in entries if entry.cards), entries[0]))
    path = Path(word)
    if not path.is_file():
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(word, known, n=3)) or ", ".join(sorted(known))
        raise InputError(NO_DECK.format(name=word, near=near))
    entry = home.library.entry(path) or _remembered(home, path)
    if entry.origin == "edit":
        raise InputError(IS_EDIT.format(path=path, deck=entry.id))
    return _with_cards(entry)


def _remembered(home: Home, path: Path) -> DeckEntry:
    """A deck that was not known, kept from now on - if it is one."""
    from cv_quiz.deckfile import read_deck

    read_deck(path)
    home.library.remember(path)
    entry = home.library.entry(path)
    if entry is None:
        raise InputError(NO_DECK.format(name=path, near=""))
    return entry


def _with_cards(entry: DeckEntry) -> str:
    """The id of a deck; one that holds no card of its own because of an error is no deck to study."""
    if entry.error and not entry.cards:
        raise DeckError(entry.error)
    return entry.id


def _tags(home: Home, tags: list[str]) -> tuple[str, ...]:
    # A deck of one's own may be in the other language, and so its tags.
    known = home.library.tags(other_language(home.language)) | home.library.tags(home.language)
    for tag in tags:
        if tag not in known:
            from difflib import get_close_matches

            near = ", ".join(get_close_matches(tag, known, n=3)) or ", ".join(
                sorted(known, key=lambda k: -known[k])[:12]
            )
            raise InputError(NO_TAG.format(name=tag, near=near))
    return tuple(tags)


def _found(home: Home, words: str | None) -> tuple[str, ...] | None:
    if not words:
        return None
    found = tuple(dict.fromkeys(card for _, card in home.library.search(words, ("zh", "en"), 1000)))
    if not found:
        raise InputError(NOTHING_FOUND.format(words=words))
    return found


def _greet(home: Home, today: Today, screen: Screen, *, first_run: bool) -> None:
    """Five lines at the very first start, one at every other; no key is waited for."""
    if first_run:
        count = len(home.library.decks(home.language))
        screen.text(WELCOME.format(decks=count, home=home.folder).say(home.language))
        screen.line()
    counts = COUNTS.format(new=today.new, learning=today.learning, due=today.due).say(home.language)
    screen.text(counts, "title")


NO_DECK = Text(
    "没有卡组 {name}。相近的有：{near}。全部见 cvquiz decks。",
    "there is no deck {name}. The nearest: {near}. All of them: cvquiz decks.",
)
NO_TAG = Text("没有标签 {name}。例如：{near}。", "there is no tag {name}. For example: {near}.")
NOTHING_FOUND = Text("没有卡片含有“{words}”。", "no card holds “{words}”.")
ANEW = Text(
    "你改过的 {n} 张卡片，自带的文字有了更新：cvquiz show {card}",
    "the shipped text of {n} cards you edited has changed: cvquiz show {card}",
)
IS_EDIT = Text(
    "{path} 是你对卡组 {deck} 的修改，不是单独的卡组。学习它：cvquiz study {deck}",
    "{path} holds your edits of the deck {deck}; it is no deck by itself. Study it with: cvquiz study {deck}",
)
COUNTS = Text("今天：新 {new}，学习中 {learning}，待复习 {due}", "Today: {new} new, {learning} learning, {due} due")
WELCOME = Text(
    """欢迎使用 cvquiz：{decks} 个卡组，从最常问的开始。
先自己回答，再按空格看答案，然后按 1-4 说想起了多少，由此决定下次何时再问。
随时按 q 退出，? 查看按键；每次评分立即保存在
{home}
写代码：cvquiz drill nms。评判代码：cvquiz grade my_solution.py""",
    """Welcome to cvquiz: {decks} decks, beginning with what is asked most.
Answer for yourself, press space to see the answer, then 1-4 to say how well you
knew it: that decides when you are asked again. q quits, ? lists the keys.
Every rating is saved at once in {home}
To write code: cvquiz drill nms. To have it judged: cvquiz grade my_solution.py""",
)

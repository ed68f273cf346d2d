"""The session at the terminal: shows what the state machine picks, and carries out what the learner answers."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from enum import Enum, auto
from random import Random
from typing import TYPE_CHECKING

from cv_quiz.cloze import matches
from cv_quiz.cloze import words as cloze_words
from cv_quiz.language import other_language
from cv_quiz.model import Kind, Rating
from cv_quiz.study import Left, Pick, Session, is_leech, suggested_rating
from cv_quiz.terminal import study_words as words
from cv_quiz.terminal.asking import RATING_NAMES, answer_lines, question_lines, rating_line
from cv_quiz.terminal.keys import END, REVEAL
from cv_quiz.terminal.screen import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.home import Home
    from cv_quiz.language import Language, Text
    from cv_quiz.model import Card
    from cv_quiz.shelf import Shelf
    from cv_quiz.terminal.keys import Input
    from cv_quiz.terminal.screen import Screen


USUAL_SECONDS = 20.0


class Outcome(Enum):
    """How the asking of one card ended."""

    RATED = auto()
    ASIDE = auto()
    SAME = auto()  # the same card is shown again, as after an edit
    UNDONE = auto()
    QUIT = auto()


@dataclass(slots=True)
class Answering:
    """What is known while one card stands on the screen."""

    pick: Pick
    card: Card
    order: list[int]
    began: float
    suggestion: Rating | None = None
    shown: bool = False


class StudyLoop:
    """One session of one learner."""

    def __init__(
        self, home: Home, session: Session, shelf: Shelf, screen: Screen, keys: Input, *, flip: bool = False
    ) -> None:
        self.home = home
        self.session = session
        self.shelf = shelf
        self.screen = screen
        self.keys = keys
        self.language = home.language
        self.answer_language: Language = other_language(home.language) if flip else home.language
        self.began = time.monotonic()
        self.rng = Random()  # noqa: S311  the order of choices, nothing secret

    def run(self) -> None:
        """Ask until the session or the learner has had enough."""
        again: Pick | None = None
        while (pick := again or self.session.next(self.home.now())) is not None:
            again = None
            if not self.shelf.claim(pick.card, time.time()):
                self.session.skip(pick.card)
                continue
            outcome = self.ask(pick)
            if outcome is Outcome.QUIT:
                break
            if outcome is Outcome.SAME:
                again = pick
        self.shelf.release()

    def ask(self, pick: Pick) -> Outcome:
        """Put one card on the screen and see it through."""
        self.home.library.refresh()  # a deck may be edited while it is studied
        self.screen = fitted(self.screen)  # and a terminal be resized
        card = self.home.card(pick.card)
        order = list(range(len(card.choices)))
        self.rng.shuffle(order)
        answering = Answering(pick, card, order, time.monotonic())
        self.header(pick)
        self.screen.lines(question_lines(card, self.screen, order))
        if card.kind is Kind.CODE:
            return self.code(answering)
        return self.listen(answering)

    def listen(self, answering: Answering) -> Outcome:
        """Take words until the card is done with."""
        self.keys_line(answering)
        while True:
            word = self.keys.word()
            outcome = self.act(answering, word)
            if outcome is not None:
                return outcome

    def act(self, answering: Answering, word: str) -> Outcome | None:
        """Carry out one word; None where the card stays on the screen."""
        if word in (END, "q", "quit"):
            return Outcome.QUIT
        actions: dict[str, Callable[[Answering], Outcome | None]] = {
            "u": self.undo, "b": self.bury, "s": self.suspend, "f": self.flag, "e": self.open_editor,
            "h": self.hint, "t": self.type_answer, "p": self.tick_points, "?": self.help,
        }  # fmt: skip
        if word in actions:
            return actions[word](answering)
        if answering.shown:
            return self.take_rating(answering, word)
        if word == REVEAL:
            return self.reveal(answering)
        if answering.card.kind is Kind.CHOICE and word.replace(" ", "").isdigit():
            return self.choose(answering, word)
        self.say(words.NOT_NOW)
        return None

    def reveal(self, answering: Answering) -> Outcome | None:
        """Show the answer and ask for a rating."""
        seconds = round(time.monotonic() - answering.began)
        answering.shown = True
        self.screen.rule(f"{seconds} s")
        answer = self.home.library.card(answering.card.id, self.answer_language) or answering.card
        self.screen.lines(answer_lines(answer, self.screen, answering.order))
        self.show_points(answer)
        self.rating_keys(answering)
        return None

    def choose(self, answering: Answering, word: str) -> Outcome | None:
        """A choice by its number: right or wrong, it rates itself, and the learner may say otherwise."""
        card = answering.card
        numbers = [int(digit) for digit in word.replace(" ", "")]
        picked = {answering.order[number - 1] for number in numbers if 0 < number <= len(card.choices)}
        if not picked:
            self.say(words.NO_CHOICE.format(last=len(card.choices)))
            return None
        right = picked == set(card.correct)
        answering.suggestion = Rating.GOOD if right else Rating.AGAIN
        self.screen.line((words.RIGHT if right else words.WRONG).say(self.language), "good" if right else "bad")
        return self.reveal(answering)

    def take_rating(self, answering: Answering, word: str) -> Outcome | None:
        """A rating by its number, or the suggested one by Enter."""
        if word == REVEAL and answering.suggestion is not None:
            word = str(int(answering.suggestion))
        if word not in ("1", "2", "3", "4"):
            self.say(words.RATE_NOW)
            return None
        return self.rate(answering, Rating(int(word)))

    def rate(self, answering: Answering, rating: Rating, source: str = "self") -> Outcome:
        """Write the rating to the log before anything else is shown."""
        duration = round((time.monotonic() - answering.began) * 1000)
        if answering.pick.why == "cram":
            event = self.home.note_cram(answering.card.id, rating, duration)
            memory = self.home.standing(answering.card.id).memory
        else:
            event, memory = self.home.rate(answering.card, rating, duration, source)
        self.session.answered(answering.pick, rating, event.id)
        self.screen.line()
        if rating is Rating.AGAIN and is_leech(memory):
            self.say(words.LEECH.format(card=answering.card.id, lapses=memory.lapses))
        return Outcome.RATED

    def code(self, answering: Answering) -> Outcome:
        """A code card opens its drill; the result is the rating."""
        from cv_quiz.terminal.drill_loop import practise  # noqa: PLC0415  brings in NumPy

        rating = practise(answering.card.drill, self.home, self.screen, self.keys).rating
        if rating is None:
            self.session.skip(answering.card.id)
            return Outcome.ASIDE
        return self.rate(answering, rating, "graded")

    def undo(self, _: Answering) -> Outcome | None:
        """Take back the last answer of this session and ask that card again."""
        done = self.session.undo()
        if done is None:
            self.say(words.NOTHING_TO_UNDO)
            return None
        self.home.undo(done.event)
        self.session.skipped.discard(done.pick.card)
        self.say(words.UNDONE.format(card=done.pick.card))
        return self.ask_undone(done.pick)

    def ask_undone(self, pick: Pick) -> Outcome:
        """The card of an undone answer comes back at once."""
        self.shelf.claim(pick.card, time.time())
        return self.ask(pick)

    def bury(self, answering: Answering) -> Outcome:
        """Put the card aside until tomorrow."""
        return self.aside(answering, self.home.bury(answering.card.id).id, words.BURIED)

    def suspend(self, answering: Answering) -> Outcome:
        """Put the card aside for good."""
        return self.aside(answering, self.home.suspend(answering.card.id).id, words.SUSPENDED)

    def aside(self, answering: Answering, event: str, text: Text) -> Outcome:
        """Note that a card was put aside."""
        self.session.answered(answering.pick, None, event)
        self.say(text.format(card=answering.card.id))
        return Outcome.ASIDE

    def flag(self, answering: Answering) -> None:
        """Mark the card, with a reason."""
        reason = self.keys.line(words.WHY_FLAG.say(self.language))
        self.home.flag(answering.card.id, reason.strip())
        self.say(words.FLAGGED.format(card=answering.card.id))

    def open_editor(self, answering: Answering) -> Outcome:
        """Open the card in the editor and show it again as it is now."""
        from cv_quiz.terminal.editing import edit_card  # noqa: PLC0415

        with self.keys.paused():
            said = edit_card(self.home, answering.card.id, os.environ)
        self.say(said)
        return Outcome.SAME

    def hint(self, answering: Answering) -> None:
        """Show the hint, or how many points the answer has."""
        card = answering.card
        stand_in = words.POINTS_ASKED.format(n=len(card.points)) if card.points else words.NO_HINT
        self.screen.text(card.hint or stand_in.say(self.language))

    def type_answer(self, answering: Answering) -> Outcome | None:
        """Take a typed answer and show it beside the card's; the words of a cloze are compared."""
        if answering.shown:
            self.say(words.RATE_NOW)
            return None
        blanks = cloze_words(answering.card.cloze)
        typed = self.keys.line((words.TYPE_BLANKS if blanks else words.TYPE).say(self.language)).strip()
        if typed and blanks:
            self.compare(answering, re.split("[;；]", typed), blanks)
        elif typed:
            self.screen.text(f"{words.YOURS.say(self.language)} {typed}")
        return self.reveal(answering)

    def compare(self, answering: Answering, typed: list[str], blanks: list[str]) -> None:
        """Say how many blanks were filled rightly; the share suggests the rating."""
        right = sum(map(matches, typed, blanks))
        answering.suggestion = suggested_rating(right / len(blanks))
        self.say(words.BLANKS_SAID.format(right=right, all=len(blanks)))

    def show_points(self, card: Card) -> None:
        """List what a good answer names."""
        if card.points:
            self.screen.line()
        for number, point in enumerate(card.points, 1):
            self.screen.text(f"{number}) {point}", "dim")

    def tick_points(self, answering: Answering) -> Outcome | None:
        """Let the learner tick the points they named; the share suggests the rating."""
        card = answering.card
        if not card.points or not answering.shown:
            self.say(words.POINTS_LATER)
            return None
        said = self.keys.line(words.WHICH_POINTS.say(self.language))
        named = {int(digit) for digit in said if digit.isdigit() and 0 < int(digit) <= len(card.points)}
        answering.suggestion = suggested_rating(len(named) / len(card.points))
        name = RATING_NAMES[answering.suggestion]
        self.say(words.SUGGESTED.format(named=len(named), all=len(card.points), rating=int(answering.suggestion), name=name))
        return None

    def help(self, _: Answering) -> None:
        """Say what the keys do."""
        self.screen.text(words.HELP.say(self.language))

    def header(self, pick: Pick) -> None:
        """Where the session stands: deck, how far, why this card; at the right what is left, where there is room."""
        self.screen.line()
        left = words.HEADER.format(**self.progress(pick)).say(self.language)
        today = self.left()
        right = words.COUNTS.format(minutes=self.minutes_left(today), new=today.new, due=today.due).say(self.language)
        gap = self.screen.width - 1 - self.screen.cells(left) - self.screen.cells(right)
        self.screen.text(f"{left}{' ' * gap}{right}" if gap >= 2 and self.keys.single_keys else left, "dim")

    def progress(self, pick: Pick) -> dict[str, object]:
        """The parts of the header."""
        place = self.home.library.place(pick.card, self.language)
        number = len(self.session.rated_cards() - {pick.card}) + 1
        return {"deck": place.deck if place else "", "number": number, "why": words.WHY[pick.why]}

    def left(self) -> Left:
        """What this session may still ask."""
        return self.session.left(self.home.now())

    def minutes_left(self, left: Left) -> int:
        """An estimate: what is left, at the pace of this session, or at twenty seconds a card before there is one."""
        answered = len(self.session.done)
        pace = (time.monotonic() - self.began) / answered if answered >= 3 else USUAL_SECONDS
        return max(1, round((left.new * 2 + left.learning + left.due) * pace / 60))

    def keys_line(self, answering: Answering) -> None:
        """The keys before the answer is shown."""
        choice = answering.card.kind is Kind.CHOICE
        text = (words.KEYS_CHOICE if choice else words.KEYS) if self.keys.single_keys else (words.LINES_CHOICE if choice else words.LINES)
        self.screen.text(text.say(self.language), "dim")
        self.screen.flush()

    def rating_keys(self, answering: Answering) -> None:
        """The keys after the answer is shown, with the intervals they lead to."""
        self.screen.line()
        if answering.pick.why == "cram":
            self.say(words.CRAMMED)
            self.say(words.RATE_NOW)
        else:
            previews = self.home.preview(answering.card.id)
            self.screen.lines(rating_line(self.screen, self.language, previews, self.home.now()).split("\n"))
        if answering.suggestion is not None:
            name = RATING_NAMES[answering.suggestion]
            self.say(words.ENTER_TAKES.format(rating=int(answering.suggestion), name=name))
        elif answering.card.points:
            self.say(words.TICK)
        self.screen.flush()

    def say(self, text: Text) -> None:
        """A message among the cards."""
        self.screen.text(text.say(self.language), "dim")
        self.screen.flush()

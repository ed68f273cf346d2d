"""The session at the terminal: shows what the state machine picks, and carries out what the learner answers."""

from __future__ import annotations

import os
import re
import time
from random import Random
from typing import TYPE_CHECKING

from cv_quiz.cloze import words as cloze_words
from cv_quiz.errors import CvquizError
from cv_quiz.language import other_language
from cv_quiz.model import Kind, Rating
from cv_quiz.study import Pick, Session, is_leech, suggested_rating
from cv_quiz.terminal import study_words as words
from cv_quiz.terminal.answering import GO_ON, QUIT, Answering, Outcome, read_blanks, read_numbers, wrong_blanks
from cv_quiz.terminal.asking import RATING_NAMES
from cv_quiz.terminal.frame import Frame
from cv_quiz.terminal.keys import END, PASTED, RESUMED, REVEAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.home import Home
    from cv_quiz.language import Language, Text
    from cv_quiz.model import Card
    from cv_quiz.shelf import Shelf
    from cv_quiz.terminal.keys import Input
    from cv_quiz.terminal.screen import Screen

SINGLE_DIGITS = 9  # with more choices than this a number is typed at a prompt


class StudyLoop:
    """One session of one learner."""

    def __init__(
        self, home: Home, session: Session, shelf: Shelf, screen: Screen, keys: Input, *, flip: bool = False
    ) -> None:
        self.home = home
        self.session = session
        self.shelf = shelf
        self.frame = Frame(home, session, screen, keys)
        self.keys = keys
        self.language = home.language
        self.answer_language: Language = other_language(home.language) if flip else home.language
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
            if outcome.quit:
                break
            again = outcome.again
        self.shelf.release()

    def ask(self, pick: Pick) -> Outcome:
        """Put one card on the screen and see it through. A card that has left its deck is passed over."""
        self.home.library.refresh()  # a deck may be edited while it is studied
        place = self.home.library.place(pick.card, self.language)
        if place is None:
            self.session.skip(pick.card)
            self.frame.say(words.GONE.format(card=pick.card))
            return GO_ON
        order = list(range(len(place.card.choices)))
        self.rng.shuffle(order)
        answering = Answering(pick, place.card, self.answer_of(place.card), place, order, time.monotonic())
        self.frame.card(answering)
        return self.code(answering) if place.card.kind is Kind.CODE else self.listen(answering)

    def answer_of(self, card: Card) -> Card:
        """The card in the language of the answer, where it is the same question there."""
        other = self.home.library.card(card.id, self.answer_language)
        alike = other is not None and (other.kind, len(other.choices)) == (card.kind, len(card.choices))
        return other if other is not None and alike else card

    def listen(self, answering: Answering) -> Outcome:
        """Take words until the card is done with."""
        while True:
            outcome = self.act(answering, self.keys.word())
            if outcome is not None:
                return outcome

    def act(self, answering: Answering, word: str) -> Outcome | None:
        """Carry out one word; None where the card stays on the screen."""
        if word in (END, "q", "quit"):
            return QUIT
        actions: dict[str, Callable[[Answering], Outcome | None]] = {
            "u": self.undo, "b": self.bury, "s": self.suspend, "f": self.flag, "e": self.open_editor,
            "h": self.hint, "t": self.type_answer, "p": self.tick_points, "?": self.frame.help,
            PASTED: lambda _: self.frame.say(words.PASTED), RESUMED: self.frame.card,
        }  # fmt: skip
        if word in actions:
            return actions[word](answering)
        if answering.shown:
            return self.take_rating(answering, word)
        if word == REVEAL:
            (self.submit if answering.picked else self.reveal)(answering)
        elif answering.card.kind is Kind.CHOICE and re.fullmatch(r"[\d\s,，、;；]+", word):
            self.choose(answering, word)
        else:
            self.frame.say(words.NOT_NOW)
        return None

    def reveal(self, answering: Answering) -> None:
        """Show the answer and ask for a rating."""
        answering.shown = True
        self.frame.answer(answering)

    def choose(self, answering: Answering, word: str) -> None:
        """A choice by its number; where several are right and keys come one by one, a digit turns its choice on or off."""
        last = len(answering.card.choices)
        by_digits = self.keys.single_keys and last <= SINGLE_DIGITS
        if self.keys.single_keys and not by_digits:
            word = self.keys.line(words.TYPE_CHOICE.say(self.language), word)
        numbers = read_numbers(word, last)
        if not numbers or not all(0 < number <= last for number in numbers):
            self.frame.say(words.NO_CHOICE.format(last=last))
            return
        picked = {answering.order[number - 1] for number in numbers}
        if by_digits and answering.several:
            answering.picked ^= picked
            chosen = [str(number) for number, index in enumerate(answering.order, 1) if index in answering.picked]
            self.frame.say(words.CHOSEN.format(numbers=" ".join(chosen) or "-", n=len(answering.card.correct)))
            return
        answering.picked = picked
        self.submit(answering)

    def submit(self, answering: Answering) -> None:
        """Right or wrong: a choice rates itself, and the learner may say otherwise."""
        right = answering.picked == set(answering.card.correct)
        answering.suggestion = Rating.GOOD if right else Rating.AGAIN
        said = (words.RIGHT if right else words.WRONG).say(self.language)
        self.frame.screen.line(said, "good" if right else "bad")
        self.reveal(answering)

    def take_rating(self, answering: Answering, word: str) -> Outcome | None:
        """A rating by its number, or the suggested one by Enter."""
        if word == REVEAL and answering.suggestion is not None:
            word = str(int(answering.suggestion))
        if word not in ("1", "2", "3", "4"):
            self.frame.say(words.RATE_NOW)
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
        self.frame.screen.line()
        if rating is Rating.AGAIN and is_leech(memory):
            self.frame.say(words.LEECH.format(card=answering.card.id, lapses=memory.lapses))
        return GO_ON

    def code(self, answering: Answering) -> Outcome:
        """A code card opens its drill; the result is the rating. A drill that cannot be opened puts the card aside."""
        from cv_quiz.terminal.drill_loop import practise  # noqa: PLC0415  brings in NumPy

        try:
            rating = practise(answering.card.drill, self.home, self.frame.screen, self.keys).rating
        except CvquizError as error:
            self.frame.say(words.NO_DRILL.format(card=answering.card.id, why=error.text))
            rating = None
        if rating is None:
            self.session.skip(answering.card.id)
            return GO_ON
        return self.rate(answering, rating, "graded")

    def undo(self, _: Answering) -> Outcome | None:
        """Take back the last answer of this session and ask that card again."""
        done = self.session.undo()
        if done is None:
            self.frame.say(words.NOTHING_TO_UNDO)
            return None
        self.home.undo(done.event)
        self.session.skipped.discard(done.pick.card)
        self.frame.say(words.UNDONE.format(card=done.pick.card))
        return Outcome(again=done.pick)

    def bury(self, answering: Answering) -> Outcome:
        """Put the card aside until tomorrow."""
        return self.aside(answering, self.home.bury(answering.card.id).id, words.BURIED)

    def suspend(self, answering: Answering) -> Outcome:
        """Put the card aside for good."""
        return self.aside(answering, self.home.suspend(answering.card.id).id, words.SUSPENDED)

    def aside(self, answering: Answering, event: str, text: Text) -> Outcome:
        """Note that a card was put aside."""
        self.session.answered(answering.pick, None, event)
        self.frame.say(text.format(card=answering.card.id))
        return GO_ON

    def flag(self, answering: Answering) -> None:
        """Mark the card, with a reason; it stays on the screen and, in a cram, on the list."""
        reason = self.keys.line(words.WHY_FLAG.say(self.language))
        event = self.home.flag(answering.card.id, reason.strip())
        Session.answered(self.session, answering.pick, None, event.id)
        self.frame.say(words.FLAGGED.format(card=answering.card.id))

    def open_editor(self, answering: Answering) -> Outcome | None:
        """Open the card in the editor and show it as it is now; what cannot be read leaves the card that stands here."""
        from cv_quiz.terminal.editing import edit_card  # noqa: PLC0415

        with self.keys.paused():
            edited = edit_card(self.home, answering.card.id, os.environ, answering.place)
        self.frame.say(edited.said)
        return Outcome(again=answering.pick) if edited.good else None

    def hint(self, answering: Answering) -> None:
        """Show the hint, or how many points the answer has."""
        self.frame.hint(answering.card)

    def type_answer(self, answering: Answering) -> None:
        """Take a typed answer and show it beside the card's; the words of a cloze are compared."""
        if answering.shown:
            self.frame.say(words.RATE_NOW)
            return
        blanks = cloze_words(answering.card.cloze)
        prompt = (
            words.TYPE
            if not blanks
            else words.TYPE_BLANK
            if len(blanks) == 1
            else words.TYPE_BLANKS.format(n=len(blanks))
        )
        typed = self.keys.line(prompt.say(self.language)).strip()
        if typed and blanks:
            self.compare(answering, typed, blanks)
        elif typed:
            self.frame.screen.text(f"{words.YOURS.say(self.language)} {typed}")
        self.reveal(answering)

    def compare(self, answering: Answering, typed: str, blanks: list[str]) -> None:
        """Say how many blanks were filled rightly, and which were not; the share suggests the rating."""
        wrong = wrong_blanks(read_blanks(typed, blanks), blanks)
        right = len(blanks) - len(wrong)
        answering.suggestion = suggested_rating(right / len(blanks))
        self.frame.say(words.BLANKS_SAID.format(right=right, all=len(blanks)))
        for number, filled in wrong:
            self.frame.say(words.BLANK_WRONG.format(number=number, filled=filled or words.EMPTY))

    def tick_points(self, answering: Answering) -> None:
        """Let the learner tick the points they named; the share suggests the rating. An empty line changes nothing."""
        points = answering.answer.points
        if not points or not answering.shown:
            self.frame.say(words.POINTS_LATER)
            return
        prompt = words.WHICH_POINTS if len(points) <= SINGLE_DIGITS else words.WHICH_OF_MANY
        said = self.keys.line(prompt.say(self.language)).strip()
        if not said:
            return
        named = [number for number in read_numbers(said, len(points)) if 0 < number <= len(points)]
        answering.suggestion = suggested_rating(len(named) / len(points))
        rating, name = int(answering.suggestion), RATING_NAMES[answering.suggestion]
        self.frame.say(words.SUGGESTED.format(named=len(named), all=len(points), rating=rating, name=name))

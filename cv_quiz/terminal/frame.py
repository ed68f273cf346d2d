"""What stands around and on a card: header, question, answer, keys, messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from cv_quiz.model import Kind
from cv_quiz.terminal import study_words as words
from cv_quiz.terminal.asking import (
    RATING_NAMES,
    answer_lines,
    follow_up_lines,
    hint_lines,
    points_lines,
    question_lines,
    rating_line,
)
from cv_quiz.terminal.screen import fitted

if TYPE_CHECKING:
    from cv_quiz.home import Home
    from cv_quiz.language import Text
    from cv_quiz.model import Card
    from cv_quiz.study import Left, Pick, Session
    from cv_quiz.terminal.answering import Answering
    from cv_quiz.terminal.keys import Input
    from cv_quiz.terminal.screen import Screen

USUAL_SECONDS = 20.0
AROUND_AN_ANSWER = 6  # the lines of a screen that are neither question nor answer


class Frame:
    """Draws the cards of one session."""

    def __init__(self, home: Home, session: Session, screen: Screen, keys: Input) -> None:
        self.home = home
        self.session = session
        self.screen = screen
        self.keys = keys
        self.language = home.language
        self.began = time.monotonic()
        self.titles: dict[str, str] = {}

    def card(self, answering: Answering) -> None:
        """Header, question, and the answer where it is shown already."""
        self.screen = fitted(self.screen)  # a terminal may have been resized
        self.header(answering.pick)
        lines = question_lines(answering.card, self.screen, answering.order)
        answering.asked_lines = len(lines)
        self.screen.lines(lines)
        if answering.shown:
            self.answer(answering)
        elif answering.card.kind is not Kind.CODE:
            self.keys_line(answering)

    def answer(self, answering: Answering) -> None:
        """The answer, its points, what comes next, and the ratings."""
        self.screen = fitted(self.screen)
        self.screen.rule(f"{round(time.monotonic() - answering.began)} s")
        card = answering.answer
        lines = answer_lines(card, self.screen, answering.order, answering.picked)
        lines += points_lines(card, self.screen) + follow_up_lines(card, self.screen, self.language)
        self.screen.lines(lines)
        self.screen.line()
        if self.keys.single_keys and answering.asked_lines + len(lines) + AROUND_AN_ANSWER > self.screen.rows:
            self.question_again(answering)
        self.rating_keys(answering)

    def question_again(self, answering: Answering) -> None:
        """The question in one line, where a long answer has pushed it away."""
        first = next(
            (line for line in (answering.card.question or answering.card.cloze).splitlines() if line.strip()), ""
        )
        if answering.card.kind is Kind.CLOZE:
            from cv_quiz.cloze import open_blanks  # noqa: PLC0415

            first = open_blanks(first)
        lines = hint_lines(first, self.screen, "dim")
        self.screen.lines(lines[:1])

    def hint(self, card: Card) -> None:
        """The hint, or how many points the answer has."""
        stand_in = words.POINTS_ASKED.format(n=len(card.points)) if card.points else words.NO_HINT
        self.screen.lines(hint_lines(card.hint or stand_in.say(self.language), self.screen))
        self.screen.flush()

    def header(self, pick: Pick) -> None:
        """Where the session stands: deck, how far, why this card; at the right what is left, where there is room."""
        self.screen.line()
        left = words.HEADER.format(**self.progress(pick)).say(self.language)
        today = self.session.left(self.home.now())
        right = words.COUNTS.format(minutes=self.minutes_left(today), new=today.new, due=today.due).say(self.language)
        gap = self.screen.width - 1 - self.screen.cells(left) - self.screen.cells(right)
        self.screen.text(f"{left}{' ' * gap}{right}" if gap >= 2 and self.keys.single_keys else left, "dim")

    def progress(self, pick: Pick) -> dict[str, object]:
        """The parts of the header."""
        place = self.home.library.place(pick.card, self.language)
        number = len(self.session.rated_cards() - {pick.card}) + 1
        return {"deck": self.title(place.deck) if place else "", "number": number, "why": words.WHY[pick.why]}

    def title(self, deck: str) -> str:
        """A deck's title, in the learner's language where it has one."""
        if deck not in self.titles:
            entries = sorted(self.home.library.decks(), key=lambda entry: entry.language == self.language)
            self.titles = {deck: deck} | {entry.id: " ".join(entry.title.split()) for entry in entries}
        return self.titles[deck]

    def minutes_left(self, left: Left) -> int:
        """An estimate: what is left, at the pace of this session, or at twenty seconds a card before there is one."""
        answered = sum(done.rating is not None for done in self.session.done)
        pace = (time.monotonic() - self.began) / answered if answered >= 3 else USUAL_SECONDS
        return max(1, round((left.new * 2 + left.learning + left.due) * pace / 60))

    def keys_line(self, answering: Answering) -> None:
        """The keys before the answer is shown."""
        single, n = self.keys.single_keys, len(answering.card.correct)
        if answering.card.kind is not Kind.CHOICE:
            text = words.KEYS if single else words.LINES
        elif answering.several:
            text = (words.KEYS_CHOICES if single else words.LINES_CHOICES).format(n=n)
        else:
            text = words.KEYS_CHOICE if single else words.LINES_CHOICE
        self.screen.text(text.say(self.language), "dim")
        self.screen.flush()

    def rating_keys(self, answering: Answering) -> None:
        """The keys after the answer is shown, with the intervals they lead to."""
        if answering.pick.why == "cram":
            self.say(words.CRAMMED)
            self.say(words.RATE_NOW)
        else:
            previews = self.home.preview(answering.card.id)
            self.screen.lines(rating_line(self.screen, self.language, previews, self.home.now()).split("\n"))
        if answering.suggestion is not None:
            name = RATING_NAMES[answering.suggestion]
            self.say(words.ENTER_TAKES.format(rating=int(answering.suggestion), name=name))
        if answering.answer.points:
            self.say(words.TICK)
        self.screen.flush()

    def help(self, answering: Answering) -> None:
        """What the keys do now."""
        if answering.shown:
            text = words.HELP_SHOWN
        else:
            text = words.HELP_CHOICE if answering.card.kind is Kind.CHOICE else words.HELP
        self.screen.text(text.say(self.language))
        self.screen.text(words.HELP_ALWAYS.say(self.language))
        self.screen.flush()

    def say(self, text: Text) -> None:
        """A message among the cards."""
        self.screen.text(text.say(self.language), "dim")
        self.screen.flush()

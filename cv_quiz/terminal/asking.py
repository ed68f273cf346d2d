"""How a card looks: its question, its answer, and the keys that can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.cloze import filled_blanks, open_blanks
from cv_quiz.language import Text
from cv_quiz.model import Kind, Rating

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, timedelta

    from cv_quiz.language import Language
    from cv_quiz.model import Card, Memory
    from cv_quiz.terminal.screen import Screen

# Around the words of a cloze, for the Markdown renderer: no mark-up that what stands beside it could break.
SET_OFF, SET_BACK = "\ufdd0", "\ufdd1"
RATING_NAMES = {
    Rating.AGAIN: Text("重来", "Again"),
    Rating.HARD: Text("困难", "Hard"),
    Rating.GOOD: Text("良好", "Good"),
    Rating.EASY: Text("简单", "Easy"),
}


def question_lines(card: Card, screen: Screen, order: Sequence[int]) -> list[str]:
    """The question as it is asked; choices in the given order, numbered from 1; a cloze with its blanks open."""
    if card.kind is Kind.CLOZE:
        return _body(open_blanks(card.cloze), screen)
    lines = _body(card.question, screen, style="strong")
    if card.kind is Kind.CHOICE:
        lines.append("")
        for number, index in enumerate(order, 1):
            lines += _hanging(f"{number}. ", card.choices[index], screen)
    return lines


def answer_lines(card: Card, screen: Screen, order: Sequence[int], picked: Collection[int] = ()) -> list[str]:
    """The answer: what a choice card says of each choice (and which were picked), a filled cloze, the text."""
    lines: list[str] = []
    if card.kind is Kind.CHOICE:
        lines += _choices_judged(card, screen, order, picked)
    elif card.kind is Kind.CLOZE:
        lines += _body(filled_blanks(card.cloze, SET_OFF, SET_BACK), screen)
    if card.answer.strip():
        from cv_quiz.terminal.markdown import render  # noqa: PLC0415  not before the first question

        lines += ([""] if lines else []) + render(card.answer, screen)
    for link in card.links:
        lines += [screen.styled(link, "link")]
    return lines


def rating_line(screen: Screen, language: Language, previews: Mapping[Rating, Memory], now: datetime) -> str:
    """The four ratings with the interval each leads to."""
    parts = []
    for rating, memory in previews.items():
        wait = (memory.due or now) - now
        label = f"{RATING_NAMES[rating].say(language)} {interval_words(wait).say(language)}"
        parts.append(f"{screen.styled(str(int(rating)), 'key')} {label}")
    line = "   ".join(parts) + "   [?]"
    if screen.cells(_unstyled(line)) + 1 <= screen.width:
        return " " + line
    return "\n".join(f" {part}" for part in [*parts, "[?]"])


def interval_words(wait: timedelta) -> Text:
    """A length of time in one unit: 10 minutes, 3 days, 2.1 months, 1.3 years."""
    seconds = wait.total_seconds()
    if seconds < 3600:
        return MINUTES.format(n=max(1, round(seconds / 60)))
    if seconds < 86400 * 0.99:
        return HOURS.format(n=round(seconds / 3600))
    days = seconds / 86400
    if days < 30:
        return (ONE_DAY if round(days) == 1 else DAYS).format(n=round(days))
    if days < 365:
        return MONTHS.format(n=f"{days / 30.4375:.1f}")
    return YEARS.format(n=f"{days / 365.25:.1f}")


def points_lines(card: Card, screen: Screen) -> list[str]:
    """What a good answer names, numbered from 1."""
    lines = [
        line
        for number, point in enumerate(card.points, 1)
        for line in _hanging(f"{number}) ", point, screen, style="dim")
    ]
    return ["", *lines] if lines else []


def follow_up_lines(card: Card, screen: Screen, language: Language) -> list[str]:
    """What an interviewer asks next."""
    lines = [line for asked in card.follow_ups for line in _hanging("- ", asked, screen, style="dim")]
    return ["", screen.styled(WHAT_COMES_NEXT.say(language), "dim"), *lines] if lines else []


def hint_lines(hint: str, screen: Screen, style: str = "") -> list[str]:
    """A hint, with its formulas and code."""
    return _hanging("", hint, screen, style=style)


def _choices_judged(card: Card, screen: Screen, order: Sequence[int], picked: Collection[int]) -> list[str]:
    lines: list[str] = []
    for number, index in enumerate(order, 1):
        right = index in card.correct
        mark = screen.styled("✓" if right else "✗", "good" if right else "bad")
        why = f" - {card.why[index]}" if card.why else ""
        arrow = ("→ " if index in picked else "  ") if picked else ""
        cells = screen.cells(f"{arrow}{'✓' if right else '✗'} {number}. ")
        lines += _hanging(f"{arrow}{mark} {number}. ", card.choices[index] + why, screen, cells)
    return lines


def _body(text: str, screen: Screen, style: str = "") -> list[str]:
    """A question's lines. What has no mark-up needs no parser, which would stand before the first question."""
    if SET_OFF in text or "$" in text or "`" in text or "*" in text or "\n" in text.strip() or "\\" in text:
        from cv_quiz.terminal.markdown import render  # noqa: PLC0415

        return render(text.strip(), screen)
    from cv_quiz.terminal.wrap import Run, wrap  # noqa: PLC0415

    lines = wrap([Run(text.strip(), style)], screen.width - 1, screen.cells)
    return ["".join(screen.styled(run.text, run.style) for run in line) for line in lines]


def _hanging(mark: str, text: str, screen: Screen, cells: int | None = None, style: str = "") -> list[str]:
    from cv_quiz.terminal.markdown import render_inline  # noqa: PLC0415

    indent = screen.cells(mark) if cells is None else cells
    first, *rest = render_inline(text, screen, screen.width - indent - 1, style) or [""]
    return [(screen.styled(mark, style) if style else mark) + first, *(" " * indent + line for line in rest)]


def _unstyled(line: str) -> str:
    import re  # noqa: PLC0415

    return re.sub(r"\x1b\[[0-9;]*m", "", line)


WHAT_COMES_NEXT = Text("面试官可能接着问：", "What comes next:")
MINUTES = Text("{n} 分钟", "{n} min")
HOURS = Text("{n} 小时", "{n} h")
ONE_DAY = Text("{n} 天", "{n} day")
DAYS = Text("{n} 天", "{n} days")
MONTHS = Text("{n} 个月", "{n} mo")
YEARS = Text("{n} 年", "{n} y")

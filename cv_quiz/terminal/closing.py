"""The end of a session: what was done, and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cv_quiz.clock import day_end
from cv_quiz.language import Text
from cv_quiz.model import Rating
from cv_quiz.study import Cram
from cv_quiz.terminal.asking import interval_words

if TYPE_CHECKING:
    from cv_quiz.home import Home
    from cv_quiz.shelf import Filter
    from cv_quiz.study import Session
    from cv_quiz.terminal.screen import Screen


def close(home: Home, session: Session, screen: Screen, wanted: Filter | None = None) -> None:
    """Show the summary in a few lines; `wanted` is what the session was about."""
    rated = [done for done in session.done if done.rating is not None]
    today = home.today(wanted)
    screen.line()
    if rated:
        known = sum(done.rating is not Rating.AGAIN for done in rated)
        answers, cards = _counted(len(rated), ANSWERS), _counted(len({done.pick.card for done in rated}), CARDS)
        text = DONE.format(answers=answers, cards=cards, known=round(100 * known / len(rated)))
        screen.text(text.say(home.language))
        tomorrow = day_end(home.now()) + timedelta(days=1)
        count = home.shelf(wanted).count_due(tomorrow, home.now()) - today.due
        screen.text(TOMORROW.format(count=max(0, count)).say(home.language))
    elif not session.done and session.next(home.now()) is None:
        screen.text(_why_nothing(home, session, wanted).say(home.language))
        return
    left = today.new + today.learning + today.due
    text = LEFT.format(new=today.new, learning=today.learning, due=today.due) if left else NOTHING_LEFT
    screen.text(text.say(home.language), "" if left else "strong")
    screen.text((GO_ON if left else PRACTISE).say(home.language))


def _why_nothing(home: Home, session: Session, wanted: Filter | None) -> Text:
    """Why a session had nothing to ask, and what to do."""
    shelf, now = home.shelf(wanted), home.now()
    if not shelf.all():
        return NO_CARDS
    if isinstance(session, Cram):
        return NOTHING_FORGOTTEN
    if shelf.fresh(now):
        return NO_NEW
    later = now + timedelta(days=36500)
    waits = [
        memory.due - now for _, memory in [*shelf.due(later, now)[:1], *shelf.learning(later, now)[:1]] if memory.due
    ]
    return NOT_DUE.format(wait=interval_words(min(waits))) if waits else ALL_ASIDE


def _counted(number: int, names: Text) -> Text:
    """A number with its noun; names hold the singular and the plural, between a bar."""
    one, many = names.en.split("|")
    return Text(f"{number} {names.zh}", f"{number} {one if number == 1 else many}")


ANSWERS = Text("次回答", "answer|answers")
CARDS = Text("张卡片", "card|cards")
NO_CARDS = Text(
    "这里没有写完的卡片：草稿（没有答案的）不会被问到，停用的也不会。\n用 cvquiz lint 查看草稿，补上答案后再学。",
    "There is no finished card here: drafts (without an answer) and suspended cards are not asked.\n"
    "See the drafts with cvquiz lint, and give them answers.",
)
NOTHING_FORGOTTEN = Text(
    "今天没有忘记的卡片，不用再过一遍。\n继续：cvquiz study",
    "Nothing was forgotten today, so there is nothing to go through again.\nGo on with: cvquiz study",
)
NO_NEW = Text(
    "没有到期的卡片，今天的新卡片也够数了。\n想多学：cvquiz study --new 30；或全部过一遍：cvquiz study --cram",
    "Nothing is due, and today's new cards are used up.\nFor more: cvquiz study --new 30; or go through all: cvquiz study --cram",
)
NOT_DUE = Text(
    "没有到期的卡片，下一张要等 {wait}。\n现在就过一遍：cvquiz study --cram",
    "Nothing is due; the next card comes in {wait}.\nTo go through them now: cvquiz study --cram",
)
ALL_ASIDE = Text(
    "剩下的卡片都搁置着，或正在另一个学习里。\n明天再来，或全部过一遍：cvquiz study --cram",
    "What is left is buried, or asked in another session.\nCome back tomorrow, or go through all: cvquiz study --cram",
)
DONE = Text("这次：{answers}，{cards}，记得 {known}%。", "This session: {answers} on {cards}, {known} % remembered.")
TOMORROW = Text("明天到期：{count} 张。", "Due tomorrow: {count}.")
LEFT = Text(
    "今天还有：新 {new}，学习中 {learning}，待复习 {due}。", "Left today: {new} new, {learning} learning, {due} due."
)
NOTHING_LEFT = Text("今天的都学完了。", "Nothing is left for today.")
GO_ON = Text("继续：cvquiz study", "Go on with: cvquiz study")
PRACTISE = Text(
    "可以写写代码：cvquiz drill nms；或看进度：cvquiz stats",
    "Write some code: cvquiz drill nms; or see your progress: cvquiz stats",
)

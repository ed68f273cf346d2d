"""The end of a session: what was done, and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cv_quiz.clock import day_end
from cv_quiz.language import Text
from cv_quiz.model import Rating

if TYPE_CHECKING:
    from cv_quiz.home import Home
    from cv_quiz.study import Session
    from cv_quiz.terminal.screen import Screen


def close(home: Home, session: Session, screen: Screen) -> None:
    """Show the summary in a few lines."""
    rated = [done for done in session.done if done.rating is not None]
    today = home.today()
    screen.line()
    if rated:
        known = sum(done.rating is not Rating.AGAIN for done in rated)
        cards = len({done.pick.card for done in rated})
        text = DONE.format(answers=len(rated), cards=cards, known=round(100 * known / len(rated)))
        screen.text(text.say(home.language))
        tomorrow = day_end(home.now()) + timedelta(days=1)
        count = home.shelf().count_due(tomorrow, home.now()) - today.due
        screen.text(TOMORROW.format(count=max(0, count)).say(home.language))
    left = today.new + today.learning + today.due
    text = LEFT.format(new=today.new, learning=today.learning, due=today.due) if left else NOTHING_LEFT
    screen.text(text.say(home.language), "" if left else "strong")
    screen.text((GO_ON if left else PRACTISE).say(home.language))


DONE = Text("这次：{answers} 次回答，{cards} 张卡片，记得 {known}%。", "This session: {answers} answers on {cards} cards, {known} % remembered.")
TOMORROW = Text("明天到期：{count} 张。", "Due tomorrow: {count}.")
LEFT = Text("今天还有：新 {new}，学习中 {learning}，待复习 {due}。", "Left today: {new} new, {learning} learning, {due} due.")
NOTHING_LEFT = Text("今天的都学完了。", "Nothing is left for today.")
GO_ON = Text("继续：cvquiz study", "Go on with: cvquiz study")
PRACTISE = Text("可以写写代码：cvquiz drill nms；或看进度：cvquiz stats", "Write some code: cvquiz drill nms; or see your progress: cvquiz stats")

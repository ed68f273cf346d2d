"""`cvquiz undo`: take back the last rating, outside a session."""

from __future__ import annotations

from cv_quiz.cli._home import open_home
from cv_quiz.cli._say import say
from cv_quiz.errors import InputError
from cv_quiz.language import Text

PLACE = 75
HELP = Text("撤销最近一次评分、搁置、停用或标记。", "Take back the last rating, bury, suspend or flag.")
EXAMPLES = "cvquiz undo"


def command() -> None:
    """Undo the newest rating, bury, suspend or flag in force; nothing is deleted from the log."""
    undone = open_home().undo()
    if undone is None:
        raise InputError(NOTHING)
    say(UNDONE.format(kind=KINDS.get(undone.kind, Text(undone.kind, undone.kind)), card=undone.card))


KINDS = {
    "review": Text("评分", "rating"), "bury": Text("搁置", "bury"), "suspend": Text("停用", "suspend"),
    "resume": Text("恢复", "resume"), "flag": Text("标记", "flag"), "unflag": Text("取消标记", "unflag"),
}  # fmt: skip
NOTHING = Text("没有可撤销的记录。", "there is nothing to undo.")
UNDONE = Text("已撤销：{card} 的{kind}", "Undone: {kind} of {card}")

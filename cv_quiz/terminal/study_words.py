"""What the study session says."""

from __future__ import annotations

from cv_quiz.language import Text

WHY = {
    "new": Text("新卡片", "new"),
    "review": Text("复习", "review"),
    "learning": Text("学习中", "learning"),
    "ahead": Text("学习中，提前", "learning, ahead of time"),
    "cram": Text("突击，不计入进度", "cram, not scheduled"),
}
HEADER = Text("{deck} · 第 {number} 张 · {why}", "{deck} · card {number} · {why}")
COUNTS = Text("剩约 {minutes} 分钟   新 {new}  待复习 {due}", "about {minutes} min left   new {new}  due {due}")
KEYS = Text(
    "[空格] 显示答案  [h] 提示  [t] 作答  [b] 搁置  [u] 撤销  [?] 帮助  [q] 退出",
    "[space] answer  [h] hint  [t] type  [b] bury  [u] undo  [?] help  [q] quit",
)
KEYS_CHOICE = Text(
    "[数字] 选择  [空格] 显示答案  [h] 提示  [u] 撤销  [?] 帮助  [q] 退出",
    "[digit] choose  [space] answer  [h] hint  [u] undo  [?] help  [q] quit",
)
KEYS_CHOICES = Text(
    "选 {n} 项：[数字] 选上或取消  [回车] 提交  [h] 提示  [?] 帮助  [q] 退出",
    "Choose {n}: [digit] on or off  [Enter] submit  [h] hint  [?] help  [q] quit",
)
LINES = Text("空行显示答案；? 帮助；q 退出", "An empty line shows the answer; ? for help; q quits")
LINES_CHOICE = Text(
    "输入数字选择；空行显示答案；? 帮助；q 退出",
    "Type a number to choose; an empty line shows the answer; ? for help; q quits",
)
LINES_CHOICES = Text(
    "选 {n} 项，如 1 3；空行显示答案；? 帮助；q 退出",
    "Choose {n}, as 1 3; an empty line shows the answer; ? for help; q quits",
)
TYPE_CHOICE = Text("选哪几项（如 3 或 3 11）：", "Which (as 3, or 3 11)? ")
CHOSEN = Text("已选：{numbers}（共 {n} 项，回车提交）", "Chosen: {numbers} (of {n}; Enter submits)")
PASTED = Text(
    "粘贴的文字没有当作按键；要输入回答请先按 t。",
    "Pasted text is not taken for keys; to type an answer press t first.",
)
GONE = Text("卡片 {card} 已不在任何卡组里，跳过。", "The card {card} is in no deck any more; it is passed over.")
NO_DRILL = Text("{card} 这次先放下：{why}", "{card} is put aside for now: {why}")
RATE_NOW = Text(
    "想起了多少？1 重来  2 困难  3 良好  4 简单", "How well did you know it? 1 Again  2 Hard  3 Good  4 Easy"
)
NOT_NOW = Text(
    "先按空格（或空行）显示答案；? 查看按键", "Show the answer first (space, or an empty line); ? lists the keys"
)
NO_CHOICE = Text("请选 1 到 {last}", "Choose from 1 to {last}")
RIGHT = Text("对。", "Right.")
WRONG = Text("不对。", "Wrong.")
ENTER_TAKES = Text("回车采用 {rating} {name}，或按别的数字", "Enter takes {rating} {name}; or press another number")
TICK = Text("[p] 勾选说到的要点，由此建议评分", "[p] tick the points you named for a suggested rating")
WHICH_POINTS = Text("说到了哪几点（如 134）？", "Which points did you name (as 134)? ")
WHICH_OF_MANY = Text("说到了哪几点（如 1 3 11）？", "Which points did you name (as 1 3 11)? ")
SUGGESTED = Text(
    "{named}/{all}：建议 {rating} {name}（回车采用）", "{named} of {all}: suggests {rating} {name} (Enter takes it)"
)
POINTS_LATER = Text("这张卡片现在没有可勾选的要点", "There are no points to tick on this card now")
POINTS_ASKED = Text("答案有 {n} 个要点。", "The answer names {n} points.")
NO_HINT = Text("这张卡片没有提示。", "This card has no hint.")
TYPE = Text("你的回答：", "Your answer: ")
YOURS = Text("你：", "You:")
NOTHING_TO_UNDO = Text("这次学习里没有可撤销的。", "There is nothing to undo in this session.")
UNDONE = Text("已撤销：{card}", "Undone: {card}")
BURIED = Text("已搁置到明天：{card}（u 撤销）", "Buried until tomorrow: {card} (u undoes it)")
SUSPENDED = Text("已停用：{card}（u 撤销）", "Suspended: {card} (u undoes it)")
WHY_FLAG = Text("标记的原因：", "Why flag it? ")
FLAGGED = Text("已标记：{card}", "Flagged: {card}")
LEECH = Text(
    "{card} 已经忘了 {lapses} 次：换个写法会更好记（按 u 再按 e 修改）。",
    "{card} has been forgotten {lapses} times: rewriting it will help (u, then e).",
)
HELP = Text(
    """ 空格/回车  显示答案
 h 提示   t 作答""",
    """ space, Enter  show the answer
 h hint   t type an answer""",
)
HELP_CHOICE = Text(
    """ 数字       选择；有几项正确时选上或取消，回车提交
 空格/回车  显示答案
 h 提示   t 作答""",
    """ digit         choose; where several are right, turn one on or off, Enter submits
 space, Enter  show the answer
 h hint   t type an answer""",
)
HELP_SHOWN = Text(
    """ 1 2 3 4    重来、困难、良好、简单
 回车       采用建议的评分
 p 勾选要点   h 提示""",
    """ 1 2 3 4       Again, Hard, Good, Easy
 Enter         take the suggested rating
 p tick the points you named   h hint""",
)
HELP_ALWAYS = Text(
    """ u 撤销上一步   b 搁置到明天   s 停用   f 标记
 e 在编辑器中修改
 q 退出（评过的都已保存）""",
    """ u undo the last step   b bury until tomorrow   s suspend   f flag
 e edit in $EDITOR
 q quit (every rating is already saved)""",
)
TYPE_BLANK = Text("填空：", "Fill the blank: ")
TYPE_BLANKS = Text("填 {n} 个空（用分号隔开）：", "Fill the {n} blanks (separate with ;): ")
BLANKS_SAID = Text("{right}/{all} 个空填对。", "{right} of {all} blanks right.")
BLANK_WRONG = Text("第 {number} 个空不对：{filled}", "Blank {number} is wrong: {filled}")
EMPTY = Text("（空）", "(empty)")
CRAMMED = Text("突击：不影响进度。", "Cramming: the schedule stays as it is.")

"""A drill at the terminal: the stub is written, every save is graded, and the result becomes a rating."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from cv_quiz.drills import find
from cv_quiz.grading.host import Worker
from cv_quiz.grading.judge import grade_file
from cv_quiz.grading.report import to_text
from cv_quiz.grading.stub import solution, stub
from cv_quiz.grading.visible import visible
from cv_quiz.language import Text
from cv_quiz.model import Rating
from cv_quiz.terminal.editing import run_editor
from cv_quiz.terminal.footer import Footer, rows_of
from cv_quiz.terminal.keys import END, RESUMED, REVEAL
from cv_quiz.terminal.reporting import show_report
from cv_quiz.terminal.screen import fitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.drills.contract import Drill
    from cv_quiz.grading.findings import Result, SubmissionReport
    from cv_quiz.home import Home
    from cv_quiz.language import Language
    from cv_quiz.terminal.keys import Input
    from cv_quiz.terminal.screen import Screen

POLL_SECONDS = 0.3
# A line of so many cells goes on in the next one, unless that begins with a parameter's name.
FILLED = 85
WIDE = re.compile("[\u2e80-\uffef]")
_ITEM = re.compile(r"\w+\s*[:：]")


@dataclass(frozen=True, slots=True)
class Practised:
    """How a drill ended. `rating` is None where it was left before it was passed or given up."""

    accepted: bool
    tries: int
    hints: int
    gave_up: bool

    @property
    def rating(self) -> Rating | None:
        """What the result says about how well it is known."""
        if self.gave_up:
            return Rating.AGAIN
        if not self.accepted:
            return None
        if self.hints or self.tries > 3:
            return Rating.HARD
        return Rating.EASY if self.tries == 1 else Rating.GOOD


def paragraphs(statement: str) -> list[str]:
    """A statement without the line breaks that stand in it only because a source file is so wide."""
    found: list[str] = []
    filled = False
    for line in statement.splitlines():
        if filled and line and not _ITEM.match(line):
            found[-1] += ("" if WIDE.fullmatch(found[-1][-1]) and WIDE.fullmatch(line[0]) else " ") + line
        else:
            found.append(line)
        filled = sum(2 if WIDE.match(letter) else 1 for letter in line) > FILLED
    return found


def in_short(report: SubmissionReport, screen: Screen, language: Language) -> list[str]:
    """The lines of a report that matter most: of each function the verdict and the first diagnosis."""
    results = tuple(map(_in_short, report.results))
    short = replace(
        report, path=Path(), results=results, skipped=(), missing_modules=(), printed="", helpers=(), encoding=""
    )
    text = to_text(short, language, screen.width, screen.cells, screen.ascii_only, paint=screen.styled)
    return text.split("\n")[1:]  # without the path


def _in_short(result: Result) -> Result:
    first = tuple(replace(item, hint=None, line=None) for item in result.diagnosis[:1])
    return replace(result, diagnosis=first, conventions=(), calling=(), time_ratio=None, counterexample=None)


def write_stub(drill: Drill, path: Path, home: Home) -> bool:
    """Write the stub to a file that does not exist yet; False where one does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(stub(drill, home.language))
    except FileExistsError:
        return False
    return True


def practise(name: str, home: Home, screen: Screen, keys: Input, path: Path | None = None) -> Practised:
    """Run a drill until it is passed, given up or left. Without a path, a file of today in the user's home is used."""
    drill = find(name)
    file = path or home.folder / "drills" / f"{name}-{home.now():%Y-%m-%d}.py"
    fresh = write_stub(drill, file, home)
    screen.text((WRITTEN if fresh else FOUND).format(path=visible(str(file))).say(home.language))
    with Worker() as worker:
        practised = DrillLoop(drill, file, home, screen, keys, worker).run()
    home.log.append("drill", name, home.now(), {"accepted": practised.accepted, "tries": practised.tries})
    return practised


class DrillLoop:
    """One drill on one file."""

    def __init__(self, drill: Drill, path: Path, home: Home, screen: Screen, keys: Input, worker: Worker) -> None:
        self.drill = drill
        self.path = path
        self.screen = screen
        self.keys = keys
        self.worker = worker
        self.language = home.language
        # Lines are also read by other programs; a dumb terminal moves no cursor.
        movable = keys.single_keys and os.environ.get("TERM", "dumb") not in ("dumb", "")
        self.footer = Footer(screen, movable)
        self.last: Text | None = None
        self.seen: float = 0
        self.tries = 0
        self.hints = 0
        self.accepted = False
        self.gave_up = False

    def run(self) -> Practised:
        """Watch the file and the keys until the learner is done."""
        self.seen = self.stamp()  # before the first word: a save that comes at once is not missed
        if not self.keys.single_keys:
            self.say(LINES)
        while True:
            self.show_keys()
            if self.keys.waiting(POLL_SECONDS):
                if self.act(self.keys.word()):
                    break
            elif self.stamp() != self.seen:
                self.grade()
        return Practised(self.accepted, self.tries, self.hints, self.gave_up)

    def act(self, word: str) -> bool:
        """Carry out one word; True where the drill is left."""
        if word in (END, "q", "quit"):
            return True
        actions: dict[str, Callable[[], None]] = {
            "h": self.hint, "r": self.grade, REVEAL: self.grade, "e": self.open_editor, "s": self.show_solution,
            RESUMED: self.forget_screen,
        }  # fmt: skip
        if word in actions:
            actions[word]()
        elif not self.keys.single_keys:
            self.say(LINES)
        return False

    def show_keys(self) -> None:
        """The keys, below everything else; whoever types lines is told of them when they type something else."""
        if self.keys.single_keys:
            self.footer.show((PASSED if self.accepted else KEYS).say(self.language))

    def forget_screen(self) -> None:
        """Another program has written on the screen: nothing of ours is where it was."""
        self.footer.forget()
        self.last = None

    def grade(self) -> None:
        """Grade the file as it is now."""
        self.seen = self.stamp()
        if not self.path.exists():
            self.say(MISSING.format(path=visible(str(self.path))))
            return
        report = grade_file(self.worker, self.path, drill=self.drill.name)
        self.tries += not self.accepted
        self.accepted = self.accepted or report.accepted
        self.show(report)
        if not self.accepted:
            self.say(TRY_AGAIN)
        elif not self.keys.single_keys:
            self.say(PASSED)

    def show(self, report: SubmissionReport) -> None:
        """A report; where its beginning has scrolled away when all of it is there, what matters most comes once more."""
        screen = fitted(self.screen)
        written = StringIO()
        show_report(report, replace(screen, out=written), self.language)
        self.clear()
        screen.line()
        screen.out.write(written.getvalue())
        below = "\n".join(text.say(self.language) for text in (TRY_AGAIN, KEYS))
        if rows_of(written.getvalue() + below, screen) >= screen.rows:  # the cursor stands in the last row
            screen.line()
            screen.lines(in_short(report, screen, self.language))

    def hint(self) -> None:
        """The next hint, from the vaguest to the plainest."""
        hints = self.drill.hints
        if self.hints < len(hints):
            self.hints += 1
            number = Text(f"{self.hints}/{len(hints)}", f"{self.hints}/{len(hints)}")
            self.say(HINT.format(number=number, text=hints[self.hints - 1]))
        else:
            self.say(NO_MORE_HINTS)

    def open_editor(self) -> None:
        """Open the file in the user's editor and grade it on return."""
        before = self.stamp()
        self.clear()
        self.screen.flush()
        with self.keys.paused():
            failure = run_editor(os.environ, [str(self.path)])
        if failure is not None:
            self.say(failure)
        if self.stamp() != before:
            self.grade()

    def show_solution(self) -> None:
        """Show the reference: after passing freely, before that by giving up, which is asked for once more."""
        if not self.accepted and not self.gave_up:
            self.clear()
            self.screen.flush()
            answer = self.keys.line(GIVE_UP.say(self.language)).strip().lower()
            if answer not in ("y", "yes", "是"):
                return
            self.gave_up = True
        from cv_quiz.terminal.code import highlighted  # noqa: PLC0415

        self.clear()
        code = solution(self.drill, self.language)
        self.screen.lines(highlighted(code, "python", self.screen, self.screen.width))

    def stamp(self) -> float:
        """When the file was last written; 0 where there is none."""
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

    def say(self, text: Text) -> None:
        """A line of the drill's own. It stands there once, however often a key asks for it again."""
        if text == self.last and self.keys.single_keys:
            return
        self.clear()
        self.screen.text(text.say(self.language), "dim")
        self.screen.flush()
        self.last = text

    def clear(self) -> None:
        """Something else is to be written at the bottom."""
        self.footer.clear()
        self.last = None


WRITTEN = Text(
    "已写好 {path}，请在编辑器里完成它；每次保存都会评判。",
    "Wrote {path}: fill it in with your editor; every save is graded.",
)
FOUND = Text("接着用已有的 {path}；每次保存都会评判。", "Going on with {path}; every save is graded.")
KEYS = Text("[r] 评判  [e] 编辑  [h] 提示  [s] 答案  [q] 退出", "[r] grade  [e] edit  [h] hint  [s] solution  [q] quit")
LINES = Text("空行评判；h 提示；s 答案；q 退出", "An empty line grades; h hint; s solution; q quits")
MISSING = Text("{path} 不见了；它再出现时会接着评判。", "{path} is gone; it will be graded when it is there again.")
PASSED = Text("通过。[s] 看参考答案  [q] 结束", "Passed. [s] see the reference  [q] done")
TRY_AGAIN = Text("还没通过：改好后保存，或按 h 要提示。", "Not there yet: change it and save, or press h for a hint.")
HINT = Text("提示 {number}：{text}", "Hint {number}: {text}")
NO_MORE_HINTS = Text("没有更多提示了；s 看答案。", "There are no more hints; s shows the solution.")
GIVE_UP = Text("放弃并看答案？[y/N] ", "Give up and see the solution? [y/N] ")

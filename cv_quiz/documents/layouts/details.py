"""Questions as HTML foldings: `<details><summary>question</summary> answer </details>`.

A folding whose summary only says `Answer` or `点击查看` hides the answer of some other marker and is none of these.
Also the foldings of MkDocs, `??? question "What is X?"`, with the answer indented below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cv_quiz.documents import inline
from cv_quiz.documents.blocks import BlockKind
from cv_quiz.documents.pieces import is_answer_toggle
from cv_quiz.documents.view import Candidate
from cv_quiz.documents.wording import question_likeness

if TYPE_CHECKING:
    from cv_quiz.documents.blocks import Block
    from cv_quiz.documents.view import View


class Details:
    """One marker; foldings inside foldings belong to the outer one."""

    markers = ("details",)
    prior = 0.12

    def find(self, view: View) -> list[Candidate]:
        """Every outermost folding whose summary says something."""
        return [*self._html(view), *_containers(view)]

    def _html(self, view: View) -> list[Candidate]:
        found: list[Candidate] = []
        open_ones: list[Candidate | None] = []
        for block in view.blocks:
            if block.kind is BlockKind.HEADING and not block.indent:
                open_ones = []
            if block.kind is not BlockKind.HTML:
                continue
            lowered = block.text.lower()
            if "<summary" in lowered:
                self._open(view, block, found, open_ones, nested="<details" not in lowered)
            elif block.marker == "details":
                open_ones.append(None)
            for _ in range(lowered.count("</details")):
                self._close(open_ones, found, block.end)
        return found

    def _open(
        self, view: View, block: Block, found: list[Candidate], open_ones: list[Candidate | None], *, nested: bool
    ) -> None:
        summary, answer, end = _summary(view, block)
        candidate = Candidate("details", "details", block.start, end, summary, answer=answer)
        inside = any(one is not None for one in open_ones)
        said = bool(summary) and not is_answer_toggle(summary)
        if nested and open_ones:
            open_ones.pop()
        open_ones.append(candidate if said and not inside else None)
        if said and not inside:
            found.append(candidate)

    def _close(self, open_ones: list[Candidate | None], found: list[Candidate], end: int) -> None:
        candidate = open_ones.pop() if open_ones else None
        if candidate is not None and found and found[-1] is candidate:
            found[-1] = Candidate(
                "details", "details", candidate.start, candidate.end, candidate.text,
                answer=candidate.answer, body_end=max(end, candidate.end),
            )  # fmt: skip


def _containers(view: View) -> list[Candidate]:
    """The foldings whose title asks; those inside another one's answer belong to it."""
    found: list[Candidate] = []
    end = 0
    for at, block in enumerate(view.blocks):
        title = _container_title(block) if block.start > end else ""
        if title:
            end = block.end
            for below in view.blocks[at + 1 :]:
                if below.indent <= block.indent + 1:
                    break
                end = below.end
            found.append(
                Candidate("details", "details/container", block.start, block.end, title, body_end=end, label="question")
            )
    return found


def _container_title(block: Block) -> str:
    if block.marker != "container" or block.text.startswith(":::"):
        return ""
    kind, _, title = block.text.strip("?!+ ").partition(" ")
    quoted = (title if kind in ("question", "faq", "help") else block.text.strip("?!+ ")).strip()
    plain = quoted[1:-1] if len(quoted) > 2 and quoted[0] == quoted[-1] == '"' else ""
    return plain if plain and not is_answer_toggle(plain) and question_likeness(plain) >= 0.4 else ""


def _summary(view: View, block: Block) -> tuple[str, str, int]:
    """The words between `<summary>` and `</summary>`, what follows on the same line, and the line where it ends."""
    pieces: list[str] = []
    for number in range(block.start, min(block.start + 12, view.last + 1)):
        line = view.lines[number - 1]
        lowered = line.lower()
        if number == block.start:
            at = lowered.find("<summary")
            line = line[line.find(">", at) + 1 :]
            lowered = line.lower()
        close = lowered.find("</summary")
        if close >= 0:
            pieces.append(line[:close])
            tail = line[line.find(">", close) + 1 :]
            return _words(pieces), inline.without_tags(tail).strip(), number
        pieces.append(line)
    return _words(pieces[:1]), "", block.start


def _words(pieces: list[str]) -> str:
    return inline.without_tags(" ".join(piece.strip() for piece in pieces)).strip()


LAYOUT = Details()

"""Markdown to lines of a terminal: lists, tables, code, links, and mathematics taken out before and put back after."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from cv_quiz.terminal.code import highlighted
from cv_quiz.terminal.mathematics import display, inline
from cv_quiz.terminal.mathematics.scan import split_mathematics
from cv_quiz.terminal.table import table_lines
from cv_quiz.terminal.wrap import Run, wrap

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.terminal.screen import Screen

# Private-use characters stand for formulas while Markdown is parsed: no underscore of theirs becomes emphasis.
_FIRST = 0xE000
_PLACEHOLDER = re.compile("[\ue000-\uf8ff]")
_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def render(text: str, screen: Screen) -> list[str]:
    """The lines of a Markdown text, none wider than the screen."""
    formulas: list[tuple[str, str]] = []
    safe = _take_formulas_out(text, formulas)
    tree = SyntaxTreeNode(_PARSER.parse(safe))
    return _Renderer(screen, formulas).blocks(tree.children, screen.width)


def render_inline(text: str, screen: Screen, width: int | None = None, style: str = "") -> list[str]:
    """The lines of a text that holds emphasis, code and formulas, but no blocks; `style` is that of its plain words."""
    formulas: list[tuple[str, str]] = []
    safe = _take_formulas_out(text, formulas)
    renderer = _Renderer(screen, formulas)
    nodes = SyntaxTreeNode(_PARSER.parseInline(safe)).children
    return renderer.wrapped(renderer.runs(nodes, style), width or screen.width)


def _take_formulas_out(text: str, formulas: list[tuple[str, str]]) -> str:
    parts = []
    for span in split_mathematics(_PLACEHOLDER.sub("\ufffd", text)):
        if span.kind == "text" or len(formulas) >= 0xF8FF - _FIRST:
            parts.append(text[span.start : span.end] if span.kind != "text" else span.content)
        else:
            parts.append(chr(_FIRST + len(formulas)))
            formulas.append((span.kind, span.content))
    return "".join(parts)


class _Renderer:
    """Walks the tree of one text."""

    def __init__(self, screen: Screen, formulas: list[tuple[str, str]]) -> None:
        self.screen = screen
        self.formulas = formulas
        self.blocks_of: dict[str, Callable[[SyntaxTreeNode, int], list[str]]] = {
            "heading": self.heading, "paragraph": self.paragraph, "bullet_list": self.items,
            "ordered_list": self.items, "blockquote": self.quote, "fence": self.fence, "code_block": self.fence,
            "table": self.table, "hr": lambda _, width: [self.screen.styled("─" * min(width, 20), "dim")],
            "html_block": lambda node, width: self.wrapped([Run(_without_tags(node.content))], width),
        }  # fmt: skip

    def blocks(self, nodes: list[SyntaxTreeNode], width: int, *, tight: bool = False) -> list[str]:
        lines: list[str] = []
        for node in nodes:
            block = self.blocks_of.get(node.type, self.paragraph)(node, max(width, 8))
            if lines and block and not tight:
                lines.append("")
            lines += block
        return lines

    def heading(self, node: SyntaxTreeNode, width: int) -> list[str]:
        runs = [Run(run.text, "strong", run.whole) for run in self.runs(node.children)]
        return self.wrapped(runs, width)

    def paragraph(self, node: SyntaxTreeNode, width: int) -> list[str]:
        """Text, with formulas of a line of their own between."""
        lines: list[str] = []
        pending: list[Run] = []
        for run in self.runs(node.children) if node.children else [Run(node.content)]:
            formula = self.display_of(run)
            if formula is None:
                pending.append(run)
                continue
            lines += self.wrapped(pending, width) if "".join(r.text for r in pending).strip() else []
            lines += ["  " + row for row in self.display_lines(formula, width - 2)]
            pending = []
        return lines + (self.wrapped(pending, width) if "".join(r.text for r in pending).strip() else [])

    def items(self, node: SyntaxTreeNode, width: int) -> list[str]:
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        lines: list[str] = []
        for item in node.children:
            mark = f"{number}. " if number is not None else "• "
            indent = self.screen.cells(mark)
            tight = all(child.hidden or child.type != "paragraph" for child in item.children)
            body = self.blocks(item.children, width - indent, tight=tight) or [""]
            lines += [mark + body[0], *(" " * indent + line if line else "" for line in body[1:])]
            number = number + 1 if number is not None else None
        return lines

    def quote(self, node: SyntaxTreeNode, width: int) -> list[str]:
        bar = self.screen.styled("│ ", "dim")
        return [bar + line for line in self.blocks(node.children, width - 2)]

    def fence(self, node: SyntaxTreeNode, width: int) -> list[str]:
        language = (node.info or "").split(" ")[0] if node.type == "fence" else ""
        content = self.restored(node.content).rstrip("\n")
        return ["  " + line for line in highlighted(content, language, self.screen, width - 2)]

    def table(self, node: SyntaxTreeNode, width: int) -> list[str]:
        rows = [[self.runs(cell.children) for cell in row.children] for part in node.children for row in part.children]
        return table_lines(rows, width, self.screen, self.wrapped)

    def wrapped(self, runs: list[Run], width: int) -> list[str]:
        runs = _set_off(runs, "" if self.screen.colour else "[]")
        return ["".join(self.screen.styled(run.text, run.style) for run in line)
                for line in wrap(runs, width, self.screen.cells)]  # fmt: skip

    def runs(self, nodes: list[SyntaxTreeNode], style: str = "") -> list[Run]:
        """The inline content as runs; images and links show their text and where they lead."""
        found: list[Run] = []
        for node in nodes:
            if node.type in ("inline", "s"):
                found += self.runs(node.children, style)
            elif node.type in ("strong", "em"):
                found += self.runs(node.children, "strong" if node.type == "strong" else "underline")
            elif node.type == "code_inline":
                found.append(Run(self.restored(node.content), "code"))
            elif node.type in ("softbreak", "hardbreak"):
                found.append(Run("\n" if node.type == "hardbreak" else " ", style))
            elif node.type in ("link", "image"):
                found += self.target(node, style)
            else:
                found += self.text(_without_tags(node.content) if node.type == "html_inline" else node.content, style)
        return found

    def target(self, node: SyntaxTreeNode, style: str) -> list[Run]:
        address = str(node.attrs.get("href" if node.type == "link" else "src", ""))
        words = self.runs(node.children, style) if node.children else [Run(node.content or "", style)]
        if "".join(run.text for run in words) == address:
            return [Run(address, "link")]
        return [*words, Run(" "), Run(f"({address})", "link")]

    def text(self, content: str, style: str) -> list[Run]:
        """Plain text, formulas in one line put back."""
        found: list[Run] = []
        position = 0
        for match in _PLACEHOLDER.finditer(content):
            found += [Run(content[position : match.start()], style)] if match.start() > position else []
            kind, tex = self.formulas[ord(match.group()) - _FIRST]
            found.append(Run(match.group() if kind == "display" else self.inline_text(tex), style or "", whole=True))
            position = match.end()
        return [*found, Run(content[position:], style)] if position < len(content) else found

    def inline_text(self, tex: str) -> str:
        said = inline(tex, cells=self.screen.cells, ascii_only=self.screen.ascii_only)
        return f"${tex}$" if said is None else said

    def display_of(self, run: Run) -> str | None:
        if len(run.text) == 1 and _PLACEHOLDER.match(run.text):
            return self.formulas[ord(run.text) - _FIRST][1]
        return None

    def display_lines(self, tex: str, width: int) -> list[str]:
        drawn = display(tex, cells=self.screen.cells, width=width, ascii_only=self.screen.ascii_only)
        return self.wrapped([Run(f"$$ {tex.strip()} $$")], width) if drawn is None else drawn

    def restored(self, content: str) -> str:
        """Code, with anything that looked like a formula put back as it was written."""
        return _PLACEHOLDER.sub(lambda match: self.source(match.group()), content)

    def source(self, placeholder: str) -> str:
        kind, tex = self.formulas[ord(placeholder) - _FIRST]
        return f"$${tex}$$" if kind == "display" else f"${tex}$"


def _set_off(runs: list[Run], brackets: str) -> list[Run]:
    """Runs with what stands between the two marks made strong, or bracketed where there are no colours."""
    if not any("\ufdd0" in run.text for run in runs):
        return runs
    found: list[Run] = []
    strong = False
    for run in runs:
        for piece in re.split("([\ufdd0\ufdd1])", run.text):
            if piece in ("\ufdd0", "\ufdd1"):
                strong = piece == "\ufdd0"
                found.append(Run(brackets[:1] if strong else brackets[1:]))
            else:
                found.append(Run(piece, "strong" if strong else run.style, run.whole))
    return found


def _without_tags(html: str) -> str:
    """The text of a piece of HTML; a break becomes a space."""
    return re.sub(r"<[^<>]{0,200}>", lambda match: " " if match.group().startswith("<br") else "", html)

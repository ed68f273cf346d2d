"""Tokens to a syntax tree: groups, letters and numbers, sub- and superscripts.

What a command means stands in `commands`, environments in `environments`, plain brackets in `fences`. Everything that
nests passes through `Parser.deeper`, so that no input can exhaust the stack; everything unknown raises Unsure.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from cv_quiz.terminal.mathematics import commands, fences
from cv_quiz.terminal.mathematics.alphabets import FONTS, SWITCHES, styled
from cv_quiz.terminal.mathematics.nodes import (
    MAX_DEPTH,
    Grid,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
    Unsure,
    is_empty,
    items_of,
    row_of,
)
from cv_quiz.terminal.mathematics.numerals import end_of_digits, end_of_number
from cv_quiz.terminal.mathematics.symbols import CHARACTERS, COMMANDS, SPACES
from cv_quiz.terminal.mathematics.tokens import Token, normalise, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDS = frozenset({"}", "&", "\\\\", "\\cr", "\\right", "\\middle", "\\end"})
_INFIX = {"\\over": (True, "", ""), "\\atop": (False, "", ""), "\\choose": (False, "(", ")")}
_NEVER = frozenset("$#%")


def parse(source: str) -> tuple[Node, dict[str, str]]:
    """The tree of a formula, and each symbol used with its ASCII form. Raises Unsure with the reason there is none."""
    text = normalise(source)
    parser = Parser(text, tokenize(text))
    tree = parser.whole()
    return tree, parser.used


class Parser:
    """Recursive descent over tokens. `used` collects what every symbol would be in ASCII."""

    def __init__(self, source: str, tokens: list[Token]) -> None:
        self.source = source
        self.tokens = tokens
        self.place = 0
        self.depth = 0
        self.font = ""
        self.used: dict[str, str] = {}

    # Tokens

    def peek(self) -> str:
        """The text of the next token, empty at the end."""
        return self.tokens[self.place].text if self.place < len(self.tokens) else ""

    def spaced(self) -> bool:
        """Whether blanks stand before the next token (the end counts as one)."""
        return self.place >= len(self.tokens) or self.tokens[self.place].spaced

    def take(self) -> Token:
        """The next token, which must be there."""
        if self.place >= len(self.tokens):
            raise Unsure("ends too early")
        self.place += 1
        return self.tokens[self.place - 1]

    def expect(self, text: str) -> None:
        """Takes that token; anything else is an error."""
        if self.peek() != text:
            raise Unsure(f"{text} expected before {self.peek() or 'the end'}")
        self.place += 1

    def take_if(self, text: str) -> bool:
        """Takes the next token if it is that one, and tells so."""
        found = self.peek() == text
        self.place += found
        return found

    def raw_group(self) -> str:
        """The source text of a braced argument, braces not included."""
        self.expect("{")
        start, level = self.tokens[self.place - 1].end, 1
        while level:
            token = self.take()
            level += (token.text == "{") - (token.text == "}")
        return self.source[start : token.start]

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting more. Raises Unsure where there are too many."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unsure(f"nested deeper than {MAX_DEPTH}")
        yield
        self.depth -= 1

    # Rows and groups

    def whole(self) -> Node:
        """The whole formula; lines parted by \\\\ become a grid, aligned if there is an &."""
        rows = self.cells()
        if self.peek():
            raise Unsure(f"{self.peek()} without a beginning")
        if len(rows) == 1 and len(rows[0]) == 1:
            return rows[0][0]
        kind = "aligned" if any(len(row) > 1 for row in rows) else "lines"
        return commands.equations(rows) if kind == "aligned" else Grid(tuple(rows), "lines", "l")

    def cells(self) -> list[tuple[Node, ...]]:
        """Rows of cells up to whatever ends them; a last row that is empty is left out."""
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while True:
            row.append(self.row())
            if self.take_if("&"):
                continue
            rows.append(tuple(row))
            if not (self.take_if("\\\\") or self.take_if("\\cr")):
                break
            row = []
            self._skip_row_gap()
        if len(rows) > 1 and rows[-1] == (Row(()),):
            rows.pop()
        return rows

    def _skip_row_gap(self) -> None:
        """Skips the star and the extra height, `*[4pt]`, that may follow a line break."""
        if not self.spaced():
            self.take_if("*")
        if self.peek() != "[" or self.spaced():
            return
        end = self.source.find("]", self.tokens[self.place].end)
        height = self.source[self.tokens[self.place].end : end].strip() if end > 0 else ""
        if height[-2:] in {"pt", "em", "ex", "mm", "cm", "in", "mu"}:
            while self.take().text != "]":
                pass

    def row(self, stop: str = "", *, infix: bool = True) -> Node:
        """Nodes up to the end of the group, cell or line, or up to the token `stop`; with one \\over or none."""
        items: list[Node] = []
        font = self.font
        while (text := self.peek()) and text not in _ENDS and text != stop:
            if text in _INFIX:
                self.place += 1
                if not infix:
                    raise Unsure(f"a second {text}")
                items = [self._infix(text, items, stop)]
                continue
            items.extend(self.nucleus_with_scripts())
        self.font = font
        return row_of(fences.paired(fences.apart(items)))

    def _infix(self, name: str, before: list[Node], stop: str) -> Node:
        ruled, left, right = _INFIX[name]
        with self.deeper():
            top, bottom = row_of(fences.paired(before)), self.row(stop, infix=False)
        return commands.fraction(top, bottom, ruled=ruled, left=left, right=right)

    def group(self, *, keeps_role: bool = False) -> Node:
        """A braced group, which TeX takes for one ordinary thing, unless a sign in it is to keep its role."""
        with self.deeper():
            self.expect("{")
            inside = self.row()
            self.expect("}")
        if isinstance(inside, Symbol) and inside.role not in {"operator", "inner"} and not keeps_role:
            return replace(inside, role="ordinary")
        return inside

    def argument(self, *, keeps_role: bool = False) -> Node:
        """The argument of a command: a group or a single token with the arguments of its own."""
        if self.peek() == "{":
            return self.group(keeps_role=keeps_role)
        if not self.peek() or self.peek() in _ENDS:
            raise Unsure("an argument is missing")
        with self.deeper():
            return row_of(self.nucleus(number=False))

    # Atoms

    def nucleus_with_scripts(self) -> list[Node]:
        """What stands next, with its scripts on it; nothing, where a command leaves nothing to show."""
        if self.peek() in {"^", "_", "'"}:
            return [self.scripts(Row(()))]
        nodes = self.nucleus(number=True)
        self._limits(nodes)
        if nodes and self.peek() in {"^", "_", "'"} and not isinstance(nodes[-1], Space):
            nodes[-1] = self.scripts(nodes[-1])
        return nodes

    def _limits(self, nodes: list[Node]) -> None:
        while self.peek() in {"\\limits", "\\nolimits", "\\displaylimits"}:
            wanted = self.take().text != "\\nolimits"
            if not nodes or not isinstance(nodes[-1], Symbol) or nodes[-1].role != "operator":
                raise Unsure("\\limits without an operator")
            nodes[-1] = replace(nodes[-1], limits=wanted)

    def scripts(self, base: Node) -> Node:
        """Takes every ' _ ^ that follows and puts it on `base`."""
        found: dict[str, Node] = {}
        primes = 0
        while (text := self.peek()) in {"^", "_", "'"}:
            self.place += 1
            if text == "'":
                primes += 1
            elif text in found:
                raise Unsure(f"two {text} on one base")
            else:
                found[text] = self.argument()
        sup, more = _without_primes(found.get("^"))
        sub = None if is_empty(found.get("_", Row(()))) else found["_"]
        if isinstance(base, Scripts) and base.sup is None and sub is None and not base.primes:
            return replace(base, sup=sup, primes=primes + more)
        if sub is None and sup is None and not primes + more:
            return base
        return Scripts(base, sub, sup, primes + more)

    def nucleus(self, *, number: bool) -> list[Node]:
        """One atom without its scripts; with `number`, all digits of a number."""
        text = self.peek()
        if text == "{":
            return self._grouped()
        if text in SPACES:
            self.place += 1
            return [Space(SPACES[text])] if SPACES[text] else []
        if text[0] == "\\":
            return self._named()
        found = self._number() if number else None
        return [found or self._character()]

    def _named(self) -> list[Node]:
        """A command: a symbol, a font, or something with arguments."""
        text = self.peek()
        if text in COMMANDS:
            return [self.symbol(COMMANDS[self.take().text])]
        return self._font() if text in FONTS else self._command()

    def _grouped(self) -> list[Node]:
        """A group as part of a row: its items, unless a script has to know where it begins."""
        inside = self.group()
        if self.peek() in {"^", "_", "'"} or not isinstance(inside, Row) or not inside.items:
            return [inside]
        return list(inside.items)

    def _command(self) -> list[Node]:
        token = self.take()
        handler = commands.HANDLERS.get(token.text)
        if handler is None:
            raise Unsure(f"unknown command {token.text}")
        with self.deeper():
            node = handler(self, token.text)
        return [] if node is None else list(items_of(node)) if isinstance(node, Row) and node.items else [node]

    def _font(self) -> list[Node]:
        """A font command with its argument, or an old switch that holds to the end of the group."""
        name = self.take().text
        if name in SWITCHES and self.peek() != "{":
            self.font = FONTS[name]
            return []
        before, self.font = self.font, FONTS[name]
        inside = self.argument()
        self.font = before
        return list(inside.items) if isinstance(inside, Row) and self.peek() not in {"^", "_", "'"} else [inside]

    def symbol(self, symbol: Symbol) -> Symbol:
        """That symbol in the current alphabet, remembered together with its ASCII form."""
        if len(symbol.text) == 1:
            symbol = replace(symbol, text=styled(symbol.text, self.font))
        self.used[symbol.text] = symbol.plain
        return symbol

    def letter(self, text: str) -> Symbol:
        """A letter or digit as an ordinary symbol."""
        return self.symbol(Symbol(text, text))

    def _character(self) -> Node:
        before = self.spaced()
        text = self.take().text
        if text in _NEVER:
            raise Unsure(f"a bare {text}")
        if text == "." and self._more_dots():
            return self.symbol(COMMANDS["\\ldots"])
        if text in CHARACTERS:
            return _as_spaced(self.symbol(CHARACTERS[text]), before=before, after=self.spaced())
        if text.isalpha():
            whole = self.font in {"roman", "italic"} or not text.isascii()
            return self._word(text) if whole else replace(self.letter(text), spaced=before)
        return self.letter(text)

    def _more_dots(self) -> bool:
        """Takes the second and third dot of `...` if they are there."""
        dots = [token.text for token in self.tokens[self.place : self.place + 2] if not token.spaced] == [".", "."]
        self.place += 2 * dots
        return dots

    def _word(self, text: str) -> Node:
        """Letters that belong together: roman ones, or a run of Chinese."""
        roman = text.isascii()
        while (following := self.peek()) and len(following) == 1 and not self.spaced():
            if not following.isalpha() or following.isascii() != roman or following in CHARACTERS:
                break
            text += self.take().text
        return self.letter(text)

    def _number(self) -> Node | None:
        """The number that stands next, if one does; in a bold alphabet its digits only."""
        end = end_of_number(self.tokens, self.place)
        if self.font in {"bold", "blackboard"}:
            end = end_of_digits(self.tokens, self.place, spaced=True)
        text = "".join(token.text for token in self.tokens[self.place : end])
        self.place = end
        shown = "".join(styled(character, self.font) for character in text)
        return self.symbol(Symbol(shown, text)) if text else None


def _as_spaced(symbol: Symbol, *, before: bool, after: bool) -> Symbol:
    """The sign in the role that the author's blanks give it: 1/N, 7 / 8, i:j, f: X, a | b."""
    if symbol.text == ":" and after:
        return replace(symbol, role="relation" if before else "punctuation")
    if symbol.text == "." and after:
        return replace(symbol, role="punctuation")
    if symbol.text == "/" and before and after:
        return replace(symbol, role="binary")
    return replace(symbol, spaced=before and after)


def _without_primes(sup: Node | None) -> tuple[Node | None, int]:
    """A superscript without the primes it begins with (`x^{'}`, `x^\\prime`), and their number."""
    if sup is None or is_empty(sup):
        return None, 0
    items = list(items_of(sup))
    primes = 0
    while items and (more := _count_primes(items[0])):
        items.pop(0)
        primes += more
    return (row_of(items) if items else None), primes


def _count_primes(node: Node) -> int:
    if isinstance(node, Symbol) and node.text == "′":
        return 1
    bare = isinstance(node, Scripts) and node.base == Row(()) and node.sub is None and node.sup is None
    return node.primes if bare and isinstance(node, Scripts) else 0

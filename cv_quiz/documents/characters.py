"""Characters as they come out of PDFs, browsers and editors, made plain again."""

from __future__ import annotations

import unicodedata

# Radicals of the CJK Radicals Supplement block that stand for a whole character in text taken out of a PDF.
# NFKC knows the Kangxi radicals (U+2F00..2FD5) but leaves these alone (Unicode, EquivalentUnifiedIdeograph.txt).
_SUPPLEMENT = (
    "⺁厂⺇几⺊卜⺎兀⺒巳⺓幺⺔彑⺕彐⺟母⺠民⺩王⺬示⺮竹⺶羊⺹耂⺻聿⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻏阝"
    "⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐"
    "⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⺅亻⺉刂⺖忄⺘扌⺡氵⺣灬⺨犭⺭礻⺰纟⺾艹⻂衤⻈讠⻌辶"
)


def _plain_characters() -> dict[int, str]:
    table = {ord(_SUPPLEMENT[at]): _SUPPLEMENT[at + 1] for at in range(0, len(_SUPPLEMENT), 2)}
    for code in (*range(0x2F00, 0x2FD6), *range(0xFB00, 0xFB07)):  # Kangxi radicals, Latin ligatures
        table[code] = unicodedata.normalize("NFKC", chr(code))
    return table


def _dropped_characters() -> dict[int, str]:
    controls = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]
    directions = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    invisible = [0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB]
    return dict.fromkeys(controls + directions + invisible, "")


PLAIN = _plain_characters() | {0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x2028: " ", 0x2029: " "}
DROPPED = _dropped_characters()
_TABLE = PLAIN | DROPPED


def clean(text: str) -> str:
    """The text without control, direction and invisible marks, with radicals and ligatures as ordinary characters."""
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


def is_cjk(character: str) -> bool:
    """Whether a character is a Chinese one or its punctuation: between two of them no space belongs."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def is_han(character: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or "\uf900" <= character <= "\ufaff"


def width(text: str) -> int:
    """Columns on a page, a Chinese character counting two."""
    return len(text) if text.isascii() else sum(2 if is_cjk(character) else 1 for character in text)


def is_pictograph(character: str) -> bool:
    """Whether a character is an emoji, a star or a joiner between emoji: decoration, never a word."""
    code = ord(character)
    return (
        0x1F000 <= code <= 0x1FAFF
        or 0x2600 <= code <= 0x27BF
        or 0x2B05 <= code <= 0x2B55
        or code == 0x2B50
        or code in (0xFE0F, 0xFE0E, 0x200D, 0x20E3, 0x2B06, 0x2197, 0x2191, 0x21A9, 0x21E7)
    )

"""Text that is safe to write to a terminal, and text that a poor one can show."""

from __future__ import annotations

import codecs
import re
import unicodedata

# Control characters of both sets but newline and tab (ECMA-48), and those that turn the direction of writing (UAX #9).
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_BIDI}]")
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵏᵐᵗᵈ", "0123456789+-=()niTkmtd", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ", "0123456789+-=()aeoxhklmnpstijruv", strict=True))
_RAISED = re.compile(f"[{''.join(_SUPERSCRIPTS)}]+")
_LOWERED = re.compile(f"[{''.join(_SUBSCRIPTS)}]+")
_ASCII = {
    "─": "-", "━": "-", "│": "|", "┃": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "·": "-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "≡": "==", "∝": "~",
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇔": "<=>", "↦": "|->", "↑": "^", "↓": "v", "✓": "v", "✗": "x",
    "█": "#", "▓": "#", "▒": "+", "░": ":", "▁": "_", "•": "*", "◦": "o", "∙": "*", "⋅": "*", "∗": "*", "★": "*",
    "“": '"', "”": '"', "‘": "'", "’": "'", "′": "'", "″": "''", "…": "...", "⋯": "...", "–": "-", "—": "-", "−": "-",
    "±": "+-", "∓": "-+", "√": "sqrt", "∞": "inf", "∑": "sum", "∏": "prod", "∫": "int", "∂": "d", "∇": "grad",
    "∈": " in ", "∉": " not in ", "∩": "&", "∪": "|", "∅": "{}", "⊂": " subset ", "⊆": " subset= ", "∀": "all ",
    "∃": "exists ", "∧": "and", "∨": "or", "¬": "not ", "∥": "||", "‖": "||", "⊙": "(.)", "⊗": "(x)", "⊕": "(+)",
    "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "°": " deg", "ℓ": "l", "ℝ": "R", "𝔼": "E",
    "≪": "<<", "≫": ">>", "ŷ": "y^", "ϵ": "epsilon", "ϕ": "phi", "ϑ": "theta", "½": "1/2", "¼": "1/4", "¾": "3/4",
    "⅓": "1/3", "§": "section ", "␦": "?", "ı": "i", "ƒ": "f", "⎧": "/", "⎨": "<", "⎩": "\\", "⎪": "|", "⎫": "\\",
    "⎬": ">", "⎭": "/", "⎛": "/", "⎝": "\\", "⎞": "\\", "⎠": "/", "⎜": "|", "⎟": "|", "⎡": "[", "⎢": "[", "⎣": "[",
    "⎤": "]", "⎥": "]", "⎦": "]", "，": ",", "。": ".", "：": ":", "；": ";", "（": "(", "）": ")", "？": "?",
    "！": "!", "、": ",",
}  # fmt: skip
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "o", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip


def safe(text: str) -> str:
    """The text with a sign in the place of every character that could steer the terminal; as long as before."""
    return text if text.isascii() and text.isprintable() else UNSAFE.sub(_sign, text)


def escaped(text: str) -> str:
    """The text with such characters written as JSON writes them, so that JSON stays the same JSON."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def in_ascii(text: str) -> str:
    """The text in ASCII: signs by what stands for them, Greek by name. Chinese is kept, for there is nothing else."""
    if text.isascii():
        return text
    return "".join(map(_character, _scripts_written_out(text)))


def encodable(text: str, encoding: str) -> str:
    """The text with what an encoding lacks written in ASCII."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, READABLE).decode(encoding)
    return text


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """An error handler for codecs: what cannot be encoded, in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = in_ascii(error.object[error.start : error.end])
    return text.encode("ascii", "replace").decode("ascii"), error.end


READABLE = "cvquiz.readable"
codecs.register_error(READABLE, _replaced)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "␦"


def _scripts_written_out(text: str) -> str:
    raised = _RAISED.sub(lambda found: "^" + "".join(_SUPERSCRIPTS[sign] for sign in found.group()), text)
    return _LOWERED.sub(lambda found: "_" + "".join(_SUBSCRIPTS[sign] for sign in found.group()), raised)


def _character(character: str) -> str:
    if character.isascii():
        return character
    if (known := _ASCII.get(character) or _GREEK.get(character)) is not None:
        return known
    if name := _GREEK.get(character.lower()):
        return name.capitalize()
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""
    if "\u2400" <= character <= "\u2421" or unicodedata.east_asian_width(character) in "WF":
        return "?" if character <= "\u2421" else character
    plain = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    return plain if plain.isascii() else _GREEK.get(plain, "?")

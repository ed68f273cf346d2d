"""Letters in other dresses: alphabets (bold, blackboard ...), Unicode scripts, accents."""

from __future__ import annotations

SUPERSCRIPTS = str.maketrans(
    "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ",
)
SUBSCRIPTS = str.maketrans(
    "0123456789+−=()aehijklmnoprstuvx",
    "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
)

# Combining character of each accent, and the word that stands for it where no character can.
ACCENTS = {
    "hat": ("\u0302", "hat"),
    "widehat": ("\u0302", "hat"),
    "bar": ("\u0304", "bar"),
    "overline": ("\u0304", "bar"),
    "tilde": ("\u0303", "tilde"),
    "widetilde": ("\u0303", "tilde"),
    "vec": ("\u20d7", "vec"),
    "overrightarrow": ("\u20d7", "vec"),
    "overleftarrow": ("\u20d6", "overleftarrow"),
    "dot": ("\u0307", "dot"),
    "ddot": ("\u0308", "ddot"),
    "dddot": ("\u20db", "dddot"),
    "check": ("\u030c", "check"),
    "widecheck": ("\u030c", "check"),
    "breve": ("\u0306", "breve"),
    "acute": ("\u0301", "acute"),
    "grave": ("\u0300", "grave"),
    "mathring": ("\u030a", "ring"),
    "underline": ("\u0332", "underline"),
    "underbar": ("\u0332", "underline"),
}

# First capital, first small letter and first digit of an alphabet in the block Mathematical Alphanumeric Symbols,
# and the letters that Unicode had elsewhere before that block was made (The Unicode Standard, section 22.2).
_BLOCKS: dict[str, tuple[int, int, int | None]] = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "blackboard": (0x1D538, 0x1D552, 0x1D7D8),
    "calligraphic": (0x1D49C, 0x1D4B6, None),
    "fraktur": (0x1D504, 0x1D51E, None),
}
_ELSEWHERE = {
    "blackboard": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "calligraphic": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_BOLD_CAPITAL_ALPHA, _BOLD_SMALL_ALPHA = 0x1D6A8, 0x1D6C2
_BOLD_ODD_GREEK = dict(zip("∇∂ϵϑϰϕϱϖ", "𝛁𝛛𝛜𝛝𝛞𝛟𝛠𝛡", strict=True))

# Font commands, the old switches too; roman, italic and the like change nothing that a terminal could show.
FONTS = {
    "\\mathbf": "bold", "\\boldsymbol": "bold", "\\bm": "bold", "\\bf": "bold", "\\mathbfit": "bold", "\\bfseries": "bold",
    "\\symbf": "bold", "\\pmb": "bold", "\\mathbb": "blackboard", "\\Bbb": "blackboard", "\\mathds": "blackboard",
    "\\mathbbm": "blackboard", "\\mathcal": "calligraphic", "\\mathscr": "calligraphic", "\\cal": "calligraphic",
    "\\mathfrak": "fraktur", "\\frak": "fraktur", "\\mathrm": "roman", "\\rm": "roman", "\\mathsf": "roman",
    "\\sf": "roman", "\\mathtt": "roman", "\\tt": "roman", "\\mathup": "roman", "\\mathit": "italic", "\\it": "italic",
    "\\mathnormal": "italic",
}  # fmt: skip
SWITCHES = frozenset({"\\bf", "\\bfseries", "\\cal", "\\frak", "\\rm", "\\sf", "\\tt", "\\it"})


def styled(character: str, font: str) -> str:
    """The character in that alphabet, or as it is where the alphabet has none."""
    if font not in _BLOCKS:
        return character
    capital, small, digit = _BLOCKS[font]
    if character in _ELSEWHERE.get(font, {}):
        return _ELSEWHERE[font][character]
    if "A" <= character <= "Z":
        return chr(capital + ord(character) - ord("A"))
    if "a" <= character <= "z":
        return chr(small + ord(character) - ord("a"))
    if "0" <= character <= "9":
        return character if digit is None else chr(digit + int(character))
    return _bold_greek(character) if font == "bold" else character


def _bold_greek(character: str) -> str:
    if "Α" <= character <= "Ω":
        return chr(_BOLD_CAPITAL_ALPHA + ord(character) - ord("Α"))
    if "α" <= character <= "ω":
        return chr(_BOLD_SMALL_ALPHA + ord(character) - ord("α"))
    return _BOLD_ODD_GREEK.get(character, character)


def superscript(text: str) -> str | None:
    """The text in superscript characters, or None where one of them is missing."""
    return _translated(text, SUPERSCRIPTS)


def subscript(text: str) -> str | None:
    """The text in subscript characters, or None where one of them is missing."""
    return _translated(text, SUBSCRIPTS)


def _translated(text: str, table: dict[int, int]) -> str | None:
    return text.translate(table) if text and all(ord(character) in table for character in text) else None

"""The words of a question: without number, label, emphasis, emoji, difficulty and source marks."""

from __future__ import annotations

from dataclasses import dataclass

from cv_quiz.documents import inline, numbers, vocabulary
from cv_quiz.documents.characters import is_pictograph
from cv_quiz.documents.wording import question_likeness

_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "」": "「", "》": "《"}


@dataclass(frozen=True, slots=True)
class Words:
    """A question's text, the number it bore in print, and the links that stood in it."""

    text: str
    number: str | None
    links: tuple[str, ...] = ()


def read_words(raw: str, *, numbered: bool = True) -> Words:
    """The question in a heading, bold line or item; `numbered` allows the weak number `13 why`."""
    text, targets = _without_source_links(inline.without_tags(raw))
    text = _plain(text)
    number = numbers.split_number(text)
    printed = None
    glued = number is not None and text[: len(text) - len(number.rest)][-1:].isdigit()  # `1.1版本的 HTTP`
    if number and (number.style != "a.") and (numbered or (number.style != "1 " and not glued)):
        printed, text = number.printed, number.rest
    for _ in range(2):
        label = numbers.question_label(text)
        text = label if label is not None else text
        inside = numbers.split_number(text) if printed is None and label is not None else None
        if inside and inside.style != "a.":
            printed, text = inside.printed, inside.rest
    return Words(_tidied(_plain(text)), printed, tuple(targets))


def leading_question(text: str) -> tuple[str, str] | None:
    """`What is X? It is …` as question and answer; None where no answer follows, or where the rest asks on."""
    cut = max(text.find("? ", 0, 300), text.find("？", 0, 300))
    if cut < 4:
        return None
    if link := next((link for link in inline.links(text[:1000]) if link.start < cut < link.end), None):
        cut = link.end - 1
    while text[cut + 1 : cut + 2] in ("?", "？"):
        cut += 1
    following = max(text.find("? ", cut + 1, 300), text.find("？", cut + 1, 300))
    if 0 < following - cut < 120 and "." not in text[cut + 1 : following] and "。" not in text[cut + 1 : following]:
        cut = following
    rest = text[cut + 1 :].strip()
    if len(rest) < 3 or rest[-1] in "?？" or question_likeness(rest) >= 0.5:
        return None
    return text[: cut + 1].strip(), rest


def _plain(text: str) -> str:
    return inline.strip_marks(inline.unemphasised(without_checkbox(text)))


def without_checkbox(text: str) -> str:
    """A list item without the box of a task list."""
    stripped = text.lstrip()
    return stripped[3:] if stripped[:3].lower() in ("[ ]", "[x]") else text


def _without_source_links(text: str) -> tuple[str, list[str]]:
    """Links become their words; those that only say `src` vanish, and every target is kept."""
    pieces: list[str] = []
    targets: list[str] = []
    at = 0
    for link in inline.links(text):
        if link.start < at:  # the address of a badge
            continue
        pieces.append(text[at : link.start])
        at = link.end
        if link.image:
            if not _is_badge(link.target):
                pieces.append(text[link.start : link.end])
            elif pieces[-1].endswith("[") and text[at : at + 2] == "](":  # a badge that is a link
                pieces[-1] = pieces[-1][:-1]
                at = (text.find(")", at) + 1) or len(text)
            continue
        if link.target and not link.target.startswith("#"):
            targets.append(link.target)
        words = link.text.strip(" []【】()（）*`")
        if words and words.lower() not in vocabulary.SOURCE_WORDS:
            pieces.append(link.text)
        elif pieces[-1].endswith("[") and text[at : at + 1] == "]":  # `[[src](url)]`
            pieces[-1] = pieces[-1][:-1]
            at += 1
    return "".join([*pieces, text[at:]]), targets


def _is_badge(target: str) -> bool:
    return "shields.io" in target or "badge" in target


def _tidied(text: str) -> str:
    """Without emoji and a trailing difficulty; white space single; no colon at the end."""
    text = "".join(" " if is_pictograph(character) else character for character in text)
    text = " ".join(text.split())
    while (shorter := _without_difficulty(text)) != text:
        text = shorter
    return text.strip().rstrip(":：").rstrip() or text.strip()


def _without_difficulty(text: str) -> str:
    text = text.strip(" -–—|")
    if text and text[-1] in _PAIRS:
        opening = text.rfind(_PAIRS[text[-1]])
        if opening > 0 and _is_decoration(text[opening + 1 : -1]):
            return text[:opening].rstrip()
    if text[:1] in _PAIRS.values():
        closing = text.find({v: k for k, v in _PAIRS.items()}[text[0]])
        if 0 < closing < len(text) - 1 and _is_decoration(text[1:closing]):
            return text[closing + 1 :].lstrip()
    return text


def _is_decoration(inside: str) -> bool:
    words = inside.strip(" *:：").lower()
    if not inside:
        return False
    named = words.replace("：", ":").split(":")[0].strip() in ("难度", "difficulty")
    return not words.strip("*+!-. ") or words in vocabulary.DIFFICULTIES or named

"""Numbers and labels at the head of a line: `1.`, `（2）`, `1.1`, `三、`, `Q4:`, `第5题`, `答：`.

Everything here looks at the first few characters only and never backtracks.
"""

from __future__ import annotations

from dataclasses import dataclass

from cv_quiz.documents.characters import is_han

HAN_DIGITS = "零〇一二三四五六七八九十百"
_HAN_VALUES = {"零": 0, "〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CLOSERS = ".．、)）:：】]。"


def _by_first(*words: str) -> dict[str, tuple[str, ...]]:
    """Words under their first letter, longer ones before those they begin with."""
    ordered = sorted(words, key=lambda word: -len(word))
    return {first: tuple(word for word in ordered if word[0] == first) for first in {word[0] for word in words}}


_QUESTION_WORDS = _by_first("question", "problem", "面试题", "问题", "题目", "提问", "问", "题", "ques", "que", "q")
_ANSWER_WORDS = _by_first(
    "参考答案", "参考回答", "我的答案", "我的回答", "我的理解", "简要回答", "详细回答", "标准答案", "面试回答", "回答要点",
    "答案解析", "solution", "response", "answers", "answer", "解答", "回答", "答案", "解析", "答复",
    "答", "ans", "sol", "解", "a",
)  # fmt: skip
_CHAPTER_WORDS = _by_first("chapter", "section", "part", "module", "unit", "lesson", "week", "day")
_CHAPTER_UNITS = "章节篇部编讲课卷"
_QUESTION_UNITS = "题问道"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed (`1.6`), its values (1, 6), the style it is written in, and the text behind it.

    The style `"1 "` (nothing but a space behind the number) and `"a."` (a letter) are weak: other lines of the
    document have to confirm them. `"Q1"` marks a question by a word, `"第1章"` a chapter.
    """

    printed: str
    values: tuple[int, ...]
    style: str
    rest: str


def split_number(text: str) -> Number | None:  # noqa: PLR0911  one kind of number, one return
    """The number a line begins with, or None."""
    if not text:
        return None
    first = text[0]
    if first.isdigit() and first.isascii():
        return _arabic(text)
    if first in "(（[【〔":
        return _bracketed(text)
    if first == "第":
        return _ordinal(text)
    if first in HAN_DIGITS:
        return _han(text)
    if "①" <= first <= "⑳":
        return Number(first, (ord(first) - 0x245F,), "①", text[1:].lstrip(" .、:："))
    if first in "#№" or text[:3].lower() == "no.":
        return _hash(text)
    return _worded(text) or _lettered(text)


def _digits(text: str, at: int) -> int:
    """Where the run of ASCII digits that begins at `at` ends."""
    end = at
    while end < len(text) and end < at + 5 and text[end].isdigit() and text[end].isascii():
        end += 1
    return end


def _arabic(text: str) -> Number | None:
    end = _digits(text, 0)
    if end > 3:
        return None
    values = [int(text[:end])]
    if text[end : end + 2] == "\ufe0f\u20e3" or text[end : end + 1] == "\u20e3":
        return Number(text[:end], tuple(values), "keycap", text[end:].lstrip("\ufe0f\u20e3 .、:："))
    end = _more_levels(text, end, values)
    printed = ".".join(map(str, values))
    return _closed(text, end, printed, tuple(values))


def _more_levels(text: str, end: int, values: list[int]) -> int:
    """Reads `.2.3` (also `. 2`, as hurried hands write it) and returns where the number ends."""
    while len(values) < 5 and text[end : end + 1] in (".", "．", "-") and end + 1 < len(text):
        dash = text[end] == "-"
        start = end + 1
        gap = text[start] == " " and not dash
        stop = _digits(text, start + gap)
        if stop == start + gap or stop - start > 3:
            break
        if gap and not _level_after_gap(text, stop):
            break
        if dash and not (text[stop : stop + 1].isspace() or _dashed(text, stop)):
            break
        values.append(int(text[start + gap : stop]))
        end = stop
    return end


def _dashed(text: str, at: int) -> bool:
    """Whether another `-3` follows, so that `2-1-3 why` is a number and `1-bit` is none."""
    return text[at : at + 1] == "-" and text[at + 1 : at + 2].isdigit()


def _level_after_gap(text: str, stop: int) -> bool:
    """`1. 1 why` is 1.1, but `1. 2 networks` or `1. 3D` is item 1: the second number must be closed by a space and Chinese."""
    return text[stop : stop + 1] == " " and is_han(text[stop + 1 : stop + 2] or " ")


def _closed(text: str, end: int, printed: str, values: tuple[int, ...]) -> Number | None:  # noqa: PLR0911  as above
    """Looks at what follows the digits: a closing mark, a space, or Chinese behind a number of several levels."""
    follower = text[end : end + 1]
    levels = "1.1" if len(values) > 1 else ""
    if follower and follower in _CLOSERS:
        after = text[end + 1 :]
        if follower in ":：." and after[:1].isdigit():
            return None
        if follower in "]】" or (follower == ")" and after[:1] in ("^", "*", "/")):
            return None
        style = levels or "1" + {"．": ".", "）": ")", "：": ":", "。": "."}.get(follower, follower)
        return Number(printed, values, style, after.lstrip(" \t.．、：:") if levels else after.lstrip(" \t"))
    if not follower:
        return Number(printed, values, levels or "1 ", "")
    if follower.isspace():
        rest = text[end:].strip()
        dashed = rest[:2] in ("- ", "– ", "— ")
        return Number(printed, values, levels or ("1-" if dashed else "1 "), rest[2:].strip() if dashed else rest)
    if levels and (is_han(follower) or follower in '*_`《“"[【'):
        return Number(printed, values, levels, text[end:])
    return None


def _bracketed(text: str) -> Number | None:
    closer = {"(": ")）", "（": ")）", "[": "]", "【": "】", "〔": "〕"}[text[0]]
    start = 1 + (text[1:2] == " ")
    end = _digits(text, start)
    style = {"(": "(1)", "（": "(1)", "[": "[1]", "【": "[1]", "〔": "[1]"}[text[0]]
    if end > start and text[end : end + 1] and text[end] in closer:
        return Number(text[start:end], (int(text[start:end]),), style, text[end + 1 :].lstrip(" .．、:：)"))
    end = _han_run(text, 1)
    if end > 1 and text[end : end + 1] and text[end] in closer:
        return Number(text[1:end], (_han_value(text[1:end]),), "(一)", text[end + 1 :].lstrip(" .．、:："))
    return None


def _han_run(text: str, at: int) -> int:
    end = at
    while end < len(text) and end < at + 5 and text[end] in HAN_DIGITS:
        end += 1
    return end


def _han_value(digits: str) -> int:
    total, unit = 0, 0
    for digit in digits:
        if digit == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif digit == "十":
            total, unit = total + (unit or 1) * 10, 0
        else:
            unit = _HAN_VALUES[digit]
    return total + unit


def _han(text: str) -> Number | None:
    end = _han_run(text, 0)
    if text[end : end + 1] and text[end] in "、.．)）:：":
        return Number(text[:end], (_han_value(text[:end]),), "一、", text[end + 1 :].lstrip(" \t"))
    return None


def _ordinal(text: str) -> Number | None:
    """`第3题`, `第三章`: a question or a chapter, by its unit."""
    start = 1 + (text[1:2] == " ")
    end = _digits(text, start)
    value = int(text[start:end]) if end > start else None
    if value is None:
        end = _han_run(text, start)
        if end == start:
            return None
        value = _han_value(text[start:end])
    printed = text[start:end]
    unit_at = end + (text[end : end + 1] == " ")
    unit_at += text[unit_at : unit_at + 1] in ("个", "部") and text[unit_at + 1 : unit_at + 2] in ("问", "分", "题")
    unit = text[unit_at : unit_at + 1]
    if not unit or unit not in _CHAPTER_UNITS + _QUESTION_UNITS + "分":
        return None
    rest = text[unit_at + 1 :].removeprefix("题").removeprefix("目").lstrip(" \t.．、:：-—–")
    return Number(printed, (value,), "第1题" if unit in _QUESTION_UNITS else "第1章", rest)


def _hash(text: str) -> Number | None:
    start = 3 if text[:3].lower() == "no." else 1
    start += text[start : start + 1] == " "
    end = _digits(text, start)
    if end == start or (text[end : end + 1] and text[end] not in " .．、:：)）]"):
        return None
    return Number(text[start:end], (int(text[start:end]),), "#1", text[end:].lstrip(" .．、:：)）]-"))


def _worded(text: str) -> Number | None:
    """`Q1. …`, `Question 3: …`, `问题一：…`; a word without a number is `question_label`'s business."""
    word = _leading_word(text, _QUESTION_WORDS)
    if not word:
        return _chapter_word(text)
    start = len(word)
    while text[start : start + 1] and text[start] in " .-#_(（":
        start += 1
    end = _digits(text, start)
    value = int(text[start:end]) if end > start else None
    if value is None:
        end = _han_run(text, start)
        value = _han_value(text[start:end]) if end > start and not word.isascii() else None
    if (
        value is None
        or not _ends_label(text, end, word)
        or (text[start] in HAN_DIGITS and is_han(text[end : end + 1] or " "))
    ):
        return None
    return Number(text[start:end], (value,), "Q1", text[end:].lstrip(" \t.．、:：)）]】-–—*_"))


def _ends_label(text: str, end: int, word: str) -> bool:
    follower = text[end : end + 1]
    return (
        not follower
        or follower.isspace()
        or follower in ".．、:：)）]】-–—*_"
        or (not word.isascii() and is_han(follower))
    )


def _chapter_word(text: str) -> Number | None:
    word = _leading_word(text, _CHAPTER_WORDS)
    if not word or text[len(word) : len(word) + 1] != " ":
        return None
    start = len(word) + 1
    end = _digits(text, start)
    if end == start or (text[end : end + 1] and text[end] not in " .:：-–—"):
        return None
    return Number(text[start:end], (int(text[start:end]),), "第1章", text[end:].lstrip(" .:：-–—"))


def _lettered(text: str) -> Number | None:
    if (
        len(text) > 1
        and text[0].isascii()
        and text[0].isalpha()
        and text[1] in ".)、）．"
        and text[2:3] in ("", " ", "\t")
    ):
        return Number(text[0], (ord(text[0].lower()) - 96,), "a.", text[2:].lstrip())
    if len(text) > 2 and text[0].isascii() and text[0].isalpha() and text[1] in ".)、）．" and is_han(text[2]):
        return Number(text[0], (ord(text[0].lower()) - 96,), "a.", text[2:])
    return None


def _leading_word(text: str, words: dict[str, tuple[str, ...]]) -> str:
    """The longest of the words that a text begins with."""
    fitting = words.get(text[:1].lower())
    if not fitting:
        return ""
    head = text[:14].lower()
    return next((text[: len(word)] for word in fitting if head.startswith(word)), "")


def question_label(text: str) -> str | None:
    """What follows `Q:`, `问：`, `Question:`; None where the line has no such label."""
    return _labelled(text, _QUESTION_WORDS)


def answer_label(text: str) -> str | None:
    """What follows `A:`, `A1:`, `答：`, `Ans.`, `**Answer**`; None where the line has no such label."""
    return _labelled(text, _ANSWER_WORDS)


def _labelled(text: str, words: dict[str, tuple[str, ...]]) -> str | None:
    opened = len(text[:8]) - len(text[:8].lstrip("*_ #>[【(（<"))
    word = _leading_word(text[opened:], words)
    if not word:
        return None
    at = opened + len(word)
    digits = at + (text[at : at + 1] == " ")
    end = _digits(text, digits)
    at = end if end > digits else at
    return _behind_label(text, at, marked=opened > 0, word=word)


def _behind_label(text: str, at: int, *, marked: bool, word: str) -> str | None:
    """The rest of the line when a colon, a closing mark, or the end of the line follows the label word."""
    end = at
    closers = ":：.．】]、" + ")）*_" * marked
    if len(word) == 1 and word.isascii():  # `A.` and `a)` are options of a choice, `A:` and `A1.` are labels
        numbered = text[at - 1].isdigit()
        closers = ":：" + ".．)）" * numbered + ".)" * (word == "Q") if word.isupper() else ""
    closed = False
    while end < len(text) and end < at + 8 and text[end] in " \t*_:：.．】])）、>-":
        closed = closed or text[end] in closers
        end += 1
    if text[at : at + 2] == "](":  # a link whose words are the label
        return None
    alone = end >= len(text) and (len(word) > 1 or marked or not word.isascii())
    return text[end:].strip() if closed or alone else None

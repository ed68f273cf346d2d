"""How much a line reads like a question, and what a heading or label is for."""

from __future__ import annotations

from cv_quiz.documents import vocabulary
from cv_quiz.documents.characters import is_han
from cv_quiz.documents.inline import bare


def question_likeness(text: str) -> float:
    """From 0 (a sentence or a label) to 1 (a question) for the words of a line without its number."""
    words = text[:400].strip()
    if not words:
        return 0.0
    if words[-1] in "?？":
        return 1.0 if len(text) <= 300 else 0.6
    if _is_title(words):
        return 0.2
    asked = _asked(words)
    if words[-1] in ":：":
        return 0.7 * asked if asked >= 0.8 else 0.1
    if words[-1] in "。；;，," or (words[-1] == "." and " " in words):
        return _sentence_likeness(words, asked)
    long = sum(2 if is_han(character) else 1 for character in words) > 120
    return asked * (0.5 if long else 1.0)


def _sentence_likeness(words: str, asked: float) -> float:
    """How much a line that ends like a sentence asks: a command does, and so may one short clause."""
    if _is_command(words) and len(words) < 200:
        return asked if "?" in words or "？" in words else 0.6 * asked
    clause = len(words) <= 30 and not any(mark in words[:-1] for mark in "。；;，,：:")
    return 0.3 if asked >= 0.5 and clause else 0.05


def _asked(words: str) -> float:
    if "?" in words or "？" in words:
        return 0.8
    if any(word in words for word in vocabulary.ASKING_ZH):
        return 0.85
    if _is_command(words):
        return 0.8
    return 0.5 if any(word in words for word in vocabulary.TOPICS_ZH) else 0.3


def _is_title(words: str) -> bool:
    """`List of ML questions`, `Java 面试题汇总`: the name of a collection."""
    return len(words) <= 80 and words.lower().rstrip(".。:：").endswith(vocabulary.COLLECTIONS)


def _is_command(words: str) -> bool:
    first, _, rest = words.lstrip("\"'“‘(`*_").lower().partition(" ")
    named = first == "list" and rest.startswith("of ")  # `List of questions` is a title
    plain = words.lstrip('*_“"')
    ordered = plain.startswith(vocabulary.COMMANDS_ZH) and not plain.startswith(vocabulary.NOUNS_ZH)
    return ordered or (first.strip(",:*_") in vocabulary.ASKING_EN and bool(rest.strip()) and not named)


def _key(text: str) -> str:
    return bare(text[:200]).strip(" :：.。!！?？#-—").lower()


def is_label(text: str) -> bool:
    """Whether the words name a part of an answer: `示例`, `Explanation`, `优点`."""
    return _key(text) in vocabulary.LABELS


def asks_below(text: str) -> bool:
    """Whether a heading only says that a question stands below it: `面试题`, `Question`."""
    return _key(text) in vocabulary.ASKED_BELOW


def answers_below(text: str) -> bool:
    """Whether a heading says that an answer stands below it: `面试题剖析`, `Solution`."""
    return any(word in _key(text) for word in vocabulary.ANSWERED_BELOW)


def names_collection(text: str) -> bool:
    """Whether a heading says only that questions follow: `Questions`, `Questions-and-Answers`, `面试题汇总`."""
    return _key(text).replace("-", " ") in vocabulary.COLLECTIONS


def is_apart(text: str) -> bool:
    """Whether a heading names a part that holds no questions: contents, licence, references, thanks."""
    return _key(text) in vocabulary.APART


def is_opening(text: str) -> bool:
    """Whether a heading names a preface or an epilogue."""
    return _key(text) in vocabulary.OPENINGS


def is_todo(text: str) -> bool:
    """Whether an answer is only a promise: `TODO`, `待补充`, `...`."""
    if text.strip().lower() in ("none.", "无。"):  # a sentence, if a short one
        return False
    key = text[:80].strip().strip("*_`[]()（）【】<>-–—.。…:：!！xX \t\n").lower()
    return key in vocabulary.PROMISES

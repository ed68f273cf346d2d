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
    asked = _asked(words)
    if words[-1] in ":：":
        return 0.7 * asked if asked >= 0.8 else 0.1
    if words[-1] in "。；;，," or (words[-1] == "." and " " in words):
        if _is_command(words) and len(words) < 200:
            return 0.6 * asked
        return 0.3 if asked >= 0.5 and len(words) <= 30 and not any(mark in words[:-1] for mark in "。；;，,：:") else 0.05
    long = sum(2 if is_han(character) else 1 for character in words) > 120
    return asked * (0.5 if long else 1.0)


def _asked(words: str) -> float:
    if "?" in words or "？" in words:
        return 0.8
    if any(word in words for word in vocabulary.ASKING_ZH):
        return 0.85
    if _is_command(words):
        return 0.8
    return 0.5 if any(word in words for word in vocabulary.TOPICS_ZH) else 0.3


def _is_command(words: str) -> bool:
    first, _, rest = words.lstrip("\"'“‘(`*_").lower().partition(" ")
    named = first == "list" and rest.startswith("of ")  # `List of questions` is a title
    return (first.strip(",:*_") in vocabulary.ASKING_EN and not named) or words.lstrip("*_“\"").startswith(vocabulary.COMMANDS_ZH)


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


def is_apart(text: str) -> bool:
    """Whether a heading names a part that holds no questions: contents, licence, references, thanks."""
    return _key(text) in vocabulary.APART


def is_opening(text: str) -> bool:
    """Whether a heading names a preface or an epilogue."""
    return _key(text) in vocabulary.OPENINGS


def is_todo(text: str) -> bool:
    """Whether an answer is only a promise: `TODO`, `待补充`, `...`."""
    key = text[:80].strip().strip("*_`[]()（）【】<>-–—.。…:：!！xX \t\n").lower()
    return key in vocabulary.PROMISES

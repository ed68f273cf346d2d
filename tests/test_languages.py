"""Every message exists in both languages, says the same fields, and is in the language it claims to be."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cv_quiz.language import Text, choose_language

PACKAGE = Path(__file__).resolve().parents[1] / "cv_quiz"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def pairs() -> tuple[tuple[str, str, str], ...]:
    """All of the package, read once."""
    return tuple(found())


def found() -> Iterator[tuple[str, str, str]]:
    """(place, zh, en) of every pair of literals: Text(zh, en) and t(zh, en)."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Text", "t"):
                values = [*node.args, *(keyword.value for keyword in node.keywords)]
                texts = [
                    value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
                ]
                if len(texts) == 2:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", *texts


def fields(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_are_messages() -> None:
    assert len(pairs()) > 300


def test_both_texts_say_the_same_fields() -> None:
    wrong = []
    for place, zh, en in pairs():
        try:
            same = fields(zh) == fields(en)
        except ValueError:  # braces that are no fields: the text is never formatted
            same = zh.count("{") == en.count("{")
        if not same:
            wrong.append(place)
    assert wrong == []


def test_each_text_is_in_its_language() -> None:
    wrong = [place for place, zh, en in pairs() if CHINESE.search(en)]
    for place, zh, en in pairs():
        is_code = zh.rstrip("。") == en.rstrip(".")
        if len(re.findall("[a-z]{3,}", en)) > 3 and not CHINESE.search(zh) and not is_code:
            wrong.append(place)
    assert wrong == []


def test_no_text_is_empty() -> None:
    assert [place for place, zh, en in pairs() if bool(zh.strip()) != bool(en.strip())] == []


@pytest.mark.parametrize(
    ("environment", "configured", "expected"),
    [
        ({"CVQUIZ_LANG": "zh", "LANG": "en_US.UTF-8"}, "en", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "en", "en"),
        ({"LC_ALL": "en_GB", "LANG": "zh_CN.UTF-8"}, None, "en"),
        ({"LANG": "de_DE.UTF-8"}, None, "en"),
        ({}, None, "en"),
        ({"CVQUIZ_LANG": "fr"}, "zh", "zh"),
    ],
)
def test_the_language_is_chosen(environment: dict[str, str], configured: str | None, expected: str) -> None:
    assert choose_language(environment, configured) == expected


def test_a_text_in_a_text_gets_its_own_words() -> None:
    outer = Text("问：{what}", "Q: {what}").format(what=Text("甲", "A"))
    assert (outer.zh, outer.en) == ("问：甲", "Q: A")

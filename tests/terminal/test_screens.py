"""The screens as they are: each file in screens/ is one, at a width and in a mode; --update-screens writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.person import Person

SCREENS = Path(__file__).parent / "screens"
DECK = Path(__file__).parent / "screens" / "deck.yaml"
MODES = {
    "40": (40, {"NO_COLOR": "1"}), "60": (60, {"NO_COLOR": "1"}), "80": (80, {"NO_COLOR": "1"}), "120": (120, {"NO_COLOR": "1"}),
    "80-colour": (80, {}), "80-dumb": (80, {"TERM": "dumb"}), "60-wide": (60, {"NO_COLOR": "1", "CVQUIZ_AMBIGUOUS_WIDTH": "2"}),
}  # fmt: skip


def session(home: Path, language: str, columns: int, environment: dict[str, str]) -> str:
    """Everything a short session writes: each kind of card, asked and answered."""
    words = {
        "CVQUIZ_LANG": language,
        "CVQUIZ_NOW": "2026-03-01T09:00:00+08:00",
        "CVQUIZ_AMBIGUOUS_WIDTH": "1",
        **environment,
    }
    with Person(home, "study", str(DECK), columns=columns, rows=60, **words) as person:
        for ready, keys in (("[q]", " "), ("[?]\r\n", "3"), ("BN", "?"), ("$EDITOR" if language == "en" else "e 在", " "),
                            ("Each channel", "4"), ("[…]", "t"), ("blank:" if language == "en" else "填空：", "union\r"),
                            ("1/1" if language == "zh" else "1 of 1", "\r"), ("[q]", "q")):  # fmt: skip
            person.reads(ready)
            person.types(keys)
        person.leaves()
        return person.raw.decode()


def readable(raw: str) -> str:
    """The output from the first card on as text: escapes visible, seconds and minutes replaced by what does not change."""
    text = re.sub(r"\x1b\[\?2004[hl]", "", raw)  # bracketed paste, switched on and off
    text = text.replace("\r", "").replace("\x1b", "␛")
    text = text[text.index("\n\n", text.index("Today:") if "Today:" in text else text.index("今天：")) :]
    text = re.sub(r"[─-]+ \d+ s [─-]+", "── N s ──", text)
    text = re.sub(r"about \d+ min left|剩约 \d+ 分钟", "about N min left", text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


# Each width and each mode in one language, and the usual one in both; the others with `--slow`.
FAST = {"en-40", "zh-60", "en-80", "zh-80", "zh-120", "en-80-colour", "zh-80-dumb", "en-60-wide"}
SHOWN = [
    pytest.param(
        mode, language, marks=[] if f"{language}-{mode}" in FAST else [pytest.mark.slow], id=f"{mode}-{language}"
    )
    for mode in MODES
    for language in ("en", "zh")
]


@pytest.mark.parametrize(("mode", "language"), SHOWN)
def test_a_session_looks_as_it_did(home: Path, mode: str, language: str, request: pytest.FixtureRequest) -> None:
    columns, environment = MODES[mode]
    shown = readable(session(home, language, columns, environment))
    path = SCREENS / f"{language}-{mode}.txt"
    if request.config.getoption("--update-screens"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")

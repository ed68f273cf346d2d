"""Text from a learner's program, made fit to be shown."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
# Controls but tab and newline, bidirectional overrides, lone surrogates, and what is no character at all.
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]"
)
ELLIPSIS: Final = " …"


def clean(text: str, limit: int) -> str:
    """The text without escape sequences and control characters, at most `limit` characters and a mark of the cut."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text
    head = text[: limit + 1]
    fit = _UNFIT.sub("", _ESCAPE.sub("", head.replace("\r\n", "\n")))
    return fit if len(head) <= limit else fit[:limit] + ELLIPSIS

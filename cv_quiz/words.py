"""Cutting text into search terms: Latin words as they are, Chinese as pairs of characters.

SQLite's own tokenizers take a run of Chinese for one word, and its trigrams cannot find words of two characters.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[a-z0-9]+|[\u2e80-\u9fff\uf900-\ufaff]+")


def terms(text: str) -> list[str]:
    """The terms of a text, in order: case and width folded, Chinese runs as overlapping pairs."""
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii() or len(run) == 1:
            found.append(run)
        else:
            found.extend(run[start : start + 2] for start in range(len(run) - 1))
    return found

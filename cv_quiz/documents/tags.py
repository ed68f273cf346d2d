"""HTML as far as a document of notes needs it: which tag a line begins with."""

from __future__ import annotations


def tag_name(text: str) -> str:
    """The name of the tag a line begins with (`/details` for a closing one), lower case; empty where there is none."""
    at = 1 + (text[1:2] == "/")
    end = at
    while end < len(text) and end < at + 12 and text[end].isascii() and text[end].isalnum():
        end += 1
    if text[:1] != "<" or end == at or (text[end : end + 1] and text[end] not in " \t/>"):
        return ""
    return text[1:end].lower()

"""Relative targets of images and links, made to hold from where the deck will lie."""

from __future__ import annotations

import posixpath

from cv_quiz.documents import inline


def resolve_targets(line: str, base: str | None) -> str:
    """The line with every relative target resolved against `base`, the document's folder; None leaves them as written."""
    if base is None or "](" not in line:
        return line
    pieces: list[str] = []
    at = 0
    for link in inline.links(line):
        written = line[link.start : link.end]
        if link.target and link.text + link.target != written and is_relative(link.target):
            written = written.replace(f"({link.target}", f"({resolve(link.target, base)}", 1)
        pieces += [line[at : link.start], written]
        at = link.end
    return "".join([*pieces, line[at:]])


def resolve(target: str, base: str) -> str:
    """A relative target seen from `base`."""
    return posixpath.normpath(posixpath.join(base, target.replace("\\", "/")))


def is_relative(target: str) -> bool:
    """Whether a target is a path beside the document: no scheme, no anchor, no root."""
    head = target.split("/", 1)[0]
    return bool(target) and not target.startswith(("#", "/", "<", "?")) and ":" not in head

"""The JSON Schema of a deck file, for editors. `decks/deck.schema.json` is this, written out; a test keeps it so."""

from __future__ import annotations

from typing import Any

SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
SLUGS = {"type": "array", "items": SLUG}

_ABOUT = {
    "id": "A stable slug. It is the card's identity: the history hangs on it.",
    "question": "The question, in Markdown with $...$ mathematics.",
    "answer": "The answer, in Markdown with $...$ and $$...$$ mathematics, code and tables.",
    "cloze": "A text with {{blanks}}, or {{blanks::with a hint}}.",
    "choices": "The choices of a multiple-choice card; shuffled when asked.",
    "correct": "The indices of the right choices, from 0.",
    "why": "One sentence for each choice: why it is right or wrong.",
    "drill": "The drill of a code card; its grade becomes the rating.",
    "points": "What a good answer names; the learner ticks them.",
    "hint": "Shown on request, before the answer.",
    "tags": "Words to study by, such as nms or company/tencent.",
    "sources": "Where the question comes from.",
    "references": "Papers, book sections or documentation the answer rests on.",
    "links": "Addresses that belong to the card.",
    "prerequisites": "Ids of cards to learn before this one.",
    "siblings": "Ids of cards that give this one away.",
    "follow_ups": "What an interviewer asks next.",
    "importance": "3 core, 2 usual, 1 rare.",
    "legacy": "Still in the documents, hardly asked today: asked last.",
    "draft": "Kept and listed, never asked.",
    "imported": "The hash of the text as it was imported; written by cvquiz import.",
}
_SOURCE = {
    "type": "object",
    "required": ["document"],
    "additionalProperties": False,
    "properties": {"document": TEXT, "line": {"type": "integer", "minimum": 0}, "number": TEXT, "section": TEXT},
}
_TYPES: dict[str, dict[str, Any]] = {
    "id": SLUG, "choices": TEXTS | {"minItems": 2}, "correct": {"type": "array", "items": {"type": "integer", "minimum": 0}},
    "why": TEXTS, "points": TEXTS, "tags": TEXTS, "sources": {"type": "array", "items": _SOURCE}, "references": TEXTS,
    "links": TEXTS, "prerequisites": SLUGS, "siblings": SLUGS, "follow_ups": TEXTS,
    "importance": {"type": "integer", "enum": [1, 2, 3]}, "legacy": {"type": "boolean"}, "draft": {"type": "boolean"},
}  # fmt: skip


def deck_schema() -> dict[str, Any]:
    """The schema, for JSON Schema draft 7, which YAML language servers understand."""
    card = {
        "type": "object",
        "required": ["id"],
        "additionalProperties": False,
        "properties": {key: _TYPES.get(key, TEXT) | {"description": about} for key, about in _ABOUT.items()},
        "anyOf": [{"required": ["question"]}, {"required": ["cloze"]}],
        "dependencies": {"choices": ["correct"], "correct": ["choices"], "why": ["choices"]},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "cvquiz deck",
        "type": "object",
        "required": ["id", "title", "language", "cards"],
        "additionalProperties": False,
        "properties": {
            "id": SLUG | {"description": "The file's name without .yaml."},
            "title": TEXT,
            "language": {"enum": ["zh", "en"]},
            "cards": {"type": "array", "items": card},
        },
    }

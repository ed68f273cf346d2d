"""From a Q&A document to a deck; one file per layout.

The way of a document: `reading` (bytes to lines), `blocks` (lines to blocks), `regions` and `contents` (what is none),
`layouts` (what may be a question), `evidence` and `decision` (what is one), `answers` (what lies below it),
`importing` (cards, and the account of every line). `merging` brings a later import into a deck that was edited by
hand; `duplicates` finds questions that another deck asks too.
"""

from __future__ import annotations

from cv_quiz.documents.account import LeftOut
from cv_quiz.documents.decision import MARKERS
from cv_quiz.documents.duplicates import Duplicate, find_duplicates
from cv_quiz.documents.facts import Difference
from cv_quiz.documents.importing import Imported, import_document
from cv_quiz.documents.merging import Conflict, Merged, merge
from cv_quiz.documents.reading import Document, read_document

__all__ = [
    "MARKERS",
    "Conflict",
    "Difference",
    "Document",
    "Duplicate",
    "Imported",
    "LeftOut",
    "Merged",
    "find_duplicates",
    "import_document",
    "merge",
    "read_document",
]

"""Everything that can go wrong in words a user understands.

CvquizError                an error that ends the command with `exit_status`
├── UsageError             2  the command was called in a way that makes no sense
└── InputError             3  an input cannot be read, or is invalid
    ├── DeckError             a deck file (carries its diagnostics)
    ├── DocumentError         a Q&A document
    ├── ConfigError           config.toml
    └── StoreError            reviews.db or cache.db
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from cv_quiz.language import Text


class CvquizError(Exception):
    """An error with a message in both languages: what happened, where, what to do."""

    exit_status: ClassVar[int] = 3

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class UsageError(CvquizError):
    """The command was called in a way that makes no sense."""

    exit_status = 2


class InputError(CvquizError):
    """An input cannot be read, or is invalid."""


class DeckError(InputError):
    """A deck file cannot be read, or breaks the format."""


class DocumentError(InputError):
    """A document cannot be read, or holds no question."""


class ConfigError(InputError):
    """config.toml cannot be read, or holds a value that makes no sense."""


class StoreError(InputError):
    """A database cannot be opened, read or written."""

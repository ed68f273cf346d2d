"""Words to the user: in their language, results on stdout, messages on stderr."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from cv_quiz.config import home_folder, read_config
from cv_quiz.errors import CvquizError
from cv_quiz.language import Text, choose_language
from cv_quiz.terminal.legible import escaped

if TYPE_CHECKING:
    from cv_quiz.language import Language


@lru_cache(maxsize=1)
def language() -> Language:
    """The language of this run: CVQUIZ_LANG, config.toml, the locale."""
    configured = None
    if not os.environ.get("CVQUIZ_LANG"):
        try:
            configured = read_config(home_folder(os.environ) / "config.toml").language
        except CvquizError:
            # A broken config.toml is reported by the command that needs it, in the locale's language.
            configured = None
    return choose_language(os.environ, configured)


def t(zh: str, en: str) -> str:
    """One of two texts, for help that is written where an option is declared."""
    return Text(zh, en).say(language())


def say(text: Text | str = "") -> None:
    """A result, on stdout; a control character in it is written as an escape."""
    print(escaped(text.say(language()) if isinstance(text, Text) else text))


def warn(text: Text) -> None:
    """A message, on stderr, in one or two lines."""
    print(escaped(f"cvquiz: {text.say(language())}"), file=sys.stderr)

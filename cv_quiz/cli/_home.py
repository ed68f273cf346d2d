"""The user's home as the commands open it: what it has to tell goes to stderr."""

from __future__ import annotations

import os
import sys

from cv_quiz.cli._say import warn
from cv_quiz.home import Home


def open_home() -> Home:
    """The home of this environment."""
    return Home(os.environ, tell=warn, wait=warn if sys.stderr.isatty() else None)

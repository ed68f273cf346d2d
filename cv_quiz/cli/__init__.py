"""The commands: every module here without a leading underscore is one."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script."""
    from cv_quiz.cli._app import run

    sys.exit(run(sys.argv[1:]))

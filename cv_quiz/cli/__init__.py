"""The commands: every module here without a leading underscore is one."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script."""
    from cv_quiz.cli import _ahead

    try:
        _ahead.begin(sys.argv[1:])
        from cv_quiz.cli._app import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # pressed while the commands were being loaded
        status = 130
    finally:
        _ahead.give_up()
    sys.exit(status)

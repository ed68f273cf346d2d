"""`python -m cv_quiz`."""

from cv_quiz.cli import main

main()

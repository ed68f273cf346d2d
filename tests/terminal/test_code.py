"""Code on the screen: broken only where it is too wide, with its indentation kept."""

import io
import re

import pytest

from cv_quiz.terminal.code import highlighted
from cv_quiz.terminal.screen import Screen

LINE = "        result = intersection_width * intersection_height / (area_a + area_b)  # a remark"


@pytest.mark.parametrize("colour", [False, True])
def test_a_broken_line_keeps_its_indentation(colour):
    screen = Screen(io.StringIO(), width=50, colour=colour)
    rows = [re.sub(r"\x1b\[[0-9;]*m", "", row) for row in highlighted(f"def f():\n{LINE}", "python", screen, 50)]
    assert rows[0] == "def f():"
    assert rows[1].startswith(" " * 8 + "result")
    assert len(rows) > 2
    assert all(row.startswith(" " * 10) and row[10] != " " for row in rows[2:])
    assert "".join(rows[1:]).replace(" ", "") == LINE.replace(" ", "")


def test_colours_do_not_change_the_text():
    narrow, colourful = Screen(io.StringIO(), width=90), Screen(io.StringIO(), width=90, colour=True)
    bare = highlighted(LINE, "python", narrow, 90)
    painted = highlighted(LINE, "python", colourful, 90)
    assert bare == [LINE]
    assert painted != bare
    assert [re.sub(r"\x1b\[[0-9;]*m", "", row) for row in painted] == bare

"""Editing a card: nothing a learner wrote is lost, and what is wrong is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cv_quiz.home import Home
from cv_quiz.terminal import editing
from cv_quiz.terminal.editing import drop_edit, edit_card

SHIPPED = "nms-steps"
OWN = "id: mine\ntitle: Mine\nlanguage: en\ncards:\n  - id: own\n    question: Good?\n    answer: a\n"


@pytest.fixture
def learner(home: Path) -> Home:
    return Home({"CVQUIZ_HOME": str(home), "CVQUIZ_LANG": "en"})


def script(folder: Path, body: str) -> dict[str, str]:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return {"EDITOR": str(path)}


def test_an_edit_that_does_not_parse_is_opened_as_it_is(learner: Home, tmp_path: Path) -> None:
    broken = "sed -i 's/^    question: .*/    question: MY: words/' \"$2\""
    first = edit_card(learner, SHIPPED, script(tmp_path, broken))
    path = next((learner.folder / "edits").rglob("*.yaml"))
    assert not first.good
    assert f"{path}:" in first.said.en
    assert "MY: words" in path.read_text()
    second = edit_card(learner, SHIPPED, script(tmp_path, f'echo "$1" > {tmp_path}/line'))
    assert not second.good
    assert "MY: words" in path.read_text()
    line = int((tmp_path / "line").read_text().strip().lstrip("+"))
    assert "MY: words" in path.read_text().splitlines()[line - 1]
    assert str(path) in drop_edit(learner, SHIPPED).en
    mended = "sed -i 's/MY: words/My words?/' \"$2\""
    assert edit_card(learner, SHIPPED, script(tmp_path, mended)).good
    assert learner.card(SHIPPED).question == "My words?"


def test_looking_at_a_shipped_card_makes_no_edit(learner: Home, tmp_path: Path) -> None:
    assert edit_card(learner, SHIPPED, {"EDITOR": "true"}).good
    assert list((learner.folder / "edits").rglob("*.yaml")) == []
    edit_card(learner, SHIPPED, script(tmp_path, "sed -i 's/^    question: .*/    question: Mine?/' \"$2\""))
    path = next((learner.folder / "edits").rglob("*.yaml"))
    before = path.read_bytes()
    other = next(card.id for card in learner.library.cards("en", path.stem) if card.id != SHIPPED)
    edit_card(learner, other, {"EDITOR": "true"})
    assert path.read_bytes() == before


def test_a_broken_deck_of_ones_own_can_be_opened_again(learner: Home, tmp_path: Path) -> None:
    path = learner.folder / "decks" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(OWN)
    known = learner.library.place("own", "en")
    broken = edit_card(learner, "own", script(tmp_path, "sed -i 's/Good?/MY: words/' \"$2\""), known)
    assert not broken.good
    assert "mine.yaml:6:" in broken.said.en
    assert learner.library.place("own", "en") is None
    assert edit_card(learner, "own", script(tmp_path, "sed -i 's/MY: words/Better?/' \"$2\""), known).good
    assert learner.card("own").question == "Better?"


@pytest.mark.parametrize(
    ("editor", "said"), [('vi "x', "not a command"), ("false", "status 1"), ("/no/such/editor", "cannot be started")]
)
def test_an_editor_that_fails_is_named(learner: Home, editor: str, said: str) -> None:
    edited = edit_card(learner, SHIPPED, {"EDITOR": editor})
    assert not edited.good
    assert said in edited.said.en
    assert list((learner.folder / "edits").rglob("*.yaml")) == []


def test_an_empty_editor_is_the_usual_one(learner: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vi").write_text("#!/bin/sh\nsed -i 's/^    question: .*/    question: By vi?/' \"$2\"\n")
    (tmp_path / "vi").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert edit_card(learner, SHIPPED, {"EDITOR": " "}).good
    assert learner.card(SHIPPED).question == "By vi?"


def test_a_full_disk_is_said_and_leaves_no_part(learner: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(editing.os, "fsync", full)
    edited = edit_card(learner, SHIPPED, {"EDITOR": "true"})
    assert not edited.good
    assert "No space left" in edited.said.en
    assert [path for path in (learner.folder / "edits").rglob("*") if path.is_file()] == []

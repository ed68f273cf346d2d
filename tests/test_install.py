"""Decks are found from the checkout and from the built wheel; the generated files are what their generators write."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cv_quiz.library import shipped_folder

ROOT = Path(__file__).resolve().parents[1]


def test_decks_are_found_in_the_checkout() -> None:
    assert list((shipped_folder() / "zh").glob("*.yaml"))


@pytest.mark.slow
def test_the_wheel_carries_decks_and_runs_without_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=True
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "CVQUIZ_HOME": str(tmp_path / "home"),
        "CVQUIZ_LANG": "zh",
    }
    script = "import cv_quiz, sys; from cv_quiz.cli import main; sys.argv = ['cvquiz', 'study', '--plain']; print(cv_quiz.__file__); main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        input="\n3\nq\n",
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout.splitlines()[0]
    assert "第 1 张" in done.stdout
    assert not list((tmp_path / "site").glob("tests"))


def test_the_readmes_name_the_same_commands() -> None:
    blocks = []
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks.append([line for line in text.splitlines() if line.startswith("python3 -m venv")])
    assert blocks[0] == blocks[1]
    assert len(blocks[0]) == 2


def test_the_readmes_show_what_a_run_shows() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "readme.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]

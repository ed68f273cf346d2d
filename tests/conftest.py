"""What all tests share: a home of their own, the slow marker, and how random inputs are chosen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from cv_quiz.home import Home

SHARED = Path(__file__).resolve().parents[2] / "shared"

# Random inputs are the same in every run, so that no gate is decided by chance, and nothing is kept between runs.
# `pytest --hypothesis-profile=explore` looks at others.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", derandomize=False, database=None, deadline=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-screens", action="store_true", help="write the expected screens anew")
    parser.addoption("--slow", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="slow: run with --slow"))


@pytest.fixture
def new_home(tmp_path: Path) -> Path:
    """The folder of somebody who has never started cvquiz."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache.db in which the shipped decks stand."""
    opened = Home({"CVQUIZ_HOME": str(tmp_path_factory.mktemp("indexed"))})
    opened.library.refresh()
    opened._cache.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    opened._cache.close()
    return opened.folder / "cache.db"


@pytest.fixture
def home(new_home: Path, index: Path) -> Path:
    """The same, with the shipped decks indexed: a command goes on where that takes longer than all else."""
    shutil.copyfile(index, new_home / "cache.db")
    return new_home


@pytest.fixture
def documents() -> Path:
    folder = SHARED / "documents"
    if not folder.is_dir():
        pytest.skip("the documents are not part of the repository")
    return folder

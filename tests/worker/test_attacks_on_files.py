"""A submission may read libraries and its own folder; it may write nothing, anywhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import cv_quiz
from cv_quiz.grading.exchange import Call, Opaque
from cv_quiz.grading.worker.values import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.host import Submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps files apart")

READ = """
def f(path):
    with open(path, "rb") as file:
        return len(file.read(1000))
"""
PACKAGE = Path(cv_quiz.__file__).parent
INSTALLED = PACKAGE.parent.name == "site-packages"


def private_paths() -> list[str]:
    process = os.getpid()
    found = [
        *sorted(PACKAGE.rglob("*.py"))[:20],
        *sorted((PACKAGE.parent / "decks").rglob("*.yaml"))[:3],
        PACKAGE.parent / "pyproject.toml",
        Path(__file__),
        Path(f"/proc/{process}/mem"),
        Path(f"/proc/{process}/environ"),
        Path(f"/proc/{process}/cmdline"),
        Path("/proc/1/environ"),
        Path("/proc/self/environ"),
        Path("/proc/self/maps"),
        Path("/etc/passwd"),
        Path("/etc/hostname"),
    ]
    return [str(path) for path in found if path.exists()]


def test_nothing_private_can_be_read(submit_confined: Callable[..., Submission]) -> None:
    submission = submit_confined(READ)
    for path in private_paths():
        reply = submission.call(Call("f", (path,)))
        assert reply.status == "exception", path
        assert reply.failure
        assert reply.failure.type_name in {"FileNotFoundError", "PermissionError"}, path


def test_no_folder_of_the_judge_can_be_listed(submit_confined: Callable[..., Submission]) -> None:
    submission = submit_confined("import os\nf = os.listdir")
    readable = [Path(path).resolve() for path in (sys.prefix, sys.base_prefix, np.__file__, "/usr/share/zoneinfo")]
    for folder in (
        PACKAGE if INSTALLED else PACKAGE.parent,
        Path.home(),
        Path("/etc"),
        Path("/root"),
        Path("/usr"),
        Path("/var"),
        Path("/home"),
    ):
        reply = submission.call(Call("f", (str(folder),)))
        seen = reply.value if reply.status == "ok" else []
        # Folders on the way to a library may be there, with nothing else in them.
        hidden = {entry.name for entry in _entries(folder) if not any(path.is_relative_to(entry) for path in readable)}
        assert not (hidden - {"lib", "lib64", "ld.so.cache", "localtime"}) & set(seen), folder


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def test_the_judge_cannot_be_imported(submit: Callable[..., Submission]) -> None:
    source = """
        import sys
        def f(name):
            __import__(name)
        def names():
            return [name for name in sys.modules if name.startswith("cv_quiz")]
        def path():
            return [entry for entry in sys.path]
    """
    submission = submit(source)
    for name in ("cv_quiz", "cv_quiz.drills", "cv_quiz.grading.host"):
        reply = submission.call(Call("f", (name,)))
        assert reply.failure
        assert reply.failure.type_name == "ModuleNotFoundError"
    assert submission.call(Call("names")).value == []
    assert INSTALLED or str(PACKAGE.parent) not in submission.call(Call("path")).value


def test_the_file_system_gives_nothing_of_an_installed_judge(submit: Callable[..., Submission]) -> None:
    source = """
        import os, sys
        def f():
            found = []
            for entry in sys.path:
                for name in ("cv_quiz", "decks"):
                    try:
                        found += os.listdir(os.path.join(entry, name))
                    except OSError:
                        pass
            return found
    """
    assert submit(source).call(Call("f")).value == []


WRITES = (
    "open('made', 'w')",
    "open(path, 'w')",
    "open(path, 'a')",
    "open(path, 'r+')",
    "os.open(path, os.O_WRONLY)",
    "os.open('/tmp', os.O_TMPFILE | os.O_RDWR)",
    "os.open(os.path.dirname(path), os.O_TMPFILE | os.O_RDWR)",
    "os.truncate(path, 0)",
    "os.unlink(path)",
    "os.unlink(__file__)",
    "os.rename(path, path + 'x')",
    "os.replace(__file__, path)",
    "os.chmod(path, 0o777)",
    "os.chmod(__file__, 0o777)",
    "os.chown(path, os.getuid(), -1)",
    "os.utime(path)",
    "os.utime(__file__)",
    "os.setxattr(path, 'user.a', b'b')",
    "os.removexattr(path, 'user.a')",
    "os.link(path, path + 'x')",
    "os.symlink(path, 'made')",
    "os.mkdir('made')",
    "os.mkdir('/tmp/made')",
    "os.mkdir('/made')",
    "os.mkfifo('made')",
    "os.mknod('made')",
    "os.rmdir(os.path.dirname(path))",
    "open('/dev/shm/made', 'w')",
    "open('/tmp/made', 'w')",
    "open('/submission/files/made', 'w')",
    "tempfile.TemporaryFile()",
    "tempfile.mkdtemp()",
    "np.save('made', np.ones(3))",
    "sqlite3.connect('made').execute('create table a (b)')",
    "os.memfd_create('made')",
    "shared_memory.SharedMemory(create=True, size=10)",
    "os.chroot('/')",
)
REFUSALS = {"PermissionError", "OSError", "FileNotFoundError", "OperationalError"}


def test_nothing_can_be_written(submit_confined: Callable[..., Submission], tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    victim = outside / "victim"
    victim.write_text("untouched")
    functions = "".join(f"def f{number}(path):\n    {what}\n" for number, what in enumerate(WRITES))
    modules = "import os, sqlite3, tempfile\nimport numpy as np\nfrom multiprocessing import shared_memory\n"
    submission = submit_confined(modules + functions)
    before = _look(tmp_path)
    for number, what in enumerate(WRITES):
        reply = submission.call(Call(f"f{number}", (str(victim),)))
        assert reply.status == "exception", what
        assert reply.failure, what
        assert reply.failure.type_name in REFUSALS, what
    assert _look(tmp_path) == before


def _look(folder: Path) -> dict[str, Any]:
    """Everything that could have been changed below a folder."""
    looked = {}
    for path in [folder, *folder.rglob("*")]:
        state = path.lstat()
        content = path.read_bytes() if path.is_file() else b""
        looked[str(path)] = (state.st_mode, state.st_uid, state.st_mtime_ns, state.st_nlink, content)
    return looked


def test_a_symbolic_link_leads_nowhere(submit_confined: Callable[..., Submission], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    submission = submit_confined(READ)
    link = tmp_path / "submitted" / "link"
    link.symlink_to(secret)
    folder = tmp_path / "submitted" / "folder"
    folder.symlink_to(tmp_path)
    places = ("link", "folder/secret", str(link), "/submission/files/link", "../secret", "/submission/files/../secret")
    for path in places:
        assert submission.call(Call("f", (path,))).status == "exception", path


def test_a_sibling_that_is_a_symbolic_link_is_not_read(submit: Callable[..., Submission], tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("TEXT = 'secret'")
    (tmp_path / "submitted" / "secret.py").symlink_to(tmp_path / "secret.py")
    submission = submit("import secret\ndef f():\n    return secret.TEXT")
    assert submission.inspect().missing_modules == ("secret",)
    assert submission.call(Call("f")).value == Opaque("Placeholder", MISSING)


def test_hard_links_and_descriptors_lead_nowhere(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import os
        def f():
            found = []
            for number in range(256):
                try:
                    found += os.listdir(number)
                except OSError:
                    pass
                try:
                    os.open("..", os.O_RDONLY, dir_fd=number)
                    found.append(number)
                except OSError:
                    pass
            return found
    """
    assert submit_confined(source).call(Call("f")).value == []


def test_its_own_folder_can_be_read(submit: Callable[..., Submission]) -> None:
    submission = submit(READ, beside={"numbers.txt": "1 2 3"})
    assert submission.call(Call("f", ("numbers.txt",))).value == 5


def test_libraries_load_late(submit_confined: Callable[..., Submission]) -> None:
    source = """
        def f():
            import colorsys, csv, decimal, email, fractions, numpy.ma, numpy.polynomial, sqlite3, zoneinfo
            return float(numpy.ma.masked_array([1.0, 2.0]).mean())
    """
    assert submit_confined(source).call(Call("f")).value == 1.5


def test_the_null_device_works(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import os
        def f():
            with open(os.devnull, "w") as nothing:
                return nothing.write("gone")
    """
    assert submit_confined(source).call(Call("f")).value == 4


def test_the_home_folder_is_not_shown_as_the_submissions_own(
    submit: Callable[..., Submission], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "submitted"))
    submission = submit(READ, beside={"private.txt": "private", "helper.py": "X = 1"})
    assert submission.call(Call("f", (str(tmp_path / "submitted" / "private.txt"),))).status == "exception"
    assert submission.call(Call("f", ("private.txt",))).status == "exception"


def test_the_environment_holds_nothing(worker: object, submit: Callable[..., Submission]) -> None:
    source = "import os\ndef f():\n    return sorted(name for name in os.environ if not name.endswith('_THREADS'))"
    assert submit(source).call(Call("f")).value == []

"""Which measures this machine allows, and how a fork puts itself under them.

Each measure is first tried in a process that is thrown away, so that the zygote knows what will hold before
any learner's code runs. A fork in which a measure then fails runs nothing.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker import kernel, landlock, namespaces, seccomp

if TYPE_CHECKING:
    from collections.abc import Callable

    from cv_quiz.grading.exchange import Limits

NAMESPACES: Final = "namespaces"
LANDLOCK: Final = "landlock"
SECCOMP: Final = "seccomp"
NOBODY: Final = 65534
FIRST_PROCESS: Final = 1  # what a fork is in a process namespace of its own
THREADS: Final = 32
DESCRIPTORS: Final = 64
MOST_DESCRIPTORS: Final = 1 << 16
PAGE: Final = resource.getpagesize()


@dataclass(slots=True)
class Confinement:
    """The measures of one zygote. `reasons` says, for each measure asked for, what kept it out (empty: in force)."""

    reasons: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    _spaces: namespaces.Namespaces | None = None
    _readable: dict[str, str] = field(default_factory=dict)
    _memory: int = -1
    _size: int = 0
    _nobody: bool = False
    _rules: landlock.Ruleset | None = None
    _filter: bytes = b""

    def has(self, measure: str) -> bool:
        """Whether a measure is in force."""
        return self.reasons.get(measure) == ""

    @property
    def contains_processes(self) -> bool:
        """Whether nothing a fork starts can be left behind."""
        return self.has(NAMESPACES) or self.has(SECCOMP)

    @property
    def descriptors(self) -> set[int]:
        """What a fork must keep open until it is confined."""
        return {self._rules.descriptor} if self._rules else set()

    def enter(self) -> None:
        """Find out what forks will be able to do, and go into namespaces, in a child of this process, if they work.

        Call it before much is imported: each trial is a fork.
        """
        if NAMESPACES in self.reasons:
            self.reasons[NAMESPACES] = _try(self._enter_and_build)
        if LANDLOCK in self.reasons:
            self.reasons[LANDLOCK] = _try(_try_landlock)
        if SECCOMP in self.reasons:
            self.reasons[SECCOMP] = _try(self._enforce_seccomp)
        if self.has(NAMESPACES):
            namespaces.enter()

    def prepare(self) -> None:
        """Shut the zygote in. Call it when everything is imported."""
        self._memory = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        self._readable = namespaces.readable_paths(self.folders)
        if self.has(NAMESPACES):
            self._build()
        else:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
        self._nobody = os.geteuid() == 0 and not _try(self._become_nobody)
        if self._spaces:  # what is the same for every fork is made once
            self._rules = self._ruleset(None) if self.has(LANDLOCK) else None
            self._filter = self._program(FIRST_PROCESS) if self.has(SECCOMP) else b""

    def fork(self) -> int:
        """Fork, into a process namespace of its own where there is one."""
        self._size = int(os.pread(self._memory, 64, 0).split()[0]) * PAGE
        return self._spaces.fork() if self._spaces else os.fork()

    def confine(self, limits: Limits, folder: str | None) -> None:
        """In a fork: give up everything that is not needed. Raises OSError where a measure in force fails."""
        if self.has(NAMESPACES):
            namespaces.shut_mounts(folder)
        if folder is not None:
            with contextlib.suppress(OSError):
                os.chdir(namespaces.SUBMISSION if self.has(NAMESPACES) else folder)
        set_limits(limits, self._size)
        if self._nobody:
            _set_nobody()
        self._drop_rights()
        if self.has(LANDLOCK):
            self._enforce_landlock(folder)
        if self.has(SECCOMP):
            self._enforce_seccomp()

    def _enter_and_build(self) -> None:
        self._memory = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        self._readable = namespaces.readable_paths(self.folders)
        namespaces.enter()
        self._build()
        process = self.fork()
        if process == 0:
            os._exit(_status(lambda: namespaces.shut_mounts(None)))
        if os.waitpid(process, 0)[1]:
            raise OSError(0, "a fork could not leave the file system")

    def _build(self) -> None:
        self._spaces = namespaces.Namespaces()
        self._spaces.build_root(self._readable, self.hidden)
        for path in (os.__file__, *(folder for folder in self.folders if folder in self._readable)):
            if not Path(path).exists():
                raise OSError(0, f"{path} cannot be seen")
        for path in self.hidden:
            if Path(path).is_dir() and any(Path(path).iterdir()):
                raise OSError(0, f"{path} can still be seen")

    def _become_nobody(self) -> None:
        """Fails where nobody may not read what Python still has to import."""
        _set_nobody()
        for folder in (Path(os.__file__).parent, *map(Path, self.folders)):
            list(folder.iterdir())
        Path(os.__file__).read_bytes()

    def _drop_rights(self) -> None:
        with contextlib.suppress(OSError):  # where user namespaces are forbidden, threads are capped by memory alone
            kernel.unshare(kernel.CLONE_NEWUSER)
            resource.setrlimit(resource.RLIMIT_NPROC, (THREADS, THREADS))
        kernel.drop_capabilities()
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)

    def _enforce_landlock(self, folder: str | None) -> None:
        rules = self._rules or self._ruleset(folder)
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        rules.enforce()
        rules.close()

    def _ruleset(self, folder: str | None) -> landlock.Ruleset:
        rules = landlock.Ruleset.create()
        rules.allow([namespaces.NULL], write=True)
        rules.allow(namespaces.DEVICES)
        rules.allow([*self._readable, namespaces.SHELTER] if self._spaces else self._outside(folder))
        return rules

    def _outside(self, folder: str | None) -> list[str]:
        """What may be read where all of the file system is there: everything readable but the hidden folders."""
        paths = [] if folder is None else [folder]
        for path in self._readable:
            inside = [one for one in self.hidden if os.path.realpath(one).startswith(path + "/")]
            paths += _around(path, inside) if inside else [path]
        return paths

    def _enforce_seccomp(self) -> None:
        if not seccomp.supported():
            raise OSError(0, f"the system calls of {kernel.machine()} are not known")
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        seccomp.enforce(self._filter or self._program(os.getpid()))

    def _program(self, process: int) -> bytes:
        shut = self.has(NAMESPACES) or self.has(LANDLOCK)
        return seccomp.build(kernel.machine(), process, writing=shut)


def _try_landlock() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    rules = landlock.Ruleset.create()
    rules.allow(namespaces.DEVICES)
    rules.enforce()


def set_limits(limits: Limits, size: int) -> None:
    """Resource limits of a process that has `size` bytes of address space now."""
    processor = math.ceil(limits.submission_seconds * (os.cpu_count() or 1)) + 5
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORS,
        resource.RLIMIT_CPU: processor,
        resource.RLIMIT_AS: size + limits.memory_bytes,
    }
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows RLIMIT_AS and refuses it
            resource.setrlimit(kind, (least, least))


def _set_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _around(path: str, inside: list[str]) -> list[str]:
    """The entries of a tree, without the folders `inside` it."""
    found: list[str] = []
    for entry in os.scandir(path):
        deeper = [one for one in inside if one == entry.path or one.startswith(entry.path + "/")]
        if not deeper:
            found.append(entry.path)
        elif entry.path not in deeper:
            found += _around(entry.path, deeper)
    return found


def _status(step: Callable[[], None]) -> int:
    try:
        step()
    except OSError as error:
        return error.errno or 255
    return 0


def _try(step: Callable[[], None]) -> str:
    """Carry a step out in a process that is thrown away; what it failed with, empty where it did not."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(read)
        try:
            step()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the measure does not hold
            os.write(write, f"{type(error).__name__}: {error}"[:400].encode())
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode("utf-8", "replace")
    _, status = os.waitpid(process, 0)
    return said or ("" if status == 0 else f"status {status}")


def close_descriptors(keep: set[int]) -> None:
    """Close every descriptor but these; 0, 1 and 2 become the null device."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor, inheritable=False)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    edges = sorted({2, *keep, most if 0 < most < MOST_DESCRIPTORS else MOST_DESCRIPTORS})
    for low, high in pairwise(edges):
        os.closerange(low + 1, high)

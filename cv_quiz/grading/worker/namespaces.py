"""Namespaces: a file system with nothing in it but libraries, no network, and process ids that lead nowhere.

The zygote enters them once; each fork gets process and mount namespaces of its own on top. The kernel kills
everything in a process namespace with its first process, so nothing a fork starts can outlive it.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OLD_ROOT: Final = "/.old"
EMPTY: Final = "/.empty"
# Landlock does not look at the folder under a mount: a rule for what will be mounted stands at its parent.
SHELTER: Final = "/submission"
SUBMISSION: Final = SHELTER + "/files"
NULL: Final = "/dev/null"
DEVICES: Final = (NULL, "/dev/random", "/dev/urandom", "/dev/zero")  # torch does not load without random numbers
_MOUNT_POINTS: Final = ("/tmp", "/mnt", "/run", "/var")  # noqa: S108 - only covered, in a namespace of our own
_SYSTEM: Final = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime",
                  "/usr/share/zoneinfo", "/sys/devices/system/cpu", "/proc/cpuinfo")  # fmt: skip
_NEW: Final = kernel.CLONE_NEWNS | kernel.CLONE_NEWNET | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS | kernel.CLONE_NEWPID
_SHUT: Final = kernel.MOUNT_ATTR_RDONLY | kernel.MOUNT_ATTR_NOSUID | kernel.MOUNT_ATTR_NODEV


def enter() -> None:
    """Go on in new namespaces, as a child of this process, which only waits. Raises OSError before that.

    Root needs no user namespace; everybody else becomes who they are in one, with the capabilities it gives.
    """
    user, group = os.geteuid(), os.getegid()
    try:
        kernel.unshare(_NEW)
    except PermissionError:
        kernel.unshare(_NEW | kernel.CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    process = os.fork()
    if process:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        _, status = os.waitpid(process, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


class Namespaces:
    """The zygote's namespaces, once `enter` has returned."""

    def __init__(self) -> None:
        self._own_processes = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def build_root(self, readable: Mapping[str, str], hidden: Iterable[str]) -> None:
        """Leave the file system for one that holds the readable trees, read only, without the hidden folders.

        `readable` maps the names they shall have to the real paths they have now.

        The former root stays at `OLD_ROOT` until each fork unmounts it. Raises OSError.
        """
        base = next(folder for folder in _MOUNT_POINTS if Path(folder).is_dir())
        kernel.mount(None, "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
        kernel.mount("tmpfs", base, "tmpfs", 0, "mode=755,size=1m")
        Path(base + OLD_ROOT).mkdir(0o700)
        kernel.pivot_root(base, base + OLD_ROOT)
        os.chdir("/")
        for folder in (EMPTY, SHELTER, SUBMISSION):
            Path(folder).mkdir(0o755)
        for device in DEVICES:
            _bind(device, device, kernel.MOUNT_ATTR_NOSUID)
        for name in sorted(readable, key=lambda name: (name.count("/"), name)):
            if not os.path.lexists(name):
                _bind(readable[name], name, _SHUT)
        for path in hidden:
            if Path(path).is_dir():
                kernel.mount(EMPTY, path, None, kernel.MS_BIND)
                kernel.restrict_mount(path, _SHUT, recursive=False)

    def fork(self) -> int:
        """`os.fork`, with the child as the first process of a new process namespace."""
        kernel.unshare(kernel.CLONE_NEWPID)
        process = os.fork()
        if process:
            kernel.setns(self._own_processes, kernel.CLONE_NEWPID)
        return process


def shut_mounts(folder: str | None) -> None:
    """In a fork: show one folder at `SUBMISSION`, then let go of the former root for good. Raises OSError."""
    kernel.unshare(kernel.CLONE_NEWNS)
    if folder is not None:
        _show(folder)
    kernel.umount(OLD_ROOT)
    kernel.restrict_mount("/", _SHUT, recursive=False)


def readable_paths(folders: Iterable[str]) -> dict[str, str]:
    """What Python needs, and the folders given: the names they are known by, each with its real path."""
    libraries = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib")]
    wanted = [*_SYSTEM, *libraries, os.path.join(sys.base_prefix, "lib"), *folders]  # noqa: PTH118
    real = {path: os.path.realpath(path) for path in wanted if os.path.exists(path)}  # noqa: PTH110
    inside = tuple(f"{path}/" for path in (*real, *real.values()))
    real |= {path: os.path.realpath(path) for path in _mapped_files() if not path.startswith(inside)}
    return real | {path: path for path in real.values()}


def _mapped_files() -> list[str]:
    """The shared libraries in use, wherever they lie."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    paths = {line.split(maxsplit=5)[5] for line in lines if " /" in line}
    return sorted(path for path in paths if path.startswith("/") and os.path.isfile(path))  # noqa: PTH113


def _bind(real: str, target: str, attributes: int) -> None:
    """Mount, under `target`, what had this real path before the root changed."""
    source = OLD_ROOT + real
    if Path(source).is_dir():
        Path(target).mkdir(0o755, parents=True, exist_ok=True)
    else:
        Path(target).parent.mkdir(0o755, parents=True, exist_ok=True)
        Path(target).touch(0o644)
    try:
        kernel.mount(source, target, None, kernel.MS_BIND | kernel.MS_REC)
    except OSError:  # then it is not there: `Confinement` sees to it that all is there that has to be
        return
    kernel.restrict_mount(target, attributes, recursive=True)


def _show(folder: str) -> None:
    try:
        kernel.mount(OLD_ROOT + folder, SUBMISSION, None, kernel.MS_BIND | kernel.MS_REC)
    except OSError:  # a folder that cannot be reached (a private one, on a network drive): the modules came by pipe
        return
    kernel.restrict_mount(SUBMISSION, _SHUT | kernel.MOUNT_ATTR_NOEXEC, recursive=True)

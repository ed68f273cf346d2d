"""The Linux system calls that Python has no names for, through the C library."""

from __future__ import annotations

import ctypes
import os
import platform
from functools import cache
from typing import Any, Final

CLONE_NEWNS: Final = 0x00020000
CLONE_NEWUTS: Final = 0x04000000
CLONE_NEWIPC: Final = 0x08000000
CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWPID: Final = 0x20000000
CLONE_NEWNET: Final = 0x40000000

MS_BIND: Final = 0x1000
MS_REC: Final = 0x4000
MS_PRIVATE: Final = 1 << 18
MNT_DETACH: Final = 2

MOUNT_ATTR_RDONLY: Final = 0x1
MOUNT_ATTR_NOSUID: Final = 0x2
MOUNT_ATTR_NODEV: Final = 0x4
MOUNT_ATTR_NOEXEC: Final = 0x8
AT_FDCWD: Final = -100
AT_RECURSIVE: Final = 0x8000

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
LAST_CAPABILITY: Final = 63
CAPABILITY_VERSION_3: Final = 0x20080522

_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR: Final = 442  # numbers from 424 on are the same everywhere


def machine() -> str:
    """The architecture as the kernel names it; a 32-bit Python on a 64-bit kernel counts as another."""
    return platform.machine() if ctypes.sizeof(ctypes.c_void_p) == 8 else f"{platform.machine()} (32 bit)"


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: Any) -> int:
    """One system call. Integers are widened; raises OSError."""
    wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _checked(int(_libc().syscall(ctypes.c_long(number), *wide)), f"system call {number}")


def prctl(option: int, *arguments: Any) -> int:
    """`prctl` with its unused arguments zero. Raises OSError."""
    wide = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(int(_libc().prctl(option, *wide)), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leave namespaces for new ones. Raises OSError."""
    _checked(_libc().unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """Enter a namespace. Raises OSError."""
    _checked(_libc().setns(descriptor, kind), "setns")


def mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """`mount`. Raises OSError."""
    words = [None if one is None else os.fsencode(one) for one in (source, target, kind)]
    _checked(_libc().mount(*words, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def umount(target: str) -> None:
    """Unmount a tree lazily. Raises OSError."""
    _checked(_libc().umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def pivot_root(new: str, old: str) -> None:
    """Make `new` the root, and put the former one at `old`. Raises OSError."""
    number = _PIVOT_ROOT.get(machine())
    if number is None:
        raise OSError(0, f"pivot_root is not known on {machine()}")
    syscall(number, ctypes.c_char_p(os.fsencode(new)), ctypes.c_char_p(os.fsencode(old)))


def restrict_mount(target: str, attributes: int, *, recursive: bool) -> None:
    """Add attributes to a mount, and to all below it if `recursive`. Raises OSError (kernels before 5.12)."""
    wanted = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    flags = AT_RECURSIVE if recursive else 0
    path = ctypes.c_char_p(os.fsencode(target))
    syscall(_MOUNT_SETATTR, AT_FDCWD, path, flags, ctypes.byref(wanted), ctypes.sizeof(wanted))


def drop_capabilities() -> None:
    """Give up every capability for good: bounding, ambient, effective, permitted and inheritable sets."""
    for capability in range(LAST_CAPABILITY + 1):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # not permitted (then there is none to lose), or beyond the last one
            break
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _checked(_libc().capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())), "capset")

"""The system calls a fork may make: those that compute, read and write what is open; no others.

An allow-list: whatever a later kernel adds is refused. Refused calls return an error and do not kill, so that
a library which probes for one carries on. Source: Linux, Documentation/userspace-api/seccomp_filter.rst, and
the system call tables of x86-64 (arch/x86/entry/syscalls/syscall_64.tbl) and of the generic ABI.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker import kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

AUDIT_ARCH: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# Name: (x86-64, aarch64); None where the architecture has none.
PLAIN: Final[dict[str, tuple[int | None, int | None]]] = {
    # memory
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214), "mremap": (25, 216),
    "msync": (26, 227), "mincore": (27, 232), "madvise": (28, 233), "get_mempolicy": (239, 236),
    # open descriptors
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "pread64": (17, 67),
    "pwrite64": (18, 68), "readv": (19, 65), "writev": (20, 66), "dup": (32, 23), "dup2": (33, None),
    "dup3": (292, 24), "pipe": (22, None), "pipe2": (293, 59), "eventfd2": (290, 19), "close_range": (436, 436),
    "fstatfs": (138, 44), "fadvise64": (221, 223), "getdents": (78, None), "getdents64": (217, 61),
    # waiting
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72), "epoll_create": (213, None),
    "epoll_create1": (291, 20), "epoll_ctl": (233, 21), "epoll_wait": (232, None), "epoll_pwait": (281, 22),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "pause": (34, None), "restart_syscall": (219, 128),
    # files, within what may be seen
    "stat": (4, None), "lstat": (6, None), "newfstatat": (262, 79), "statx": (332, 291), "statfs": (137, 43),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "readlink": (89, None),
    "readlinkat": (267, 78), "getcwd": (79, 17), "chdir": (80, 49), "fchdir": (81, 50),
    # threads and signals of its own
    "futex": (202, 98), "set_robust_list": (273, 99), "get_robust_list": (274, 100), "set_tid_address": (218, 96),
    "rseq": (334, 293), "membarrier": (324, 283), "arch_prctl": (158, None), "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123), "sched_getparam": (143, 121), "sched_getscheduler": (145, 120),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137), "rt_sigsuspend": (130, 133), "sigaltstack": (131, 132), "alarm": (37, None),
    "setitimer": (38, 103), "getitimer": (36, 102), "exit": (60, 93), "exit_group": (231, 94),
    # questions about itself
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getresuid": (118, 148), "getresgid": (120, 150),
    "getgroups": (115, 158), "getpgrp": (111, None), "getpgid": (121, 155), "getsid": (124, 156), "uname": (63, 160),
    "getrlimit": (97, 163), "getrusage": (98, 165), "getpriority": (140, 141), "sysinfo": (99, 179),
    "times": (100, 153), "time": (201, None), "gettimeofday": (96, 169), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "getcpu": (309, 168), "getrandom": (318, 278),
}  # fmt: skip
CLONE: Final = (56, 220)
KILL: Final = ((62, 129), (234, 131))  # kill, tgkill
OPEN: Final = ((257, 56, 2), (2, None, 1))  # openat and open, with the place of their flags
IOCTL: Final = (16, 29)
FCNTL: Final = (72, 25)
PRCTL: Final = (157, 167)
PRLIMIT: Final = (302, 261)

CLONE_THREAD: Final = 0x00010000
CLONE_NEW_ANY: Final = 0x7E020080
WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# TCGETS, TIOCGWINSZ, FIONREAD, FIONCLEX, FIOCLEX, FIONBIO
TERMINAL_REQUESTS: Final = (0x5401, 0x5413, 0x541B, 0x5450, 0x5451, 0x5421)
FCNTL_COMMANDS: Final = (0, 1, 2, 3, 4, 1030, 1032)  # DUPFD GETFD SETFD GETFL SETFL DUPFD_CLOEXEC GETPIPE_SZ
PRCTL_OPTIONS: Final = (3, 15, 16, 0x53564D41)  # GET_DUMPABLE SET_NAME GET_NAME SET_VMA
FIRST_SHARED: Final = 424  # from here on both tables agree; a call up there that is not listed "does not exist"

_LOAD, _JUMP_EQUAL, _JUMP_SET, _JUMP_FROM, _AND, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x54, 0x06
ALLOW: Final = 0x7FFF0000
ERRNO: Final = 0x00050000
KILL_PROCESS: Final = 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4
_MAX_JUMP: Final = 255

Instruction = tuple[int, int, int, int]


def supported() -> bool:
    """Whether the system call numbers of this architecture are known."""
    return kernel.machine() in AUDIT_ARCH


def build(architecture: str, process: int, *, writing: bool) -> bytes:
    """The filter as BPF. `process` is the only one that may be signalled; without `writing` files open to be read."""
    column = list(AUDIT_ARCH).index(architecture)
    refuse = (_RETURN, 0, 0, ERRNO | errno.EPERM)
    absent = (_RETURN, 0, 0, ERRNO | errno.ENOSYS)
    program: list[Instruction] = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, AUDIT_ARCH[architecture]),
        (_RETURN, 0, 0, KILL_PROCESS),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for numbers in PLAIN.values():
        program += _when(numbers[column], [(_RETURN, 0, 0, ALLOW)])
    for number, body in _checked_calls(column, process, writing=writing):
        program += _when(number, body)
    # The x32 numbers of x86-64 lie above bit 30; they, too, "do not exist".
    program += [(_JUMP_FROM, 0, 1, FIRST_SHARED), absent, refuse]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)


def enforce(program: bytes) -> None:
    """Put this process under the filter, for good. Needs no_new_privs. Raises OSError."""
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.c_char_p(header))


def _checked_calls(column: int, process: int, *, writing: bool) -> list[tuple[int | None, list[Instruction]]]:
    only_threads = [(_LOAD, 0, 0, _argument(0)), (_AND, 0, 0, CLONE_THREAD | CLONE_NEW_ANY)]
    calls: list[tuple[int | None, list[Instruction]]] = [
        (CLONE[column], [*only_threads, *_among((CLONE_THREAD,))]),
    ]
    calls += [(kill[column], [(_LOAD, 0, 0, _argument(0)), *_among((process,))]) for kill in KILL]
    for call, place, values in (
        (IOCTL, 1, TERMINAL_REQUESTS),
        (FCNTL, 1, FCNTL_COMMANDS),
        (PRCTL, 0, PRCTL_OPTIONS),
        (PRLIMIT, 0, (0, process)),
    ):
        calls.append((call[column], [(_LOAD, 0, 0, _argument(place)), *_among(values)]))
    for number, generic, place in OPEN:
        calls.append(((number, generic)[column], _opening(place, writing=writing)))
    return calls


def _opening(place: int, *, writing: bool) -> list[Instruction]:
    if writing:
        return [(_RETURN, 0, 0, ALLOW)]
    return [
        (_LOAD, 0, 0, _argument(place)),
        (_JUMP_SET, 0, 1, WRITING),
        (_RETURN, 0, 0, ERRNO | errno.EACCES),
        (_RETURN, 0, 0, ALLOW),
    ]


def _among(values: Sequence[int]) -> list[Instruction]:
    """Allow where the loaded value is one of these, refuse elsewhere."""
    tests = [(_JUMP_EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [*tests, (_RETURN, 0, 0, ERRNO | errno.EPERM), (_RETURN, 0, 0, ALLOW)]


def _when(number: int | None, body: list[Instruction]) -> list[Instruction]:
    """Run `body` for this system call, step over it for others. The number stays loaded for them."""
    if number is None:
        return []
    return [(_JUMP_EQUAL, 0, len(body), number), *body]


def _argument(place: int) -> int:
    """Where the low half of an argument lies in `struct seccomp_data`; both architectures are little-endian."""
    return 16 + 8 * place

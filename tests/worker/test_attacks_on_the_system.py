"""No process but its own threads, no network, no system call beyond computing; nothing outlives the run."""

from __future__ import annotations

import os
import platform
import signal
import socket
import stat
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from cv_quiz.grading.exchange import Call
from cv_quiz.grading.host import Worker

from .conftest import settled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cv_quiz.grading.exchange import Reply
    from cv_quiz.grading.host import Submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux confines")

ATTEMPT = """
import ctypes, errno, os, signal, socket, subprocess, sys
import multiprocessing
def f(*args):
    {what}
"""

# x86-64 number: name. Each is called with harmful-looking arguments; it must fail before it does anything.
FORBIDDEN = {
    41: "socket", 42: "connect", 53: "socketpair", 49: "bind", 57: "fork", 58: "vfork", 59: "execve", 322: "execveat",
    101: "ptrace", 310: "process_vm_readv", 311: "process_vm_writev", 312: "kcmp", 438: "pidfd_getfd",
    434: "pidfd_open", 424: "pidfd_send_signal", 425: "io_uring_setup", 426: "io_uring_enter", 427: "io_uring_register",
    248: "add_key", 249: "request_key", 250: "keyctl", 165: "mount", 166: "umount2", 155: "pivot_root", 161: "chroot",
    428: "open_tree", 429: "move_mount", 430: "fsopen", 442: "mount_setattr", 321: "bpf", 298: "perf_event_open",
    323: "userfaultfd", 272: "unshare", 308: "setns", 435: "clone3", 135: "personality", 175: "init_module",
    313: "finit_module", 246: "kexec_load", 169: "reboot", 167: "swapon", 170: "sethostname", 172: "iopl",
    173: "ioperm", 227: "clock_settime", 164: "settimeofday", 90: "chmod", 91: "fchmod", 268: "fchmodat", 92: "chown",
    93: "fchown", 132: "utime", 280: "utimensat", 188: "setxattr", 189: "lsetxattr", 197: "removexattr", 76: "truncate",
    77: "ftruncate", 82: "rename", 316: "renameat2", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink", 88: "symlink",
    133: "mknod", 319: "memfd_create", 447: "memfd_secret", 29: "shmget", 68: "msgget", 64: "semget", 240: "mq_open",
    105: "setuid", 106: "setgid", 116: "setgroups", 126: "capset", 112: "setsid", 109: "setpgid", 200: "tkill",
    129: "rt_sigqueueinfo", 297: "rt_tgsigqueueinfo", 203: "sched_setaffinity", 144: "sched_setscheduler",
    141: "setpriority", 251: "ioprio_set", 256: "migrate_pages", 279: "move_pages", 149: "mlock", 151: "mlockall",
    265: "linkat", 285: "fallocate", 275: "splice", 276: "tee", 278: "vmsplice", 40: "sendfile", 326: "copy_file_range",
    46: "sendmsg", 47: "recvmsg", 288: "accept4", 253: "inotify_init", 300: "fanotify_init", 163: "acct",
    179: "quotactl", 212: "lookup_dcookie", 303: "name_to_handle_at", 304: "open_by_handle_at", 317: "seccomp",
    444: "landlock_create_ruleset", 437: "openat2", 160: "setrlimit", 103: "syslog", 153: "vhangup",
}  # fmt: skip


def attempt(submit: Callable[..., Submission], what: str, *args: Any, **limits: Any) -> Reply:
    return submit(ATTEMPT.format(what=what), **limits).call(Call("f", args))


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers are those of x86-64")
def test_forbidden_system_calls_fail(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        def f(number):
            ctypes.set_errno(0)
            return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6), ctypes.get_errno()
    """
    submission = submit_confined(source)
    refused = {1: "EPERM", 38: "ENOSYS"}
    for number, name in FORBIDDEN.items():
        reply = submission.call(Call("f", (number,)))
        assert reply.status == "ok", name
        result, error = reply.value
        assert result == -1, name
        assert error in refused, name


@pytest.mark.skipif(platform.machine() != "x86_64", reason="only x86-64 has a second table of numbers")
def test_the_other_tables_of_system_calls_are_closed(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import ctypes
        def f(number):
            return ctypes.CDLL(None).syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6)
    """
    submission = submit_confined(source)
    assert submission.call(Call("f", (0x40000000 + 39,))).value == -1  # getpid by its x32 number
    machine_code = """
        import ctypes, mmap
        memory = mmap.mmap(-1, 4096, prot=7)
        memory.write(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid of i386); int 0x80; ret
        def f():
            return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(memory)))()
    """
    assert submit_confined(machine_code).call(Call("f")).status == "died"


def test_sockets_of_every_family_are_refused(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import socket
        def f():
            made = []
            for family in range(48):
                for kind in (1, 2, 3, 5):
                    try:
                        made.append((family, kind, socket.socket(family, kind).fileno()))
                    except OSError:
                        pass
            return made
    """
    assert submit_confined(source).call(Call("f")).value == []


@pytest.mark.parametrize(
    "what",
    [
        "socket.create_connection(('127.0.0.1', args[0]), 1)",
        "socket.socketpair()",
        "socket.getaddrinfo('localhost', 80) and socket.socket()",
        "os.fork()",
        "os.forkpty()",
        "os.system('true') and 1 / 0",
        "os.execv('/bin/true', ['true'])",
        "os.execv(sys.executable, ['python'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.popen('true').close() and 1 / 0",
        "subprocess.run(['true'])",
        "multiprocessing.Process(target=print).start()",
        "multiprocessing.get_context('spawn').Process(target=print).start()",
        "os.setuid(0)",
        "os.seteuid(0)",
        "os.setsid()",
        "os.nice(-5)",
        "os.sched_setaffinity(0, {0})",
        "os.sethostname('mine')" if hasattr(os, "sethostname") else "os.unshare(0x10000000)",
    ],
)
def test_neither_network_nor_processes_nor_rights(submit_confined: Callable[..., Submission], what: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        reply = attempt(submit_confined, what, server.getsockname()[1])
    assert reply.status == "exception", reply
    assert reply.failure
    accepted = {"PermissionError", "gaierror", "ZeroDivisionError", "AttributeError", "OSError", "FileNotFoundError"}
    assert reply.failure.type_name in accepted, reply


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM])
def test_nobody_else_can_be_killed(submit_confined: Callable[..., Submission], number: int) -> None:
    source = """
        import os
        def f(processes, number):
            own = os.getpid()
            reached = []
            for process in processes:
                if process != own:
                    try:
                        os.kill(process, number)
                        reached.append(process)
                    except OSError:
                        pass
            return reached
    """
    victim = os.fork()
    if victim == 0:
        time.sleep(30)
        os._exit(0)
    try:
        submission = submit_confined(source)
        targets = [-1, 0, -2, os.getpid(), os.getppid(), victim, 1, 2, 3, *range(4, 300)]
        reply = submission.call(Call("f", (targets, int(number))))
        assert reply.value == []
        assert os.waitpid(victim, os.WNOHANG) == (0, 0)
    finally:
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)


def test_the_parent_is_out_of_sight(confined: Worker, submit_confined: Callable[..., Submission]) -> None:
    source = """
        import ctypes, os
        def f(process):
            libc = ctypes.CDLL(None, use_errno=True)
            buffer = ctypes.create_string_buffer(64)
            vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 64)
            attached = [libc.ptrace(16, ctypes.c_long(one), None, None) for one in (process, os.getppid(), 1)]
            read = [libc.process_vm_readv(one, vector, 1, vector, 1, 0) for one in (process, os.getppid())]
            return attached + read
    """
    reply = submit_confined(source).call(Call("f", (os.getpid(),)))
    assert reply.value == [-1] * 5


def test_descriptors_of_others_are_closed(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import os, stat
        def f():
            kinds = []
            for number in range(1024):
                try:
                    kinds.append(stat.S_IFMT(os.fstat(number).st_mode))
                except OSError:
                    pass
            return sorted(kinds)
    """
    kinds = submit_confined(source).call(Call("f")).value
    assert kinds.count(stat.S_IFIFO) == 2
    assert set(kinds) == {stat.S_IFCHR, stat.S_IFIFO}


def test_limits_cannot_be_raised(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import resource
        def f():
            raised = []
            for name in ("AS", "CPU", "FSIZE", "NOFILE", "CORE"):
                kind = getattr(resource, "RLIMIT_" + name)
                soft, hard = resource.getrlimit(kind)
                try:
                    resource.setrlimit(kind, (hard + 1, hard + 1))
                    raised.append(name)
                except (OSError, ValueError):
                    pass
            return raised
    """
    assert submit_confined(source).call(Call("f")).value == []


def test_threads_are_allowed(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import threading
        from concurrent.futures import ThreadPoolExecutor
        def f(numbers):
            threading.Thread(target=threading.Event().wait).start()
            with ThreadPoolExecutor(4) as pool:
                return list(pool.map(abs, numbers))
    """
    submission = submit_confined(source)
    for _ in range(2):
        assert submission.call(Call("f", ([-1, 2, -3],))).value == [1, 2, 3]


def test_threads_are_capped(submit_confined: Callable[..., Submission]) -> None:
    source = """
        import threading
        def f():
            for _ in range(5000):
                threading.Thread(target=threading.Event().wait, daemon=True).start()
    """
    reply = submit_confined(source, call_seconds=8.0).call(Call("f"))
    assert reply.status in {"exception", "memory-limit"}


DAEMON = """
import os, signal, time
def f():
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    for _ in range(20):
        try:
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    while True:
                        time.sleep(1)
                os._exit(0)
        except OSError:
            pass
    return "started"
"""


@pytest.mark.parametrize(
    "measures",
    [("namespaces", "landlock", "seccomp"), ("landlock", "seccomp"), ("namespaces", "landlock"), ("namespaces",), ()],
)
def test_nothing_outlives_the_run(
    measures: tuple[str, ...], marker: str, survivors: Callable[[], set[int]], tmp_path: Path
) -> None:
    path = tmp_path / "solution.py"
    path.write_text(DAEMON)
    earlier = survivors()
    with Worker(measures=measures) as worker:
        worker.level  # noqa: B018 - waits for it to be ready
        before = survivors()
        with worker.open(path) as submission:
            assert submission.call(Call("f")).value == "started"
            assert survivors() > before
        assert settled(survivors, before) == before
    assert settled(survivors, earlier) == earlier


def test_nothing_outlives_a_time_limit(
    submit_confined: Callable[..., Submission], survivors: Callable[..., set[int]]
) -> None:
    submission = submit_confined(DAEMON.replace('return "started"', "while True: pass"), call_seconds=0.3)
    submission.inspect()
    submission.restart()
    before = survivors()
    assert submission.call(Call("f")).status == "time-limit"
    assert settled(survivors, before) == before


def test_the_worker_ends_with_the_judge(marker: str, survivors: Callable[[], set[int]], tmp_path: Path) -> None:
    path = tmp_path / "solution.py"
    path.write_text("def f():\n    while True:\n        pass\n")
    before = survivors()
    judge = os.fork()
    if judge == 0:
        worker = Worker()
        threading.Thread(target=lambda: worker.open(path).call(Call("f")), daemon=True).start()
        time.sleep(0.6)
        os._exit(0)
    os.waitpid(judge, 0)
    assert settled(survivors, before) == before

"""Which measures stand between a learner's code and the machine, and what they add up to."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker.plain import PlainProcesses
from cv_quiz.grading.worker.start import ZygoteDiedError, ZygoteProcess
from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cv_quiz.grading.exchange import Level

NAMESPACES: Final = "namespaces"
LANDLOCK: Final = "landlock"
SECCOMP: Final = "seccomp"
# What is tried where at most this level is wanted.
MEASURES_OF: Final[Mapping[Level, tuple[str, ...]]] = {
    "full": (NAMESPACES, LANDLOCK, SECCOMP),
    "partial": (SECCOMP,),
    "none": (),
}

_IN_FORCE: Final = {
    NAMESPACES: Text(
        zh="命名空间：看不到别的文件和进程，没有网络，结束时一并清除",
        en="namespaces: no other files or processes in sight, no network, everything ends with the run",
    ),
    LANDLOCK: Text(
        zh="Landlock：只能读 NumPy、标准库和提交所在的文件夹，什么都不能写",
        en="Landlock: only NumPy, the standard library and the submission's folder can be read, nothing written",
    ),
    SECCOMP: Text(
        zh="seccomp：只允许计算所需的系统调用，不能新建进程",
        en="seccomp: only the system calls that computing needs, no new processes",
    ),
}
_MISSING: Final = {
    NAMESPACES: Text(
        zh="命名空间不可用（{why}）：检查 user.max_user_namespaces；在容器里要放开 unshare 和 mount，"
        "在 Ubuntu 上见 kernel.apparmor_restrict_unprivileged_userns",
        en="no namespaces ({why}): see user.max_user_namespaces; a container must permit unshare and mount; "
        "on Ubuntu see kernel.apparmor_restrict_unprivileged_userns",
    ),
    LANDLOCK: Text(
        zh="Landlock 不可用（{why}）：需要 Linux 5.13 以上，并在启动参数 lsm= 里写上 landlock",
        en="no Landlock ({why}): it takes Linux 5.13 or later with landlock among the lsm= boot parameters",
    ),
    SECCOMP: Text(
        zh="seccomp 不可用（{why}）：需要 x86-64 或 AArch64，且内核打开 CONFIG_SECCOMP_FILTER",
        en="no seccomp ({why}): it takes x86-64 or AArch64 and a kernel with CONFIG_SECCOMP_FILTER",
    ),
}
_ALWAYS: Final = Text(
    zh="总是有：独立进程，时间、内存、输出的上限，空的环境变量",
    en="always: a process of its own, limits on time, memory and output, an empty environment",
)
_NOT_LINUX: Final = Text(
    zh="此系统（{system}）没有文件和网络的隔离：只评测你信任的代码，或在 Linux 上评测",
    en="this system ({system}) keeps neither files nor the network apart: grade only code you trust, or use Linux",
)
_NO_FORKS: Final = Text(
    zh="此系统（{system}）不能运行评测进程：请用 Linux、macOS 或 WSL",
    en="this system ({system}) cannot run the worker: use Linux, macOS or WSL",
)
_BROKEN: Final = Text(
    zh="评测进程启动失败（{why}）：检查 Python 和 NumPy 的安装",
    en="the worker does not start ({why}): look at how Python and NumPy are installed",
)


WorkerProcess = ZygoteProcess | PlainProcesses


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of what `cvquiz doctor` says."""

    ok: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Probe:
    """The level this machine reaches, and why not a better one."""

    level: Level
    findings: tuple[Finding, ...]

    @property
    def lines(self) -> tuple[Text, ...]:
        """The findings in words."""
        return tuple(finding.text for finding in self.findings)


def start_process(measures: Sequence[str] = MEASURES_OF["full"]) -> WorkerProcess:
    """Start the process that a worker needs; it gets ready by itself."""
    return ZygoteProcess(measures) if sys.platform == "linux" else PlainProcesses()


def level_of(reasons: Mapping[str, str]) -> Level:
    """The level of the measures in force, those with an empty reason.

    Full: no file but libraries and the submission's folder can be read and none written, there is no network,
    nothing outlives the run, and only harmless system calls are left. For the files there are two independent
    measures, either of which will do; for the system calls there is one.
    """
    in_force = {measure for measure, reason in reasons.items() if not reason}
    if SECCOMP in in_force and in_force & {NAMESPACES, LANDLOCK}:
        return "full"
    return "partial" if in_force else "none"


def probe() -> Probe:
    """Start a worker and see what holds."""
    if not hasattr(os, "fork"):
        return Probe("none", (Finding(ok=False, text=_NO_FORKS.format(system=sys.platform)),))
    if sys.platform != "linux":
        return Probe(
            "none", (Finding(ok=True, text=_ALWAYS), Finding(ok=False, text=_NOT_LINUX.format(system=sys.platform)))
        )
    zygote = ZygoteProcess(MEASURES_OF["full"])
    try:
        reasons: dict[str, str] = zygote.hello()["measures"]
    except ZygoteDiedError as error:
        return Probe("none", (Finding(ok=False, text=_BROKEN.format(why=error)),))
    finally:
        zygote.close()
    return Probe(level_of(reasons), (Finding(ok=True, text=_ALWAYS), *map(_finding, reasons.items())))


def _finding(measure_and_reason: tuple[str, str]) -> Finding:
    measure, reason = measure_and_reason
    return Finding(ok=False, text=_MISSING[measure].format(why=reason)) if reason else Finding(True, _IN_FORCE[measure])

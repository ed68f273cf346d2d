"""Landlock: what of the file system a fork may read; nothing else, and nothing to write.

Source: Linux, Documentation/userspace-api/landlock.rst. Rights a kernel does not know are left out.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cv_quiz.grading.worker import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

CREATE_RULESET: Final = 444
ADD_RULE: Final = 445
RESTRICT_SELF: Final = 446
RULE_PATH_BENEATH: Final = 1
WRITE_FILE: Final = 1 << 1
READ_FILE: Final = 1 << 2
READ_DIR: Final = 1 << 3
# How many file rights each version handles: execute ... make-symlink, then refer, truncate, ioctl on devices.
FILE_RIGHTS: Final = {1: 13, 2: 14, 3: 15, 4: 15}
FILE_RIGHTS_NOW: Final = 16
NETWORK: Final = 0b11  # bind and connect TCP, from version 4
SCOPES: Final = 0b11  # abstract Unix sockets and signals, from version 6


def version() -> int:
    """The version the kernel speaks. Raises OSError where Landlock is absent or switched off."""
    return kernel.syscall(CREATE_RULESET, None, 0, 1)


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything is forbidden but what `allow` names."""

    descriptor: int

    @classmethod
    def create(cls) -> Ruleset:
        """A ruleset that handles every right the kernel knows. Raises OSError."""
        known = version()
        rights = (1 << FILE_RIGHTS.get(known, FILE_RIGHTS_NOW)) - 1
        attributes = struct.pack("=QQQ", rights, NETWORK, SCOPES)
        size = 24 if known >= 6 else 16 if known >= 4 else 8
        return cls(kernel.syscall(CREATE_RULESET, ctypes.c_char_p(attributes), size, 0))

    def allow(self, paths: Iterable[str], *, write: bool = False) -> None:
        """Let the trees under `paths` be read (and files written); paths that do not exist are passed over."""
        for path in paths:
            try:
                descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            try:
                self._allow_open(descriptor, write=write)
            finally:
                os.close(descriptor)

    def _allow_open(self, descriptor: int, *, write: bool) -> None:
        rights = READ_FILE | (WRITE_FILE if write else 0)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights |= READ_DIR
        rule = struct.pack("=Qi", rights, descriptor)
        kernel.syscall(ADD_RULE, self.descriptor, RULE_PATH_BENEATH, ctypes.c_char_p(rule), 0)

    def enforce(self) -> None:
        """Put this process under the ruleset, for good. Needs no_new_privs. Raises OSError."""
        kernel.syscall(RESTRICT_SELF, self.descriptor, 0)

    def close(self) -> None:
        """Close the descriptor; processes under the ruleset stay under it."""
        os.close(self.descriptor)

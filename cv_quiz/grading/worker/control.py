"""The zygote's end of the socket to the judge: one JSON line and up to two descriptors in, one line out."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from typing import Any, Final

MESSAGE_BYTES: Final = 1 << 16
DESCRIPTORS: Final = 2


@dataclass(frozen=True, slots=True)
class Request:
    """What the judge asks, and the descriptors that come with it."""

    message: dict[str, Any]
    descriptors: list[int]


class Control:
    """Blocking requests and answers."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def receive(self) -> Request | None:
        """The next request, None where the judge is gone."""
        raw, descriptors = b"", []
        while not raw.endswith(b"\n"):
            part, more, _, _ = socket.recv_fds(self._connection, MESSAGE_BYTES, DESCRIPTORS)
            if not part:
                return None
            raw += part
            descriptors += more
        return Request(json.loads(raw), descriptors)

    def answer(self, message: dict[str, Any]) -> None:
        """Answer the last request."""
        self._connection.sendall(json.dumps(message).encode() + b"\n")

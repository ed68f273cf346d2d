"""A process that serves one submission and ends: the worker where forking is not to be relied on."""

from __future__ import annotations

import json
import os
import socket
import sys

from cv_quiz.grading.exchange import Limits
from cv_quiz.grading.worker.confine import close_descriptors, set_limits
from cv_quiz.grading.worker.control import Control
from cv_quiz.grading.worker.imports import forget_judge
from cv_quiz.grading.worker.pipes import Pipe
from cv_quiz.grading.worker.serve import Server
from cv_quiz.grading.worker.warm import import_library, warm_up


def main() -> None:
    """Get ready, wait for one submission, serve it; `sys.argv` is as for the zygote."""
    warm_up(json.loads(sys.argv[2])["folders"])
    control = Control(socket.socket(fileno=int(sys.argv[1])))
    control.answer({"measures": {}})
    request = control.receive()
    if request is None:
        return
    for name in request.message["warm"]:
        import_library(name)
    control.answer({"process": os.getpid()})
    pipe, limits = Pipe(*request.descriptors), Limits(**request.message["limits"])
    close_descriptors(set(request.descriptors))
    set_limits(limits, 0)
    forget_judge()
    pipe.send({"kind": "ready"})
    Server(pipe, limits).run()

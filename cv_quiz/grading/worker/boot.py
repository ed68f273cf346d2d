"""The first thing the worker's process runs: namespaces before NumPy, then the zygote."""

from __future__ import annotations

import gc
import json
import os
import socket
import sys

from cv_quiz.grading.worker.confine import Confinement
from cv_quiz.grading.worker.control import Control


def main() -> None:
    """Become the zygote; `sys.argv` holds the control descriptor and what the judge wishes, as JSON."""
    wishes = json.loads(sys.argv[2])
    confinement = Confinement(dict.fromkeys(wishes["measures"], ""), wishes["folders"], wishes["hidden"])
    confinement.enter()
    gc.disable()  # until all is loaded: there is nothing to collect
    # Only now: what is loaded before would be loaded for the process that just waits.
    from cv_quiz.grading.worker.warm import warm_up  # noqa: PLC0415
    from cv_quiz.grading.worker.zygote import Zygote  # noqa: PLC0415

    warm_up(wishes["folders"])
    confinement.prepare()
    Zygote(Control(socket.socket(fileno=int(sys.argv[1]))), confinement).run()
    os._exit(0)  # nothing is left to be put away, and putting away what NumPy holds takes its time

"""The file a learner starts from, and the solution shown in the end: both made from the reference."""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING

from cv_quiz.grading.variants import source_of

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Drill
    from cv_quiz.language import Language

_TODO = {"zh": "在这里写你的实现，然后删去下一行。", "en": "Write your code here and delete the next line."}
_INDENT = "    "


def stub(drill: Drill, language: Language) -> str:
    """A module with the drill's function, its contract as the docstring, and no body yet."""
    contract = drill.statement.say(language).strip().splitlines()
    docstring = "\n".join([f'"""{contract[0]}', *contract[1:], '"""']) if len(contract) > 1 else f'"""{contract[0]}"""'
    body = [docstring, f"# {_TODO[language]}", "raise NotImplementedError"]
    return "\n".join(
        [
            "import numpy as np",
            "",
            "",
            f"def {drill.name}({', '.join(parameters(drill))}):",
            textwrap.indent("\n".join(body), _INDENT),
            "",
        ]
    )


def parameters(drill: Drill) -> list[str]:
    """The parameters a learner writes: the reference's without the keywords for conventions."""
    own = inspect.signature(drill.reference).parameters.values()
    return [_written(parameter) for parameter in own if parameter.kind is not parameter.KEYWORD_ONLY]


def solution(drill: Drill) -> str:
    """The reference with the functions it uses, as a module of its own."""
    head = "from __future__ import annotations\n\nimport numpy as np\n\n\n"
    return head + re.sub(r"  # noqa:.*", "", source_of(drill))


def _written(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default!r}"

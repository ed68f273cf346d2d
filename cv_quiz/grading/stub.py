"""The file a learner starts from, and the solution shown in the end: both made from the reference."""

from __future__ import annotations

import inspect
import re
import textwrap
from typing import TYPE_CHECKING

from cv_quiz.grading.variants import source_of
from cv_quiz.language import Text

if TYPE_CHECKING:
    from cv_quiz.drills.contract import Axis, Drill
    from cv_quiz.language import Language

_TODO = {"zh": "在这里写你的实现，然后删去下一行。", "en": "Write your code here and delete the next line."}
_CONVENTIONS = Text(
    "星号之后的参数是评判所知道的各种约定，不必写进你的函数；其余部分就是答案。",
    "The parameters after the * are the conventions the judge knows; yours needs none of them. The rest is the answer.",
)
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


def solution(drill: Drill, language: Language = "en") -> str:
    """The reference with the functions it uses, as a module of its own; above it what its keywords are there for."""
    head = "from __future__ import annotations\n\nimport numpy as np\n\n\n"
    code = re.sub(r"  # noqa:.*", "", source_of(drill))
    start = f"def {drill.reference.__name__}("
    return head + code.replace(start, _remarks(drill, language) + start)


def _remarks(drill: Drill, language: Language) -> str:
    """The keyword-only parameters as comments, each with a convention that it stands for; nothing where there are none."""
    own = inspect.signature(drill.reference).parameters.values()
    keywords = [parameter.name for parameter in own if parameter.kind is parameter.KEYWORD_ONLY]
    axes = [axis for axis in drill.conventions if axis.keyword in keywords]
    lines = [_CONVENTIONS.say(language), *(_remark(axis, language) for axis in axes)] if keywords else []
    return "".join(f"# {line}\n" for line in lines)


def _remark(axis: Axis, language: Language) -> str:
    option = axis.options[0]
    return f"  {axis.keyword}={option.value!r}: {option.text.say(language)}"


def _written(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={parameter.default!r}"

"""What a drill is: frozen values that name an exercise, its right answer, and the wrong ones people give."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cv_quiz.language import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cv_quiz.drills._numpy import np

# What a parameter of the reference means; the table of adapters knows the ways in which people pass it.
Takes = Literal["boxes", "box", "scores", "iou_threshold", "score_threshold", "sigma", "points", "count", "init"]
# What the reference returns; the table of readers knows the ways in which people return it.
Gives = Literal["indices", "scalar", "matrix", "picks", "clusters"]
Edit: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One input. `inputs` go by the reference's parameter names, `raises` names the exception that is right.

    Tags say what is special about the input. A case tagged `needs:x` is left out where a function has no `x`, one
    tagged `optional:x` where None is not what `x` is by default.
    """

    name: str
    inputs: Mapping[str, Any]
    tags: frozenset[str] = frozenset()
    raises: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way in which right code differs from the contract.

    `lacking` names the parameter without which the option makes sense (no scores: go by y2). `having`
    names one that must be there, `only` a further one that the contract does not have. `excuses` is a tag of cases that are not judged under this option.
    """

    id: str
    value: Any
    text: Text
    lacking: str = ""
    having: str = ""
    only: str = ""
    excuses: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A convention: a keyword of the reference, what the contract states, and what else is found in the field.

    A `rare` axis is not combined with mistakes.
    """

    keyword: str
    stated: Any
    options: tuple[Option, ...]
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Mutant:
    """A known mistake as code: `edits` replace text of the reference (each text occurs there exactly once).

    `variants` are further spellings of the same mistake. `code` are the functions that are edited where
    they are not the drill's own: another right way to write it, for mistakes that belong to that way.
    """

    id: str
    message: Text
    edits: tuple[Edit, ...]
    hint: Text | None = None
    variants: tuple[tuple[Edit, ...], ...] = ()
    code: tuple[Callable[..., Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Shaped:
    """Any array of this shape."""

    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Instead:
    """Something else that people return: `make(inputs, answer)` gives it as it comes out of their function.

    `answer` is the right answer in canonical form. A tuple stands for several results, `Shaped` for any
    numbers of a shape. None, or an exception of `make`, means that nothing is expected.
    """

    id: str
    message: Text
    make: Callable[[Mapping[str, Any], Any], Any]
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that is true of wrong answers and gives a mistake away, whatever else the function does.

    `shows(inputs, answer)` is True where it can be seen, False where it can be excluded, None where an
    answer tells nothing. It has to be true of no right answer. `of` names the parameter that has to be known to say it.
    """

    id: str
    message: Text
    shows: Callable[[Mapping[str, Any], Any], bool | None]
    hint: Text | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Large:
    """Inputs for timing: `make(rng, size)`; `sizes` rise, the last one is the drill's large input."""

    make: Callable[[np.random.Generator, int], Mapping[str, Any]]
    sizes: tuple[int, ...]


def contract_of(reference: Callable[..., Any], chinese: str) -> Text:
    """The contract in both languages: the English one is the reference's docstring, whose source both name."""
    english = cleandoc(reference.__doc__ or "")
    _, source, where = english.partition("\nSource: ")
    return Text(f"{chinese}\n\n出处：{' '.join(where.split())}" if source else chinese, english)


def identity(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> Mapping[str, Any]:
    """Follow nothing: the reference's answer does not depend on the learner's."""
    del inputs, got
    return keywords


def nothing_more(inputs: Mapping[str, Any], keywords: Mapping[str, Any], got: Any) -> bool:
    """No further property has to hold."""
    del inputs, keywords, got
    return True


@dataclass(frozen=True, slots=True)
class Drill:
    """One exercise.

    `special()` gives named inputs that are the same each time, `drawn(rng)` others from small to large; whoever wants
    only the first few takes no more. `slips` are rarer mistakes, tried when no mutant explains an answer; several may share an id. `instead`
    is what people return in place of the answer. `traits` are looked for where no mistake explains everything. `habits`
    are edits that change nothing in right code, but do together with a mistake.
    `aliases` and `classes` are other names of the function; `looks_like` is a pattern for the rest, matched
    against names in lower case without underscores. `code` are the functions the reference consists of, itself last; a mutant edits their joined source.
    `follow(inputs, keywords, got)` gives the keywords with which the reference makes the same free choices
    as the answer (the order inside a tie). `holds` checks what else must be true of an answer.
    `explain(inputs, keywords, got)` says at which step the answer leaves the reference's way. `rows` are
    groups of inputs that lose a row together when a counterexample is made smaller.
    """

    name: str
    title: Text
    topic: str
    difficulty: int
    takes: Mapping[str, Takes]
    gives: Gives
    code: tuple[Callable[..., Any], ...]
    statement: Text
    special: Callable[[], tuple[Case, ...]]
    drawn: Callable[[np.random.Generator], Iterable[Case]]
    mutants: tuple[Mutant, ...]
    slips: tuple[Mutant, ...] = ()
    instead: tuple[Instead, ...] = ()
    traits: tuple[Trait, ...] = ()
    habits: tuple[tuple[Edit, ...], ...] = ()
    conventions: tuple[Axis, ...] = ()
    aliases: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    looks_like: str = ""
    tags: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    hints: tuple[Text, ...] = ()
    probes: tuple[str, ...] = ()
    large: Large | None = None
    time_limit_case: str = ""
    relative_tolerance: float = 1e-5
    absolute_tolerance: float = 1e-8
    in_place: frozenset[str] = frozenset()
    picture: Literal["boxes", "points", ""] = ""
    follow: Callable[[Mapping[str, Any], Mapping[str, Any], Any], Mapping[str, Any]] = identity
    holds: Callable[[Mapping[str, Any], Mapping[str, Any], Any], bool] = nothing_more
    explain: Callable[[Mapping[str, Any], Mapping[str, Any], Any], Text | None] | None = None
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def reference(self) -> Callable[..., Any]:
        """The right answer as code."""
        return self.code[-1]

    def cases(self, rng: np.random.Generator) -> tuple[Case, ...]:
        """All inputs: the special ones first."""
        return *self.special(), *self.drawn(rng)

    @property
    def options(self) -> tuple[Option, ...]:
        """Every named convention."""
        return tuple(option for axis in self.conventions for option in axis.options)

    def option(self, option_id: str) -> Option:
        """The convention with this id; KeyError where there is none."""
        for option in self.options:
            if option.id == option_id:
                return option
        raise KeyError(option_id)

    def mutant(self, mutant_id: str) -> Mutant:
        """The mistake with this id; KeyError where there is none."""
        for mutant in self.mutants:
            if mutant.id == mutant_id:
                return mutant
        raise KeyError(mutant_id)

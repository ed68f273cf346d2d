"""What stands for a module that is not installed: importable, and failing as soon as it is really used."""

from __future__ import annotations

from types import ModuleType
from typing import Any, Final, NoReturn

from cv_quiz.grading.worker.standins import STAND_INS

# Placeholders even where they are installed: they need a screen, and files of their own to write.
PLOTTING: Final = frozenset({"matplotlib", "mpl_toolkits", "pylab", "seaborn", "tkinter"})


class Placeholder:
    """A name out of a missing module. It may be named, subscripted (in an annotation), subclassed from and passed on;
    any use of it fails.
    """

    def __init__(self, module: str, why: str) -> None:
        self._missing_module = module
        self._why = why

    def __getattr__(self, name: str) -> Placeholder:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Placeholder(self._missing_module, self._why)

    def __getitem__(self, _key: object) -> Placeholder:
        return self

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()

    def _fail(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ModuleNotFoundError(self._why, name=self._missing_module)

    __call__ = __iter__ = __len__ = __bool__ = __setitem__ = __contains__ = _fail
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _fail
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = __index__ = __enter__ = __exit__ = _fail
    __matmul__ = __rmatmul__ = __pow__ = __rpow__ = __neg__ = __array__ = _fail

    def __instancecheck__(self, _value: object) -> bool:  # without torch nothing is a tensor
        return False

    def __subclasscheck__(self, _kind: type) -> bool:
        return False

    def __or__(self, _other: object) -> Placeholder:  # `torch.Tensor | None` in an annotation
        return self

    __ror__ = __or__


class PlaceholderModule(ModuleType):
    """A missing module, or a submodule of one."""

    __path__: list[str]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []
        self.__all__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        root = self.__name__.partition(".")[0]
        if (root, name) in STAND_INS:
            return STAND_INS[root, name]
        shown = "cannot be used here: there is no screen" if root in PLOTTING else "is not installed"
        return Placeholder(root, f"No module named '{root}': it {shown}")

"""Where a user's data lies, and config.toml: what the user has set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cv_quiz.errors import ConfigError
from cv_quiz.language import Text
from cv_quiz.scheduling.settings import SchedulerSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Keys = dict[str, tuple[str, Callable[[Any], Any]]]

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Config:
    """Everything config.toml can say, with its defaults."""

    scheduler: SchedulerSettings = field(default_factory=SchedulerSettings)
    new_per_day: int = 20
    reviews_per_day: int = 200
    language: str | None = None


def home_folder(environment: Mapping[str, str]) -> Path:
    """CVQUIZ_HOME, else the platform's data folder."""
    if wish := environment.get("CVQUIZ_HOME"):
        return Path(wish).expanduser()
    from platformdirs import user_data_path  # noqa: PLC0415  not needed where CVQUIZ_HOME is set

    return user_data_path("cvquiz", appauthor=False)


def read_config(path: Path) -> Config:
    """The configuration in a file; the defaults where there is none. ConfigError names the key that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad puts a byte-order mark in front
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except (UnicodeDecodeError, OSError) as error:
        raise ConfigError(UNREADABLE.format(path=path, why=error)) from None
    import tomllib  # noqa: PLC0415  most homes have no config.toml

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(UNREADABLE.format(path=path, why=error)) from None
    _refuse_unknown(said, path)
    scheduler, study = said.get("scheduler", {}), said.get("study", {})
    return Config(SchedulerSettings(**_checked(scheduler, SCHEDULER, path)), **_checked(study, STUDY, path))


def _checked(said: Mapping[str, Any], keys: Keys, path: Path) -> dict[str, Any]:
    values = {}
    for key, content in said.items():
        name, check = keys[key]
        try:
            values[name] = check(content)
        except (TypeError, ValueError):
            raise ConfigError(BAD_VALUE.format(path=path, key=key, value=content, want=WANTED[key])) from None
    return values


def _refuse_unknown(said: Mapping[str, Any], path: Path) -> None:
    for section, content in said.items():
        keys = {"scheduler": SCHEDULER, "study": STUDY}.get(section)
        if keys is None or not isinstance(content, dict):
            raise ConfigError(UNKNOWN.format(path=path, key=section))
        for key in content:
            if key not in keys:
                raise ConfigError(UNKNOWN.format(path=path, key=f"{section}.{key}"))


def _retention(value: Any) -> float:
    if isinstance(value, bool) or not 0.7 <= float(value) <= 0.99:
        raise ValueError
    return float(value)


def _step(value: Any) -> timedelta:
    """A number is minutes; a string ends in s, m, h or d."""
    text = str(value)
    seconds = float(text[:-1]) * _UNITS[text[-1]] if text[-1:] in _UNITS else float(text) * 60
    if isinstance(value, bool) or not 0 < seconds <= 30 * 86400:
        raise ValueError
    return timedelta(seconds=seconds)


def _steps(value: Any) -> tuple[timedelta, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_step(item) for item in value)


def _count(value: Any, low: int = 0, high: int = 9999) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _language(value: Any) -> str:
    if value not in ("zh", "en"):
        raise ValueError
    return str(value)


SCHEDULER: Keys = {
    "desired_retention": ("desired_retention", _retention),
    "learning_steps": ("learning_steps", _steps),
    "relearning_steps": ("relearning_steps", _steps),
    "maximum_interval": ("maximum_interval_days", lambda value: _count(value, 1, 36500)),
    "fuzz": ("fuzz", _switch),
}
STUDY: Keys = {
    "new_per_day": ("new_per_day", _count),
    "reviews_per_day": ("reviews_per_day", _count),
    "language": ("language", _language),
}
WANTED = {
    "desired_retention": Text("0.70 到 0.99 之间的数", "a number from 0.70 to 0.99"),
    "learning_steps": Text(
        "时长的列表，如 [1, 10]（分钟）或 ['1m', '1h']", "a list: [1, 10] (minutes) or ['1m', '1h']"
    ),
    "relearning_steps": Text("时长的列表，如 [10]（分钟）", "a list of times such as [10] (minutes)"),
    "maximum_interval": Text("1 到 36500 天", "1 to 36500 days"),
    "fuzz": Text("true 或 false", "true or false"),
    "new_per_day": Text("0 到 9999", "0 to 9999"),
    "reviews_per_day": Text("0 到 9999", "0 to 9999"),
    "language": Text("zh 或 en", "zh or en"),
}
UNREADABLE = Text("{path}：读不了（{why}）。", "{path}: cannot be read ({why}).")
BAD_VALUE = Text("{path}：{key} = {value} 不对，应为{want}。", "{path}: {key} = {value} makes no sense; give {want}.")
UNKNOWN = Text("{path}：不认识的设置 {key}。", "{path}: unknown setting {key}.")

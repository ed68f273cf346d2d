"""Two languages: a message is a pair of texts, so that none can exist in one language only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Chinese and in English.

    A value given to `format` may itself be a `Text`; each language then gets its own words.
    """

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Both texts with their `{name}` fields filled in."""
        return Text(_fill(self.zh, values, "zh"), _fill(self.en, values, "en"))


def _fill(template: str, values: Mapping[str, object], language: Language) -> str:
    said = {name: value.say(language) if isinstance(value, Text) else value for name, value in values.items()}
    return template.format(**said)


def choose_language(environment: Mapping[str, str], configured: str | None = None) -> Language:
    """CVQUIZ_LANG, else what config.toml says, else the locale; English where none of them is Chinese.

    The POSIX order of precedence is LC_ALL, LC_MESSAGES, LANG.
    """
    for wish in (environment.get("CVQUIZ_LANG"), configured):
        if wish and wish.lower()[:2] in LANGUAGES:
            return "zh" if wish.lower().startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def other_language(language: Language) -> Language:
    """The other one of the two."""
    return "en" if language == "zh" else "zh"

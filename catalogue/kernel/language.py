"""The two languages of the site, and a text that exists in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Language(StrEnum):
    """Vietnamese comes first; English is complete."""

    VI = "vi"
    EN = "en"

    @property
    def other(self) -> Language:
        return Language.EN if self is Language.VI else Language.VI


@dataclass(frozen=True)
class Phrase:
    """A text and the language it is really written in."""

    text: str
    language: Language

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Bilingual:
    """One text in Vietnamese and English; either may be missing. Assign a new one, never change it."""

    vi: str | None
    en: str | None

    @classmethod
    def of(cls, plain: Mapping[str, str | None] | None) -> Self:
        """The text that `plain` gives; nothing for None."""
        return cls(plain.get("vi"), plain.get("en")) if plain else cls(None, None)

    @property
    def plain(self) -> dict[str, str | None] | None:
        """Both texts as JSON knows them; None where there is none."""
        return {"vi": self.vi or None, "en": self.en or None} if self else None

    def __composite_values__(self) -> tuple[str | None, str | None]:
        return self.vi, self.en

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    def in_(self, language: Language) -> str | None:
        """The text in exactly this language, or None."""
        return (self.vi if language is Language.VI else self.en) or None

    def read(self, language: Language) -> Phrase | None:
        """The text for a reader of `language`: borrowed from the other language when missing."""
        for candidate in (language, language.other):
            text = self.in_(candidate)
            if text:
                return Phrase(text, candidate)
        return None

    def texts(self) -> list[str]:
        """The texts that exist, Vietnamese first."""
        return [text for text in (self.vi, self.en) if text]

    def text(self, language: Language) -> str:
        """Like `read`, as a plain string; empty when both languages are missing."""
        phrase = self.read(language)
        return phrase.text if phrase else ""

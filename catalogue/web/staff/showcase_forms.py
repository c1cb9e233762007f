"""The forms of the board as they were filled in: days, words in both languages, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext

from catalogue.kernel.language import Bilingual, Language
from catalogue.showcase import rules
from catalogue.showcase.actions import Frame, Terms
from catalogue.showcase.models import Collection, Feature
from catalogue.showcase.rules import CollectionKind, Criterion
from catalogue.web.private import tidy
from catalogue.web.showcase_words import CRITERIA, KINDS, iso

YEARS = range(2000, 2100)
LONGEST_ADDRESS = 300


@dataclass
class Filled:
    """What somebody typed, field by field, and what is wrong with it."""

    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def words(self, name: str, most: int) -> Bilingual:
        """A text in both languages; empty is none."""
        texts = []
        for language in Language:
            text = tidy(self.typed.get(f"{name}_{language}", ""))
            if len(text) > most:
                self.errors[f"{name}_{language}"] = gettext("Keep it under %(num)s signs.", num=most)
            texts.append(text or None)
        return Bilingual(*texts)

    def day(self, name: str) -> date | None:
        """A day as browsers send it; None for an empty field."""
        text = self.typed.get(name, "").strip()
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            day = None
        if text and (day is None or day.year not in YEARS):
            self.errors[name] = gettext("Write the day as year, month and day, such as 2026-12-05.")
            return None
        return day

    def frame(self) -> Frame:
        """What a collection says of itself."""
        return Frame(
            self.words("name", rules.MOST_NAME),
            self.words("introduction", rules.MOST_INTRODUCTION),
            self.day("starts"),
            self.day("ends"),
        )

    def terms(self) -> Terms | None:
        """On which days and why; None where that cannot be read."""
        starts, ends = self.day("starts"), self.day("ends")
        reason = self.words("reason", rules.MOST_REASON)
        if starts is None:
            self.errors.setdefault("starts", gettext("Say from which day on."))
        criterion = self.typed.get("criterion", "")
        if criterion not in set(Criterion):
            self.errors["criterion"] = gettext("Choose one of the list.")
        source = self.typed.get("source_url", "").strip()
        if source and not _is_address(source):
            self.errors["source_url"] = gettext("Write a whole address, such as https://baolamdong.vn/…")
        if self.errors or starts is None:
            return None
        return Terms(starts, ends, Criterion(criterion), reason, source or None)


def of_collection(collection: Collection) -> dict[str, str]:
    """A collection as its form shows it."""
    return {
        **_texts("name", collection.name),
        **_texts("introduction", collection.introduction),
        "kind": collection.kind,
        "starts": iso(collection.starts),
        "ends": iso(collection.ends),
    }


def of_feature(feature: Feature) -> dict[str, str]:
    """A place as its form shows it."""
    return {
        **_texts("reason", feature.reason),
        "criterion": feature.criterion,
        "starts": iso(feature.starts),
        "ends": iso(feature.ends),
        "source_url": feature.source_url or "",
    }


def kinds(chosen: str) -> list[dict[str, Any]]:
    """What a collection can show, for a list to choose from."""
    return [
        {"value": one.value, "label": str(KINDS[one]), "checked": one == chosen} for one in CollectionKind
    ]


def criteria(chosen: str) -> list[dict[str, Any]]:
    """What a place can rest on, likewise."""
    return [
        {"value": one.value, "label": str(CRITERIA[one]), "checked": one == chosen, "selected": one == chosen}
        for one in Criterion
    ]


def _texts(name: str, text: Bilingual) -> dict[str, str]:
    return {f"{name}_{language}": text.in_(language) or "" for language in Language}


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    plain = text.isprintable() and not set(text) & set(' "<>')
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and plain and len(text) <= LONGEST_ADDRESS
    )

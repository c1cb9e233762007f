"""The form for a published figure: as it was typed, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext

from catalogue.editorial import cells
from catalogue.editorial.cells import Unread
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.resolution.models import PublishedFigure, Target
from catalogue.resolution.rules import EARLIEST_YEAR, Figure, Nature, Period, Scope
from catalogue.web import goal_words, labels
from catalogue.web.error_words import CODES
from catalogue.web.language import current, read
from catalogue.web.private import tidy

LONGEST = 300
MOST_URL = 2100
# A per cent sign may stand behind the number; it is the unit, not a hundredth.
UNITS = {"": Decimal(1), "%": Decimal(1)}


@dataclass
class FigureForm:
    """What stands in each field; `errors` by field, once `figure` has read it."""

    target: str = ""
    year: str = ""
    period: str = Period.YEAR.value
    scope: str = ""
    nature: str = ""
    value: str = ""
    same_measure: str = ""
    indicator_vi: str = ""
    indicator_en: str = ""
    unit_vi: str = ""
    unit_en: str = ""
    url: str = ""
    published: str = ""
    errors: dict[str, str] = field(default_factory=dict, compare=False)

    @classmethod
    def empty(cls, target: str) -> FigureForm:
        """Nothing typed yet."""
        return cls(target=target)

    @classmethod
    def of(cls, row: PublishedFigure) -> FigureForm:
        """As the row has it."""
        indicator, unit = row.indicator or Bilingual(None, None), row.unit or Bilingual(None, None)
        return cls(
            target=row.target,
            year=str(row.year),
            period=row.period,
            scope=row.scope,
            nature=row.nature,
            value=cells.unambiguous(row.value, "," if current().value == "vi" else "."),
            same_measure="y" if row.same_measure else "",
            indicator_vi=indicator.vi or "",
            indicator_en=indicator.en or "",
            unit_vi=unit.vi or "",
            unit_en=unit.en or "",
            url=row.url,
            published=row.published.strftime("%d/%m/%Y"),
        )

    @classmethod
    def sent(cls) -> FigureForm:
        """As it was sent."""
        names = [each.name for each in fields(cls) if each.name != "errors"]
        most = {"url": MOST_URL}
        typed: dict[str, Any] = {name: tidy(request.form.get(name)) for name in names}
        return cls(**{name: text[: most.get(name, LONGEST)] for name, text in typed.items()})

    def figure(self) -> Figure | None:
        """The figure; None where something cannot be read, which `errors` then says."""
        self.errors = {}
        choices = (("period", Period), ("scope", Scope), ("nature", Nature))
        for name, known in choices:
            if getattr(self, name) not in set(known):
                self.errors[name] = gettext("Choose one of the list.")
        if not self.target:
            self.errors["target"] = gettext("Choose one of the list.")
        year = int(self.year) if self.year.isascii() and self.year.isdigit() and len(self.year) == 4 else None
        if year is None:
            self.errors["year"] = gettext("Write a year, such as 2024.")
        value = self._value()
        published = self._day()
        if self.errors or year is None or value is None or published is None:
            return None
        same = self.same_measure == "y"
        nothing = Bilingual(None, None)
        return Figure(
            target=self.target,
            year=year,
            period=Period(self.period),
            scope=Scope(self.scope),
            nature=Nature(self.nature),
            value=value,
            same_measure=same,
            indicator=nothing if same else Bilingual(self.indicator_vi or None, self.indicator_en or None),
            unit=nothing if same else Bilingual(self.unit_vi or None, self.unit_en or None),
            url=self.url,
            published=published,
        )

    def _day(self) -> date | None:
        try:
            found = cells.day(self.published or None)
        except Unread:
            found = None
        if found is None:
            self.errors["published"] = gettext("Write day, month and year, such as 02/01/2027.")
        return found

    def _value(self) -> float | None:
        try:
            read_number = cells.number(self.value or None, UNITS)
        except Unread as unread:
            self.errors["value"] = gettext("Write a number, such as 8.3.")
            if unread.code == "ambiguous":
                self.errors["value"] = gettext(
                    "This can be read two ways. Write 1250 for a whole number, 1.25 for a part."
                )
            return None
        if read_number is None:
            self.errors["value"] = gettext("Write a number, such as 8.3.")
            return None
        return float(read_number)

    def refusal(self, code: str) -> str:
        """What a rule says against it, in words for its field."""
        years = gettext(
            "Write a year from %(first)s to %(last)s.", first=str(EARLIEST_YEAR), last=str(today().year + 5)
        )
        words = {
            "figure.year": years,
            "figure.value": gettext("Write a number, such as 8.3."),
            "figure.url": gettext("Give the whole address of the page, beginning with https://."),
            "figure.published_later": gettext("This day has not come yet."),
            "figure.before_its_end": gettext(
                "The source is older than the last month of the figure. Then it can only be a forecast."
            ),
            "figure.percent": gettext("In % a value lies between −100 and 100. Look at the decimal point."),
            "figure.indicator": gettext(
                "Say in Vietnamese what the figure measures, or tick that it is the target’s own measure."
            ),
            "figure.unit": gettext("Say its unit in Vietnamese."),
        }
        return words[code] if code in words else str(CODES[code].title)

    def options(self, targets: Iterable[Target]) -> dict[str, list[dict[str, Any]]]:
        """What each list offers, with what is chosen."""
        offered = {
            "target": {"": "–"} | {target.code: _target_words(target) for target in targets},
            "period": {code: str(words) for code, words in labels.PARTS_OF_YEAR.items()},
            "scope": {"": "–"} | {code.value: str(labels.SCOPES[code]) for code in Scope},
            "nature": {"": "–"} | {code.value: str(labels.NATURES[code]) for code in Nature},
        }
        return {
            name: [
                {"value": value, "label": words, "selected": value == getattr(self, name)}
                for value, words in known.items()
            ]
            for name, known in offered.items()
        }


def _target_words(target: Target) -> str:
    value = goal_words.measured(goal_words.span(target.min, target.max), read(target.unit))
    until = (
        gettext("Target to %(year)s", year=str(target.period_to)) if target.period_to else gettext("Target")
    )
    return f"{read(target.indicator)} – {until}: {value}"

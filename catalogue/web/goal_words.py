"""The goals of the resolution in words: targets beside published figures, and what is counted here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask_babel import format_decimal, format_percent, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.certification.rules import Evidence, Status
from catalogue.resolution.indicators import Code, Count, Indicator
from catalogue.resolution.models import PublishedFigure, Resolution, Target
from catalogue.resolution.rules import is_comparable
from catalogue.web import charts, dates, labels
from catalogue.web.charts import Mark
from catalogue.web.language import read
from catalogue.web.page import say

MOST_DRAWN = 5
REGISTER = lazy_gettext("the register of certificates of this catalogue")
LISTED = lazy_gettext("what is listed in this catalogue")
# Title, what exactly is counted, and where the numbers come from.
WORDS: Mapping[Code, tuple[LazyString, LazyString, LazyString]] = {
    Code.PRODUCERS_BY_PLACE: (
        lazy_gettext("Makers by place"),
        lazy_gettext(
            "Makers listed here, by the ward or commune of today in which they stand, else by the former city"
            " or district, where no source says more."
        ),
        LISTED,
    ),
    Code.PRODUCERS_BY_CRAFT: (
        lazy_gettext("Makers by craft"),
        lazy_gettext(
            "Makers with a product listed here, by kind of product. Who makes two kinds counts in both, so"
            " there is no sum."
        ),
        LISTED,
    ),
    Code.CERTIFICATES_BY_SCHEME: (
        lazy_gettext("Certificates by scheme"),
        lazy_gettext(
            "Certificates on record that have not expired and were neither withdrawn nor replaced, confirmed"
            " or not."
        ),
        REGISTER,
    ),
    Code.CERTIFICATES_BY_MONTH: (
        lazy_gettext("Certificates by month of issue"),
        lazy_gettext("The same certificates, by the month in which they were issued."),
        REGISTER,
    ),
    Code.CERTIFICATES_BY_EVIDENCE: (
        lazy_gettext("Certificates by evidence"),
        lazy_gettext("The same certificates, by what each rests on."),
        REGISTER,
    ),
    Code.CERTIFICATES_BY_STATUS: (
        lazy_gettext("Certificates by standing"),
        lazy_gettext(
            "The same certificates, by how they stand today; only what staff confirmed is in force."
        ),
        REGISTER,
    ),
    Code.EXPORTERS_BY_MARKET: (
        lazy_gettext("Exporters by market"),
        lazy_gettext(
            "Makers that a source reported to export to a country, at any time. Who exports to two countries"
            " counts in both, and once in the sum."
        ),
        LISTED,
    ),
    Code.COMPLETENESS: (
        lazy_gettext("Complete in both languages"),
        lazy_gettext("Records with a name and a summary in Vietnamese and in English, of all of their kind."),
        LISTED,
    ),
    Code.VILLAGES_ON_ROUTES: (
        lazy_gettext("Craft villages on a route"),
        lazy_gettext("Craft villages at which a route of this site stops, of all that are listed here."),
        LISTED,
    ),
    Code.ENQUIRIES_BY_MARKET: (
        lazy_gettext("Enquiries by market"),
        lazy_gettext(
            "What makers were asked through this site, by the country it was asked for. An enquiry to three"
            " makers counts three times; what robots seem to have sent is left out."
        ),
        lazy_gettext("the enquiries of this site, for the office only"),
    ),
}
RECORDS: Mapping[str, LazyString] = {
    "producers": lazy_gettext("Makers"),
    "products": lazy_gettext("Products"),
    "villages": lazy_gettext("Craft villages"),
    "routes": lazy_gettext("Routes"),
}


def counted(indicator: Indicator) -> dict[str, Any]:
    """An indicator for the page: its words, its chart and its table."""
    title, definition, source = WORDS[indicator.code]
    drawn = [one for one in indicator.counts if one.key or indicator.code is not Code.CERTIFICATES_BY_MONTH]
    shares = any(one.of is not None for one in indicator.counts)
    marks = [
        Mark(_plain_name(indicator.code, one), number(one), 0, _height(one)) for one in drawn[:MOST_DRAWN]
    ]
    return {
        "id": indicator.code.value,
        "title": str(title),
        "definition": str(definition),
        "source": str(source),
        "total": format_decimal(indicator.total) if indicator.total is not None else None,
        "chart": charts.chart(marks, whole=1 if shares else None),
        "more": len(drawn) > MOST_DRAWN,
        "most": MOST_DRAWN,
        "rows": [(name_of(indicator.code, one), number(one)) for one in indicator.counts],
    }


def number(count: Count) -> str:
    """A number, with what it is out of and the share where it is one."""
    if count.of is None:
        return format_decimal(count.number)
    whole = gettext(
        "%(number)s of %(all)s", number=format_decimal(count.number), all=format_decimal(count.of)
    )
    # Rounded down, so that nothing is called whole that is not.
    return f"{whole} ({format_percent(int(count.number * 100 / count.of) / 100)})" if count.of else whole


def name_of(code: Code, count: Count) -> Any:
    """What a number is about, in words."""
    if count.name:
        return say(count.name)
    return _plain_name(code, count)


def _plain_name(code: Code, count: Count) -> str:
    if count.name:
        return read(count.name)
    if not count.key:
        return gettext("Not known")
    if code is Code.CERTIFICATES_BY_MONTH:
        return dates.partial(count.key)
    if code is Code.CERTIFICATES_BY_EVIDENCE:
        return str(labels.EVIDENCE[Evidence(count.key)])
    if code is Code.CERTIFICATES_BY_STATUS:
        return str(labels.STATUS_WORDS[Status(count.key)])
    if code in (Code.EXPORTERS_BY_MARKET, Code.ENQUIRIES_BY_MARKET):
        return labels.country(count.key)
    return str(RECORDS[count.key])


def _height(count: Count) -> float:
    if count.of is None:
        return count.number
    return count.number / count.of if count.of else 0.0


def measures(paper: Resolution, figures: Sequence[PublishedFigure]) -> list[dict[str, Any]]:
    """What the resolution aims at to a year, each measure with its targets and the published figures that
    may stand beside them: a chart and the same as lines. Nothing stands between two known points."""
    groups: dict[tuple[str, str], list[Target]] = {}
    for target in paper.targets:
        if target.period_to is not None and target.min is not None and target.max is not None:
            groups.setdefault((read(target.indicator), read(target.unit)), []).append(target)
    return [
        _measure(place, title, unit, targets, [one for one in figures if _beside(one, targets, paper)])
        for place, ((title, unit), targets) in enumerate(groups.items(), start=1)
    ]


def _measure(
    place: int, title: str, unit: str, targets: Sequence[Target], figures: Sequence[PublishedFigure]
) -> dict[str, Any]:
    known = [(one.year, _figure_mark(one, unit)) for one in figures]
    known += [(target.period_to or 0, _target_mark(target, unit)) for target in targets]
    marks = [mark for _, mark in sorted(known, key=lambda one: one[0])]
    drawn = charts.chart(marks, scale=True)
    for tick in drawn["ticks"] if drawn else ():
        tick["text"] = format_decimal(tick["value"])
    return {
        "id": f"measure-{place}",
        "title": title,
        "unit": unit,
        "chart": drawn,
        "rows": [(mark.label, mark.text) for mark in marks],
        "has_figures": bool(figures),
    }


def _target_mark(target: Target, unit: str) -> Mark:
    low, high = target.min or 0.0, target.max or 0.0
    words = gettext("Target to %(year)s", year=str(target.period_to))
    return Mark(words, measured(span(low, high), unit), low, high, "target")


def _figure_mark(figure: PublishedFigure, unit: str) -> Mark:
    words = gettext(
        "Published for %(year)s, %(nature)s", year=str(figure.year), nature=str(labels.NATURES[figure.nature])
    )
    return Mark(words, measured(format_decimal(figure.value), unit), figure.value, figure.value, "figure")


def _beside(figure: PublishedFigure, targets: Iterable[Target], paper: Resolution) -> bool:
    """Whether it may be drawn with these targets; said once where it was noted beside two of them."""
    return figure.target in {target.code for target in targets} and is_drawn(figure, paper)


def is_drawn(figure: PublishedFigure, paper: Resolution) -> bool:
    """Whether a figure stands in the chart of its target."""
    scope = paper.details["territory"]["scope"]
    return is_comparable(figure.same_measure, figure.period, figure.scope, figure.nature, scope)


def told(figure: PublishedFigure, target: Target | None, paper: Resolution) -> dict[str, Any]:
    """A published figure as a line of text; `target` is None where the data has it no longer."""
    same = figure.same_measure and target is not None
    indicator, unit = (
        (target.indicator, target.unit) if same and target is not None else (figure.indicator, figure.unit)
    )
    return {
        "id": figure.id,
        "indicator": say(indicator),
        "period": period(figure.period, figure.year),
        "value": measured(format_decimal(figure.value), read(unit) if unit else ""),
        "nature": str(labels.NATURES[figure.nature]),
        "scope": str(labels.SCOPES[figure.scope]),
        "published": dates.day(figure.published),
        "source": {"href": figure.url, "host": (urlsplit(figure.url).hostname or "").removeprefix("www.")},
        "drawn": is_drawn(figure, paper),
        "entered_by": figure.entered_by,
    }


def span(low: float | None, high: float | None) -> str:
    """A number, or two with a dash between them."""
    ends = [format_decimal(end) for end in dict.fromkeys((low, high)) if end is not None]
    return "–".join(ends)


def measured(value: str, unit: str) -> str:
    """A value before its unit; a per cent sign stands close."""
    return f"{value}{unit}" if unit.startswith("%") else f"{value} {unit}".rstrip()


def period(code: str, year: int | None) -> str:
    """A part of a year in words; years as figures."""
    if words := labels.PERIODS.get(code):
        return str(words % {"year": year})
    return str(year) if code == "year" else code.replace("-", "–")


def counted_on(day: date) -> str:
    """When the numbers were counted."""
    return gettext("Counted on %(day)s.", day=dates.day(day))

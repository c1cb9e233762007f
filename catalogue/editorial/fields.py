"""What a field of a listing may hold: plain values for JSON, tidied when saved, checked when sent.

A draft keeps whatever was typed. What cannot be read as a number or a code stays as it was typed, and is
named as a fault, so that nobody loses a word to a rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalogue.editorial.rules import LANGUAGES, is_something
from catalogue.kernel.text import one_line, shown

RANGE = re.compile(r"\s*[-–—]\s*")
# 1.200, 1 200 and 1,200 are twelve hundred; 12,5 and 12.5 are twelve and a half.
# Nobody groups a nought: 0,500 is a half, and so are four decimals and more no thousands.
GROUPED = re.compile(r"([1-9]\d{0,2}(?:[.,\u00a0\u202f ]\d{3})+)(?:[.,](\d{1,2}))?")
PLAIN = re.compile(r"\d+(?:[.,](?:\d{1,2}|\d{4,}))?|0[.,]\d+")
# As many digits as a number keeps; what is longer stays as it was typed.
MOST_DIGITS = 15


class Shape(StrEnum):
    """How a field's value looks.

    WORDS and LINES: {"vi", "en"} with text or None, of one line or several. KEYWORDS: the same with lists.
    CHOICE: a code. NUMBER: int or float. RANGE: {"min", "max"}. MONTHS: a list of 1–12. CODES: a list
    of codes in their own order. PICTURES: codes of photographs in the maker's order. TICK: True or None, for
    what is never denied. MARKDOWN: as LINES. LINKS: addresses of the web, in order. DATE: YYYY-MM-DD. STOPS:
    a list of {"at": "<kind>:<code>", "minutes": number or None, "note": as LINES}, in the order of the way.
    """

    WORDS = "words"
    LINES = "lines"
    KEYWORDS = "keywords"
    CHOICE = "choice"
    NUMBER = "number"
    RANGE = "range"
    MONTHS = "months"
    CODES = "codes"
    PICTURES = "pictures"
    TICK = "tick"
    PLAIN = "plain"
    MARKDOWN = "markdown"
    LINKS = "links"
    DATE = "date"
    STOPS = "stops"


TEXTS = frozenset({Shape.WORDS, Shape.LINES, Shape.MARKDOWN})
LINK = re.compile(r"https?://[^\s\"<>]+")
LONGEST_NOTE, LONGEST_PLAIN = 600, 200
LONGEST_STOP = 24 * 60


@dataclass(frozen=True)
class Field:
    """One thing that a listing says. `step`: where the editor asks for it; `most`: the longest text, the
    largest number or the most keywords; `needed`: nothing is sent without it."""

    name: str
    shape: Shape
    step: str
    most: int = 0
    choices: tuple[str, ...] = ()
    needed: bool = False
    pattern: str = ""


def tidy(field: Field, value: Any) -> Any:
    """The value as it is kept; None for nothing. What cannot be understood stays as it was typed."""
    tidied = TIDIED.get(field.shape)
    return tidied(value) if tidied else _text(value)


def fault(field: Field, value: Any) -> str | None:
    """What is wrong with a tidied value, as a code; None for nothing. Only what is needed must be there."""
    if not is_something(value):
        return "needed" if field.needed else None
    check = CHECKS.get(field.shape)
    return check(field, value) if check else None


def limit(field: Field, code: str) -> int:
    """The most that a field takes of what a fault says is too much."""
    if field.shape is Shape.STOPS and code == "too_long":
        return LONGEST_NOTE
    return field.most or LONGEST_PLAIN


def amount(value: Any) -> int:
    """How many signs, words or things a value has; of two languages the one with more."""
    if isinstance(value, Mapping):
        return max(amount(part) for part in value.values())
    return len(value or ()) if isinstance(value, str | list | None) else 0


def in_season(months: Collection[int]) -> list[int]:
    """Months in the order of the season: one that goes on over New Year begins in the old year."""
    found = sorted({month for month in months if 1 <= month <= 12})
    gaps = [month for month in found if month - 1 not in found]
    if not {1, 12} <= set(found) or gaps[-1:] in ([], [1]):
        return found
    return [month for month in found if month >= gaps[-1]] + [month for month in found if month < gaps[-1]]


def number(value: Any) -> Any:
    """A number as a person writes it in either language; as typed where it is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = _text(value)
    if text is None:
        return None
    if grouped := GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", grouped[1]) + (f".{grouped[2]}" if grouped[2] else "")
    if PLAIN.fullmatch(text) and sum(map(str.isdecimal, text)) <= MOST_DIGITS:
        amount = float(text.replace(",", "."))
        return int(amount) if amount.is_integer() else amount
    return text


def span(value: Any) -> Any:
    """One number, or two with a dash between, as {"min", "max"}; as typed where it is neither."""
    if isinstance(value, Mapping):
        return dict(value) if is_something(value) else None
    text = _text(value)
    if text is None:
        return None
    ends = [number(part) for part in RANGE.split(text)]
    if len(ends) > 2 or not all(isinstance(end, int | float) for end in ends):
        return text
    return {"min": ends[0], "max": ends[-1]}


def _long(field: Field, value: Mapping[str, str | None]) -> str | None:
    return "too_long" if any(len(text or "") > field.most for text in value.values()) else None


def _many(field: Field, value: Mapping[str, list[str]]) -> str | None:
    return "too_many" if any(len(words) > field.most for words in value.values()) else None


def _chosen(field: Field, value: Any) -> str | None:
    return None if not field.choices or value in field.choices else "unknown_choice"


def _counted(field: Field, value: Any) -> str | None:
    if not isinstance(value, int | float):
        return "not_a_number"
    return None if 0 < value <= field.most else "out_of_bounds"


def _spanned(field: Field, value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return "not_a_number"
    ends = [end for end in (value["min"], value["max"]) if end is not None]
    if any(_counted(field, end) for end in ends):
        return "out_of_bounds"
    return "upside_down" if len(ends) == 2 and ends[0] > ends[1] else None


def _patterned(field: Field, value: Any) -> str | None:
    if len(value) > (field.most or LONGEST_PLAIN):
        return "too_long"
    return None if not field.pattern or re.fullmatch(field.pattern, value) else "not_of_that_form"


def _linked(field: Field, value: list[str]) -> str | None:
    if len(value) > field.most:
        return "too_many"
    return None if all(LINK.fullmatch(link) for link in value) else "not_a_link"


def _dated(_field: Field, value: str) -> str | None:
    try:
        return None if date.fromisoformat(value).isoformat() == value else "not_a_day"
    except ValueError:
        return "not_a_day"


def _stopped(field: Field, value: list[dict[str, Any]]) -> str | None:
    places = [stop["at"] for stop in value]
    if None in places:
        return "stop_nowhere"
    if len(set(places)) < len(places):
        return "stop_twice"
    if any(len(text or "") > LONGEST_NOTE for stop in value for text in (stop["note"] or {}).values()):
        return "too_long"
    minutes = [stop["minutes"] for stop in value if stop["minutes"] is not None]
    if not all(isinstance(each, int) and 0 < each <= LONGEST_STOP for each in minutes):
        return "stop_minutes"
    return "too_many" if len(value) > field.most else None


CHECKS: dict[Shape, Callable[[Field, Any], str | None]] = {
    Shape.WORDS: _long,
    Shape.LINES: _long,
    Shape.KEYWORDS: _many,
    Shape.CHOICE: _chosen,
    Shape.NUMBER: _counted,
    Shape.RANGE: _spanned,
    Shape.PICTURES: lambda field, value: "too_many" if len(value) > field.most else None,
    Shape.PLAIN: _patterned,
    Shape.MARKDOWN: _long,
    Shape.LINKS: _linked,
    Shape.DATE: _dated,
    Shape.STOPS: _stopped,
}


def _words(value: Any, *, lines: bool = False) -> Any:
    texts = {one: _text(_part(value, one), lines=lines) for one in LANGUAGES}
    return texts if any(texts.values()) else None


def _lines(value: Any) -> Any:
    return _words(value, lines=True)


def _keywords(value: Any) -> Any:
    words = {one: _list(_part(value, one)) for one in LANGUAGES}
    return words if any(words.values()) else None


def _months(value: Any) -> Any:
    return in_season({month for month in range(1, 13) if str(month) in map(str, value or ())}) or None


def _each_once(value: Any) -> Any:
    return list(dict.fromkeys(text for each in value or () if (text := _text(each)))) or None


def _stops(value: Any) -> Any:
    return [stop for each in value or () if (stop := _stop(each))] or None


TIDIED: dict[Shape, Callable[[Any], Any]] = {
    Shape.WORDS: _words,
    Shape.LINES: _lines,
    Shape.MARKDOWN: _lines,
    Shape.KEYWORDS: _keywords,
    Shape.NUMBER: number,
    Shape.RANGE: span,
    Shape.MONTHS: _months,
    Shape.CODES: lambda value: sorted(_each_once(value) or ()) or None,
    Shape.PICTURES: _each_once,
    Shape.LINKS: lambda value: _each_once(value.split() if isinstance(value, str) else value),
    Shape.STOPS: _stops,
    Shape.TICK: lambda value: True if value in (True, "on", "yes", "true", "1") else None,
}


def _part(value: Any, language: str) -> Any:
    return value.get(language) if isinstance(value, Mapping) else None


def _text(value: Any, *, lines: bool = False) -> str | None:
    """Composed letters, no signs that nobody sees, no blanks around; one line unless `lines`."""
    text = str(value or "").replace("\r\n", "\n")
    return (shown(text).strip() if lines else one_line(text)) or None


def _stop(value: Any) -> dict[str, Any] | None:
    """One stop as it is kept; None where nothing was typed."""
    if not isinstance(value, Mapping):
        return None
    note = {one: _text(_part(value.get("note"), one), lines=True) for one in LANGUAGES}
    stop = {
        "at": _text(value.get("at")),
        "minutes": number(value.get("minutes")),
        "note": note if any(note.values()) else None,
    }
    return stop if is_something(stop) else None


def _list(value: Any) -> list[str]:
    """Words with commas between, or a list, each once."""
    parts = re.split(r"[,;\n]", value) if isinstance(value, str) else value or ()
    return list(dict.fromkeys(text for part in parts if (text := _text(part))))

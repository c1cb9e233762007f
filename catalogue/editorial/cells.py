"""What somebody wrote into a cell of a sheet, as a value: numbers, months, days and words of both languages.

A cell comes as its file has it: text from CSV, numbers (all of them floats) and real dates from workbooks.
Nothing is guessed silently: what can be meant in two ways is asked back.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from catalogue.kernel.partial_date import SHAPE, PartialDate
from catalogue.kernel.text import fold, nfc

Cell = str | int | float | bool | date | None

GROUPS = re.compile(r"\d+(?:[.,'’\s]\d+)*")
# In folded words.
DASH = re.compile(r"\s*(?:[-–—]|\b(?:den|toi|to)\b)\s*")
COMMA = re.compile(r"\s*(?:[,;/]|\b(?:va|and)\b)\s*")
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
MONTH, YEARS = re.compile(r"(\d{1,2})[/.\-](\d{4})"), range(1900, 2101)
# A day as workbooks count them, where a cell shows the bare number: 1900 was no leap year, but is one there.
FIRST_DAY, SERIALS = date(1899, 12, 30), range(1, 80_000)
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
ALL_YEAR = {"quanh nam", "ca nam", "all year", "all year round"}
YES = {"co", "yes", "x", "true", "1", "dung", "y"}
NO = {"khong", "no", "false", "0", "n", "-"}


class Unread(Exception):
    """A cell that cannot be read as it is: a code of `web/sheet_words.py` and what its words need."""

    def __init__(self, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


def text(cell: Cell) -> str | None:
    """A cell as it reads; numbers without the `.0` and exponents that workbooks give them."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, int | float):
        return plain_number(cell)
    return nfc(cell.replace("\r\n", "\n")).strip() or None


def plain_number(number: float, decimal: str = ".", *, places: int = 0) -> str:
    """A number in plain digits: 9520123456788, 0.5; `places`: decimals that it has at least."""
    digits = format(Decimal(repr(number)), "f")
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0").ljust(places, "0") if fraction.strip("0") else ""
    return f"{whole}{decimal}{fraction}" if fraction else whole


def unambiguous(number: float, decimal: str) -> str:
    """A number as text that nobody takes for thousands: 1250, 0,5, and 1,2500 for what has three decimals."""
    plain = plain_number(number, decimal)
    _, _, fraction = plain.partition(decimal)
    return f"{plain}0" if len(fraction) == 3 else plain


def number(cell: Cell, units: Mapping[str, Decimal], *, whole: bool = False) -> Any:
    """A number; None for an empty cell. `units`: words that may stand behind it, with what each counts.

    `whole`: of this there are no parts, so 1.250 can only be twelve hundred and fifty.
    Unread `not_a_number`, `became_a_date`, or `ambiguous` with both meanings.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        raise Unread("not_a_number")
    if isinstance(cell, date):
        raise Unread("became_a_date")
    if isinstance(cell, int | float):
        return _plain(Decimal(repr(cell)) * units.get("", Decimal(1)))
    words = text(cell)
    return None if words is None else _typed_number(words, units, whole=whole)


def _typed_number(words: str, units: Mapping[str, Decimal], *, whole: bool) -> Any:
    sign = -1 if words.startswith("-") else 1
    words = re.sub(r"\s", " ", words.removeprefix("-"))
    digits = GROUPS.match(words)
    if digits is None:
        raise Unread("not_a_number")
    behind = fold(words[digits.end() :]).strip(" .")
    if behind not in units:
        raise Unread("not_a_number")
    return _plain(_amount(digits.group(), whole=whole) * units[behind] * sign)


def _amount(digits: str, *, whole: bool) -> Decimal:
    """The amount of `1.250.000`, `1 250,5` or `0.5`, whatever its writer takes for the decimal sign."""
    *_, last = parts = re.split(r"[^\d]", digits)
    signs = re.findall(r"[^\d]", digits)
    if not signs:
        return Decimal(digits)
    grouped = _is_grouped(parts)
    if len(set(signs)) > 1:
        if len(set(signs[:-1])) == 1 and signs[-1] in ".," and _is_grouped(parts[:-1]):
            return Decimal("".join(parts[:-1]) + "." + last)
        raise Unread("not_a_number")
    if len(signs) > 1 or signs[0] not in ".,":
        if not grouped:
            raise Unread("not_a_number")
        return Decimal("".join(parts))
    if not grouped:
        return Decimal(f"{parts[0]}.{last}")
    thousands, fraction = Decimal("".join(parts)), Decimal(f"{parts[0]}.{last}")
    if whole:
        return thousands
    raise Unread("ambiguous", thousands=_plain(thousands), fraction=_plain(fraction))


def _is_grouped(parts: list[str]) -> bool:
    """Whether digits stand in threes, as thousands do: 1.250.000, and 0.125 is none."""
    first, *others = parts
    return 1 <= len(first) <= 3 and not first.startswith("0") and all(len(part) == 3 for part in others)


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def span(cell: Cell, units: Mapping[str, Decimal]) -> Any:
    """A number or two as {"min", "max"}; an end that nobody knows is None: `120–150`, `120`, `120–`, `–120`.

    A minus before a number is its sign, and such a number none.
    """
    if not isinstance(cell, str):
        one = number(cell, units)
        return None if one is None else {"min": one, "max": one}
    words = text(cell)
    if words is None:
        return None
    ends = DASH.split(fold(words))
    if len(ends) > 2 or words.startswith("-"):
        raise Unread("not_a_number")
    found = [_typed_number(end, units, whole=False) if end else None for end in ends]
    if found == [None, None]:
        raise Unread("not_a_number")
    return {"min": found[0], "max": found[-1]}


def months(cell: Cell) -> list[int] | None:
    """Months as a sorted list: `10–3`, `tháng 5, 7`, `May and June`, `quanh năm`.

    Unread `not_months` or `became_a_date`.
    """
    if isinstance(cell, date):
        raise Unread("became_a_date")
    words = text(cell)
    if words is None:
        return None
    folded = fold(words)
    if folded in ALL_YEAR:
        return list(range(1, 13))
    found: set[int] = set()
    for part in COMMA.split(folded):
        ends = [_month(end) for end in DASH.split(part)]
        if len(ends) > 2:
            raise Unread("not_months")
        first, last = ends[0], ends[-1]
        found |= {(first + after - 1) % 12 + 1 for after in range((last - first) % 12 + 1)}
    return sorted(found)


def months_text(known: list[int]) -> str:
    """Months as `months` reads them: `1–3, 10`."""
    runs: list[list[int]] = []
    for month in known:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _month(folded: str) -> int:
    name = folded.removeprefix("thang").strip(" .")
    if name.isdecimal() and 1 <= int(name) <= 12:
        return int(name)
    found = [place for place, month in enumerate(MONTHS, 1) if len(name) >= 3 and month.startswith(name)]
    if len(found) != 1:
        raise Unread("not_months")
    return found[0]


def yes_or_no(cell: Cell) -> bool | None:
    """Yes or no in either language; None for an empty cell. Unread `not_yes_or_no`."""
    words = text(cell)
    if words is None:
        return None
    folded = fold(words)
    if folded not in YES | NO:
        raise Unread("not_yes_or_no")
    return folded in YES


def day(cell: Cell) -> date | None:
    """A day: a real date, day-month-year or year-month-day, or the number that a workbook counts it by.

    Month and day are never exchanged. Unread `not_a_day`.
    """
    if cell is None or isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != int(cell) or int(cell) not in SERIALS:
            raise Unread("not_a_day")
        return FIRST_DAY + timedelta(days=int(cell))
    words = text(cell)
    if words is None:
        return None
    try:
        if parts := DAY.fullmatch(words):
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        return date.fromisoformat(words)
    except ValueError as error:  # no such day, or no day at all
        raise Unread("not_a_day") from error


def partial_date(cell: Cell) -> PartialDate | None:
    """A date known to the day, the month or the year: `02/01/2027`, `01/2027`, `2027-01`, `2027`.

    A bare number is a year where it can be one, else the day that a workbook counts so. Unread `not_a_date`.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell in YEARS:
        return PartialDate(int(cell))
    words = cell.strip() if isinstance(cell, str) else ""
    try:
        if parts := MONTH.fullmatch(words):
            return PartialDate.parse(f"{parts[2]}-{int(parts[1]):02}")
        if words and SHAPE.fullmatch(words):
            return PartialDate.parse(words)
        found = day(cell)
    except (ValueError, Unread) as error:
        raise Unread("not_a_date") from error
    return None if found is None else PartialDate(found.year, found.month, found.day)


class Options:
    """What can be chosen, as pairs of words and a code: words as they are spelled count more than the same
    without marks, and those given first more than those given later."""

    def __init__(self, *given: Iterable[tuple[str, str]]) -> None:
        self._known: list[tuple[Callable[[str], str], dict[str, dict[str, str]]]] = []
        for pairs in map(tuple, given):
            for write in (_spelled, folded):
                known: dict[str, dict[str, str]] = {}
                for words, code in pairs:
                    known.setdefault(write(words), {}).setdefault(code, words)
                self._known.append((write, known))

    def meant(self, words: str) -> dict[str, str]:
        """The codes that words may mean, each with its own words."""
        found = (known.get(write(words)) for write, known in self._known)
        return next(filter(None, found), {})

    def nearest(self, words: str) -> str | None:
        """The code of what is spelled most alike."""
        known = {
            word: meant for write, all_ in self._known if write is folded for word, meant in all_.items()
        }
        near = _nearest(folded(words), tuple(known))
        return next(iter(known[near])) if near else None


def folded(words: str) -> str:
    """Words as they are compared where marks, capitals and blanks do not count."""
    return " ".join(fold(words).split())


def _spelled(words: str) -> str:
    return " ".join(nfc(words).casefold().split())


def choice(cell: Cell, options: Options) -> str | None:
    """The code of what was chosen. Unread `unknown_choice` with the one that comes nearest, or None, or
    `ambiguous_choice` with the words of all that it may mean."""
    words = text(cell)
    if words is None:
        return None
    meant = options.meant(words)
    if not meant:
        raise Unread("unknown_choice", nearest=options.nearest(words))
    if len(meant) > 1:
        raise Unread("ambiguous_choice", meanings=", ".join(f"“{one}”" for one in meant.values()))
    return next(iter(meant))


@lru_cache(maxsize=2000)
def _nearest(folded: str, known: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(folded, known, n=1, cutoff=0.7)), None)

"""What the address of a list asks for: words, facets, order, page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from catalogue.kernel.text import one_line


class Sort(StrEnum):
    """The orders a list can stand in."""

    RELEVANCE = "relevance"  # only when words were asked for
    NAME = "name"
    MAKER = "maker"  # by the maker's name, then by the product's
    WAY = "way"  # the nearest first, or as one comes to it; only where one place or one route is chosen


CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
MONTH = re.compile(r"0?[1-9]|1[0-2]")
PAGE = re.compile(r"[1-9][0-9]{0,5}")
CHOICES = {
    "evidence": re.compile("confirmed|reported|none"),
    "month": MONTH,
    "visitable": re.compile("yes"),
}
FACETS = (
    "category", "scheme", "level", "evidence", "village", "place", "month", "visitable", "market", "kind",
    "near", "along",
)  # fmt: skip
MOST_VALUES = 30  # of one facet
LONGEST_TEXT = 200
MOST_IGNORED, LONGEST_IGNORED = 10, 40

Pair = tuple[str, str]


@dataclass(frozen=True)
class SearchRequest:
    """What the address of a list asks for.

    `chosen` holds codes by facet, each once, in order. `ignored` holds the pairs that made no sense, cut
    short, so that the page can name them.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NAME
    page: int = 1
    ignored: tuple[Pair, ...] = ()

    def address(
        self,
        *,
        adding: Pair | None = None,
        removing: Pair | None = None,
        clearing: Iterable[str] = (),
        q: str | None = None,
        sort: Sort | None = None,
        page: int = 1,
    ) -> list[Pair]:
        """The query pairs of this list changed so, in one order whatever way they came; page 1 unless told.

        `adding` and `removing` take a facet and a value; `clearing` takes facets, with `FACETS` all of them.
        """
        text = self.q if q is None else q
        order = sort or (self.sort if self.sort is not usual_sort(self.q) else usual_sort(text))
        pairs = {(facet, value) for facet, values in self.chosen.items() for value in values}
        pairs = {pair for pair in pairs if pair[0] not in set(clearing) and pair != removing}
        pairs |= {adding} if adding else set()
        ends = [("sort", order.value), ("page", str(page))]
        usual = {("sort", usual_sort(text).value), ("page", "1")}
        return [
            *([("q", text)] if text else []),
            *sorted(pairs, key=_place),
            *(pair for pair in ends if pair not in usual),
        ]


def _place(pair: Pair) -> tuple[int, tuple[int, str]]:
    return FACETS.index(pair[0]), _number(pair[1])


def _number(value: str) -> tuple[int, str]:
    return (len(value) if value.isdigit() else 0), value  # 9 before 10


def way_of(chosen: Mapping[str, Sequence[str]]) -> Pair | None:
    """The one place or route by which a list can be ordered; None where none or several are chosen."""
    ways = [(facet, value) for facet in ("near", "along") for value in chosen.get(facet, ())]
    return ways[0] if len(ways) == 1 else None


def usual_sort(q: str) -> Sort:
    """The order nobody has to ask for."""
    return Sort.RELEVANCE if q else Sort.NAME


def read_request(pairs: Iterable[Pair]) -> SearchRequest:
    """Read the query pairs of an address: unknown names are passed over, values that make no sense noted."""
    q, sort, page = "", "", 1
    chosen: dict[str, set[str]] = {}
    ignored: list[Pair] = []
    for name, value in pairs:
        clean = value.strip()
        if not clean:
            continue
        if name == "q":
            q, rest = _question(clean)
            ignored += [("q", rest)] if rest else []
        elif name == "sort" and clean in set(Sort):
            sort = clean
        elif name == "page" and PAGE.fullmatch(clean):
            page = int(clean)
        elif name in FACETS and _fits(name, clean) and len(chosen.get(name, ())) < MOST_VALUES:
            chosen.setdefault(name, set()).add(clean.lstrip("0") if name == "month" else clean)
        elif name in FACETS or name in {"sort", "page"}:
            ignored.append((name, one_line(clean[:LONGEST_IGNORED])))
    orders = {Sort.RELEVANCE: bool(q), Sort.WAY: way_of({k: tuple(v) for k, v in chosen.items()}) is not None}
    return SearchRequest(
        q=q,
        chosen={facet: tuple(sorted(chosen[facet], key=_number)) for facet in FACETS if facet in chosen},
        sort=Sort(sort) if sort and orders.get(Sort(sort), True) else usual_sort(q),
        page=page,
        ignored=tuple(dict.fromkeys(ignored))[:MOST_IGNORED],
    )


def _question(text: str) -> tuple[str, str]:
    """The words asked for, on one line, and the beginning of what is too long to be asked."""
    line = one_line(text[: 2 * LONGEST_TEXT])
    return line[:LONGEST_TEXT].strip(), line[LONGEST_TEXT : LONGEST_TEXT + LONGEST_IGNORED].strip()


def _fits(facet: str, value: str) -> bool:
    return CHOICES.get(facet, CODE).fullmatch(value) is not None

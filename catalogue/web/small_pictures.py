"""The small picture beside a record in a list of suggestions: its photograph, its print or its weave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from catalogue.database import Record
from catalogue.kernel.weave import Kind
from catalogue.products.models import Category, Product
from catalogue.web import photographs, prints
from catalogue.web.assets import asset
from catalogue.web.weaves import weave_url


def small_pictures(records: Iterable[Record]) -> dict[Record, str]:
    """By record, the address of its picture; products need flower and category loaded."""
    of_kind: dict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        of_kind[type(record)].append(record)
    found: dict[Record, str] = {}
    for alike in of_kind.values():
        pictured = photographs.small_of(alike)
        found |= {record: pictured.get(record.code) or _drawn(record) for record in alike}
    return found


def _drawn(record: Record) -> str:
    if isinstance(record, Product):
        return asset(f"prints/{prints.print_of(record)}.svg")
    if isinstance(record, Category):
        return asset(f"prints/{prints.print_for(record.code)}.svg")
    return weave_url(record.code, Kind.KNOT)

"""Amounts: a number and its unit."""

from __future__ import annotations

import re

from catalogue.kernel.query import Form, Term
from catalogue.search.rules.asked import WRITTEN_AS_ONE

# Units as they are written, and the shortest sign of each.
UNITS = {
    written: sign
    for sign, others in {
        "g": "gr gram gam grams",
        "kg": "ky ki kilo kilogram",
        "l": "lit litre liter",
    }.items()
    for written in others.split()
}
MEASURE = re.compile(r"(\d+)([a-z]+)")


def amount_terms(plain: str) -> list[Term]:
    """`500gr`, or 500 and gr side by side, as `500g`."""
    found = MEASURE.fullmatch(plain)
    if found is None or found[2] not in UNITS:
        return []
    return [Term(form, found[1] + UNITS[found[2]], WRITTEN_AS_ONE) for form in (Form.FOLDED, Form.JOINED)]

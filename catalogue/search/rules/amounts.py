"""Amounts: a number with its unit, however the number is grouped and whichever unit of a kind is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from catalogue.kernel.query import Form, Term
from catalogue.search.rules.asked import WRITTEN_AS_ONE, Asked, Lexicon

# Units of a kind: what each holds of the first, and the ways it is written (folded, i for y). Lạng, cân, tạ
# and tấn are not among them: without marks they are other words.
_KINDS = (
    ((1, "g gr gam gram grams"), ("1/1000", "mg"), (1000, "kg kgs ki kilo kilogram kilograms")),
    ((1, "ml cc"), (1000, "l lit litre liter litres liters")),
    ((1, "cm"), ("1/10", "mm"), (100, "m met metre meter metres meters")),
)
UNITS = [{written: Fraction(holds) for holds, ways in kind for written in ways.split()} for kind in _KINDS]
AMOUNT = re.compile(r"(?:(\d{1,6}) )?(\d{1,6}) ?([a-z]+)")  # `1.000 g`, `0,5kg`, `1kg`, as words
LONGEST_AMOUNT = 3  # words
THOUSANDS = 3  # digits of a group


def amount_terms(span: Sequence[Asked], lexicon: Lexicon) -> list[Term]:
    """The amount that these words are, in every way that anything has it: `1.000 g` as `1000g`, `1 kilo`."""
    found = AMOUNT.fullmatch(" ".join(word.plain for word in span))
    if found is None:
        return []
    terms = (
        Term(form, written, WRITTEN_AS_ONE)
        for units in UNITS
        if found[3] in units
        for unit, holds in units.items()
        for form, written in _written(_number(found[1], found[2]) * units[found[3]] / holds, unit)
    )
    return [term for term in terms if lexicon.knows(term.form, term.text)]


def _number(before: str | None, group: str) -> Fraction:
    """Three digits behind a separator are thousands, unless nothing stands before it; others are a part."""
    if not before:
        return Fraction(group)
    if len(group) == THOUSANDS and int(before):
        return Fraction(before + group)
    return Fraction(f"{before}.{group}")


def _written(number: Fraction, unit: str) -> Iterator[tuple[Form, str]]:
    """As the index has it: a number and its unit written together, or as neighbours; so too `0,5 kg`."""
    if number.denominator == 1:
        yield Form.FOLDED, f"{number}{unit}"
    if (number * 10).denominator == 1:
        whole, tenths = divmod(number.numerator * 10 // number.denominator, 10)
        yield Form.JOINED, f"{whole}{tenths or ''}{unit}"

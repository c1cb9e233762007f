"""Sheets of listings in words: headings, what can be chosen, and what is wrong with a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.adapters.sheets import workbooks
from catalogue.editorial.cells import Options, folded, plain_number
from catalogue.editorial.fields import Field, Shape
from catalogue.editorial.rows import ALSO_CALLED, BILINGUAL, CODE, PRODUCER, Column, Trouble, columns
from catalogue.kernel.language import Language
from catalogue.web import listing_words
from catalogue.web.language import current, speaking

WIDE, NARROW = 34, 16
# The category's own name, after the names of what it lies in.
STEP = " › "
DECIMAL = {Language.VI: ",", Language.EN: "."}

TROUBLES: dict[str, LazyString] = {
    "row_unknown": lazy_gettext("The list has no row “%(typed)s” now. Fetch the sheet anew."),
    "row_twice": lazy_gettext("Row %(row)s of the sheet is about the same row. Take one of them out."),
    "row_without_key": lazy_gettext("A sheet cannot begin a new row here. Begin it on its page."),
    "too_many_changes": lazy_gettext(
        "At most %(most)s rows change at once. Send the rest in a second sheet."
    ),
    "column_twice": lazy_gettext("There are two columns for the same thing. Take one out."),
    "ambiguous": lazy_gettext(
        "Does “%(typed)s” mean %(thousands)s or %(fraction)s? Write %(thousands)s or %(fraction)s."
    ),
    "not_a_number": lazy_gettext("“%(typed)s” is no number. Write digits only, such as 12 or 12,5."),
    "became_a_date": lazy_gettext(
        "The program made a day of the calendar of what was typed. Set the cell to text, then type it again."
    ),
    "not_months": lazy_gettext("“%(typed)s” names no months. Write them as 10–3 or 5, 7."),
    "not_yes_or_no": lazy_gettext("“%(typed)s” is neither yes nor no."),
    "not_a_day": lazy_gettext("“%(typed)s” is no day. Write day, month and year, such as 02/01/2027."),
    "unknown_choice": lazy_gettext("“%(typed)s” is not on the list. Choose from the list of the cell."),
    "unknown_choice_nearest": lazy_gettext("“%(typed)s” is not on the list. Did you mean “%(nearest)s”?"),
    "ambiguous_choice": lazy_gettext("“%(typed)s” may mean %(meanings)s. Write the one with its marks."),
    "producer_of_another": lazy_gettext("You do not speak for the maker “%(typed)s”."),
    "producer_missing": lazy_gettext("Say which maker it belongs to: choose from the list."),
    "other_producer": lazy_gettext("This listing belongs to “%(owner)s”. A listing stays with its maker."),
    "listing_of_another": lazy_gettext("The listing “%(typed)s” belongs to another maker."),
    "name_missing": lazy_gettext("A new product needs a name, in one language at least."),
    "twice": lazy_gettext("Row %(row)s is about the same listing. Give each its own code, or take one out."),
    "left_the_catalogue": lazy_gettext(
        "This listing has left the catalogue. Bring it back in the workshop first."
    ),
    "at_the_office": lazy_gettext("This listing is with the office. Take it back in the workshop first."),
    "new_code": lazy_gettext(
        "No listing of yours has the code “%(typed)s”: it becomes a new one with this number."
    ),
    "taken_for": lazy_gettext("“%(typed)s” is taken for the listing %(known)s."),
    "taken_by_name": lazy_gettext(
        "It has no code, but the name of the listing %(known)s, and is taken for it."
    ),
}


def title(column: Column) -> str:
    """What stands over a column."""
    if column.field is None:
        return gettext("Code") if column.code == CODE else gettext("Maker")
    label = str(listing_words.LABELS[column.field.name])
    if column.language is None:
        return label
    return f"{label} ({_language(column.language)})"


def _language(code: str) -> str:
    return gettext("Vietnamese") if code == "vi" else gettext("English")


def headings(fields: Iterable[Field]) -> dict[str, str]:
    """Folded words by the code of the column that they stand over, in both languages."""
    known = columns(fields)
    found = {word: code for code, words in ALSO_CALLED.items() for word in words}
    for language in Language:
        with speaking(language):
            found |= {folded(title(column)): column.code for column in known}
    return {word: code for word, code in found.items() if code in {column.code for column in known}}


def choices(fields: Iterable[Field]) -> dict[str, Options]:
    """By field, what can be chosen: by words in both languages, by codes, or by the ends of words."""
    return {
        field.name: in_both(partial(listing_words.options, field))
        for field in fields
        if field.shape is Shape.CHOICE
    }


def in_both(words: Callable[[], Mapping[Any, Any]]) -> Options:
    """What can be chosen, by its words in both languages, by its code, or by the end that only it has."""
    whole: list[tuple[str, str]] = []
    short: list[tuple[str, str]] = []
    for language in Language:
        with speaking(language):
            options = {str(code): str(label) for code, label in words().items()}
        ends = {code: label.rpartition(STEP)[2] for code, label in options.items()}
        times = Counter(ends.values())
        whole += [(label, code) for code, label in options.items()]
        short += [(end, code) for code, end in ends.items() if times[end] == 1]
    return Options(whole, ((code, code) for _, code in whole), short)


def said(fields: Iterable[Field]) -> dict[str, dict[str, str]]:
    """By field and code, what is written into a cell for it."""
    yes = {"yes": gettext("Yes")}
    return {
        field.name: yes if field.shape is Shape.TICK else listing_words.options(field)
        for field in fields
        if field.shape in {Shape.CHOICE, Shape.TICK}
    }


def sheet_columns(fields: Iterable[Field], makers: Iterable[str]) -> list[workbooks.Column]:
    """The columns of the workbook that makers fill in."""
    return [_sheet_column(column, tuple(makers)) for column in columns(fields)]


def _sheet_column(column: Column, makers: tuple[str, ...]) -> workbooks.Column:
    field, words = column.field, title(column)
    if field is None:
        hint = (
            gettext("Leave it empty for a new product, or write your own number for it.")
            if column.code == CODE
            else gettext("Choose whose product it is.")
        )
        return workbooks.Column(column.code, words, hint, makers if column.code == PRODUCER else (), width=24)
    return workbooks.Column(
        column.code,
        words,
        str(listing_words.HINTS.get(field.name, "")),
        _offered(field),
        only_those=field.shape is not Shape.MONTHS,
        is_text=field.shape is not Shape.NUMBER,
        width=WIDE if field.shape in BILINGUAL else NARROW,
    )


def _offered(field: Field) -> tuple[str, ...]:
    match field.shape:
        case Shape.CHOICE:
            return tuple(listing_words.options(field).values())
        case Shape.TICK:
            return (gettext("Yes"),)
        case Shape.MONTHS:
            return (
                gettext("All year"),
                *(str(month) for month in range(1, 13)),
                "1–3",
                "4–6",
                "7–9",
                "10–12",
                "11–4",
            )
        case _:
            return ()


def decimal() -> str:
    """The decimal sign of the reader's language."""
    return DECIMAL[current()]


def trouble(one: Trouble, fields: Mapping[str, Field]) -> str:
    """What is wrong with a cell, or worth knowing about it, and what to do."""
    parameters = {name: _word(value) for name, value in one.parameters.items()}
    if one.code not in TROUBLES:
        return f"{_label(one, fields)}: {listing_words.fault(one.code, fields.get(_name(one)))}"
    if one.code == "unknown_choice" and one.parameters.get("nearest"):
        field = fields[str(one.parameters["column"])]
        parameters["nearest"] = listing_words.options(field)[str(one.parameters["nearest"])]
        return str(TROUBLES["unknown_choice_nearest"]) % parameters
    return str(TROUBLES[one.code]) % parameters


def _label(one: Trouble, fields: Mapping[str, Field]) -> str:
    name = _name(one)
    return str(listing_words.LABELS[name]) if name in fields else name


def _name(one: Trouble) -> str:
    return str(one.parameters.get("column", ""))


def _word(value: Any) -> str:
    if isinstance(value, int | float):
        return plain_number(value, decimal())
    return str(value or "")


def count(number: int) -> str:
    """A number as the reader's language writes it."""
    return str(format_decimal(number))

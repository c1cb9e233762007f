"""Collections with their places as a sheet that comes back: a row for each collection, one for each place."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from flask_babel import gettext, lazy_gettext

from catalogue.editorial import cells
from catalogue.editorial.cells import Cell
from catalogue.editorial.round_trip import Column, Difference, Row, Table, at_row
from catalogue.editorial.rows import Trouble
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import CatalogueError, NotFound, RuleBroken
from catalogue.showcase import actions, queries, rules
from catalogue.showcase.models import Collection, Feature
from catalogue.web import showcase_words
from catalogue.web.showcase_words import CRITERIA, KINDS, iso
from catalogue.web.staff.showcase_forms import Filled
from catalogue.web.staff.table_sheets import TableSheet, choice_of, chosen

DAYS = ("starts", "ends")
FRAME = ("name_vi", "name_en", "introduction_vi", "introduction_en", *DAYS)
TERMS = (*DAYS, "criterion", "reason_vi", "reason_en", "source_url")
# Between a collection's code and the number of a place.
OF = "/"


def rows(collections: Iterable[Collection]) -> list[tuple[str, Row]]:
    """Each collection and below it its places, by their keys."""
    return [
        row
        for one in collections
        for row in [
            (one.code, _frame(one)),
            *((f"{one.code}{OF}{place.id}", _place(place)) for place in one.features),
        ]
    ]


def _frame(one: Collection) -> Row:
    return {
        "collection": one.code,
        "kind": str(KINDS[one.kind]),
        "name_vi": one.name.vi,
        "name_en": one.name.en,
        "introduction_vi": one.introduction.vi,
        "introduction_en": one.introduction.en,
        "starts": iso(one.starts) or None,
        "ends": iso(one.ends) or None,
    }


def _place(one: Feature) -> Row:
    subject = one.subject
    return {
        "collection": one.collection.code,
        "place": one.position,
        "who": subject.code if subject else None,
        "who_vi": subject.name.vi if subject else None,
        "who_en": subject.name.en if subject else None,
        "starts": iso(one.starts) or None,
        "ends": iso(one.ends) or None,
        "taken_off": iso(one.taken_off) or None,
        "criterion": str(CRITERIA[one.criterion]),
        "reason_vi": one.reason.vi,
        "reason_en": one.reason.en,
        "source_url": one.source_url,
    }


def _known(keys: Several[str]) -> Mapping[str, Row]:
    return {key: row for key, row in rows(queries.all_collections(with_subjects=True)) if key in keys}


def _day(cell: Cell) -> str | None:
    found = cells.day(cell)
    return found.isoformat() if found else None


def _number(cell: Cell) -> int | None:
    found = cells.number(cell, {"": Decimal(1)})
    if found is not None and (not isinstance(found, int) or found < 1):
        raise cells.Unread("not_a_number")
    return found


# ---------------------------------------------------------------- making the differences
def _of(one: Difference) -> str:
    """The collection that a row is about."""
    return (one.key or one.after["collection"] or "").partition(OF)[0]


def _act(actor: Actor, found: Sequence[Difference]) -> None:
    """The collection's own words and days first, then each place, then their order."""
    code = _of(found[0])
    moved: list[tuple[int, int, Difference]] = []
    for one in sorted(found, key=lambda one: (one.key != code, one.row)):
        with at_row(one):
            number = _put(actor, _collection(code), one)
        if number is not None and one.after["place"] and "place" in one.changed:
            moved.append((one.after["place"], number, one))
    for place, number, one in sorted(moved, key=lambda each: each[0]):
        with at_row(one):
            actions.move(actor, _collection(code), number, place)


def _collection(code: str) -> Collection:
    try:
        return queries.collection_by_code(code)
    except NotFound as error:
        raise RuleBroken("collection.unknown", field="collection") from error


def _put(actor: Actor, collection: Collection, one: Difference) -> int | None:
    """Write a row; gives the number of its place, None for the collection itself."""
    _, is_place, number = (one.key or f"{collection.code}{OF}").partition(OF)
    _only(one, ("collection", "place", "who", *TERMS) if is_place else FRAME)
    filled = Filled({name: value or "" for name, value in one.after.items()})
    if not is_place:
        frame = filled.frame()
        _refuse(filled)
        actions.change(actor, collection, frame)
        return None
    terms = filled.terms()
    _refuse(filled)
    assert terms is not None, "nothing is wrong with it"
    try:
        if not number:
            return actions.feature(actor, collection, one.after["who"] or "", terms).id
        if set(one.changed) & set(TERMS):
            actions.change_terms(actor, collection, int(number), terms)
    except CatalogueError as broken:
        broken.field = "who" if broken.field == "code" else broken.field
        raise
    return int(number)


def _only(one: Difference, columns: Sequence[str]) -> None:
    """A row says only what it is about, and a place stays whose it was."""
    fixed = {"collection", "who"} if one.key else set()
    for name in one.changed:
        if name not in columns:
            raise RuleBroken("sheet.cell", field=name, words=gettext("This row says nothing about that."))
        if name in fixed:
            words = gettext("A place stays whose it was: take it off on the board, and write a new row.")
            raise RuleBroken("sheet.cell", field=name, words=words)


def _refuse(filled: Filled) -> None:
    for name, words in filled.errors.items():
        raise RuleBroken("sheet.cell", field=name, words=words)


def _words(one: Trouble) -> str | None:
    if one.code == "sheet.cell":
        return str(one.parameters["words"])
    if one.code == "collection.unknown":
        return gettext("No collection has this code.")
    if lacks := one.parameters.get("lacks"):
        return gettext("It cannot be featured: %(what)s.", what=showcase_words.missing(lacks))
    return None


TABLE = Table(
    (
        Column("collection"),
        Column("kind", for_people=True),
        *(Column(name) for name in ("name_vi", "name_en", "introduction_vi", "introduction_en")),
        Column("place", _number),
        Column("who"),
        Column("who_vi", for_people=True),
        Column("who_en", for_people=True),
        Column("starts", _day),
        Column("ends", _day),
        Column("taken_off", for_people=True),
        Column("criterion", partial(choice_of, CRITERIA)),
        *(Column(name) for name in ("reason_vi", "reason_en", "source_url")),
    ),
    _known,
    _act,
    group=_of,
)
COLLECTIONS = TableSheet(
    kind="collections",
    name=lazy_gettext("Featured exporters and collections"),
    room="staff.showcase.index",
    export="staff.showcase.sheet",
    file="collections",
    may_write=rules.may_compose,
    table=lambda: TABLE,
    headings=lambda: {
        "collection": gettext("Code of the collection"),
        "kind": gettext("Kind"),
        "name_vi": gettext("Name in Vietnamese"),
        "name_en": gettext("Name in English"),
        "introduction_vi": gettext("Introduction in Vietnamese"),
        "introduction_en": gettext("Introduction in English"),
        "place": gettext("Place in order"),
        "who": gettext("Code of the maker or product"),
        "who_vi": gettext("Who stands there, in Vietnamese"),
        "who_en": gettext("Who stands there, in English"),
        "starts": gettext("First day"),
        "ends": gettext("Last day"),
        "taken_off": gettext("Taken off on"),
        "criterion": gettext("What the place rests on"),
        "reason_vi": gettext("Reason in Vietnamese"),
        "reason_en": gettext("Reason in English"),
        "source_url": gettext("Page that says so"),
    },
    told=lambda one: f"{one.after['name_vi'] or one.after['who'] or ''} ({_of(one)})",
    words=_words,
    choices=lambda: {"criterion": chosen(CRITERIA)},
)

"""Words that mean the same, and what stands first, as sheets that come back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext

from catalogue.database import Record
from catalogue.editorial import cells
from catalogue.editorial.cells import Cell
from catalogue.editorial.round_trip import Column, Difference, Row, Table, at_row
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.search import curating, office, rules
from catalogue.search.models import SearchPin, SynonymGroup
from catalogue.web.staff.table_sheets import TableSheet

BETWEEN = re.compile(r"[;\n]")


def wrong_synonyms(code: str) -> str:
    """What is wrong with a group of phrases."""
    return {
        "synonyms.too_few": gettext("Write at least two phrases, one on each line."),
        "synonyms.too_much": gettext("Write at most twenty phrases, each of five words at most."),
    }[code]


def wrong_pin(code: str) -> str:
    """What is wrong with a pin."""
    return {
        "pin.no_words": gettext("Type what readers look for."),
        "pin.long_words": gettext("At most 200 signs."),
        "pin.no_reason": gettext("Readers are told why: give the reason in this language too."),
        "pin.long_reason": gettext("Keep the reason to a sentence or two."),
        "pin.day": gettext("Choose a day from today on, a year away at most."),
        "pin.exists": gettext("This page stands first for these words already."),
        "pin.no_record": gettext("Write kind and code of a page, such as product:tra-o-long-tam-chau."),
    }[code]


# ---------------------------------------------------------------- words that mean the same
def synonym_rows(groups: Iterable[SynonymGroup]) -> list[tuple[str, Row]]:
    """These groups as rows, by their keys."""
    return [(str(one.id), {"phrases": "; ".join(one.phrases)}) for one in groups]


def _known_groups(keys: Collection[str]) -> Mapping[str, Row]:
    return {key: row for key, row in synonym_rows(office.synonym_groups()) if key in keys}


def _phrases(cell: Cell) -> list[str]:
    return [phrase for part in BETWEEN.split(cells.text(cell) or "") if (phrase := " ".join(part.split()))]


def _put_groups(actor: Actor, found: Sequence[Difference]) -> None:
    for one in found:
        with at_row(one):
            if one.key:
                curating.change_synonyms(actor, office.synonym_group(int(one.key)), one.after["phrases"])
            else:
                curating.add_synonyms(actor, one.after["phrases"])


GROUPS = Table((Column("phrases", _phrases),), _known_groups, _put_groups)
SYNONYMS = TableSheet(
    kind="synonyms",
    name=lazy_gettext("Words that mean the same"),
    room="staff.search.synonyms",
    export="staff.search.synonym_sheet",
    file="synonyms",
    may_write=rules.may_edit_search,
    table=lambda: GROUPS,
    headings=lambda: {"phrases": gettext("Phrases that mean the same, with a semicolon between them")},
    told=lambda one: " · ".join(one.after["phrases"]),
    words=lambda one: wrong_synonyms(one.code) if one.code.startswith("synonyms.") else None,
)


# ---------------------------------------------------------------- what stands first
def pin_rows(pins: Iterable[tuple[SearchPin, Record | None]]) -> list[tuple[str, Row]]:
    """These pins, each with its record, as rows by their keys."""
    return [
        (
            str(one.id),
            {
                "words": one.words,
                "record": f"{one.kind}:{one.code}",
                "name_vi": name.vi,
                "name_en": name.en,
                "reason_vi": one.reason.vi,
                "reason_en": one.reason.en,
                "until": one.until.isoformat(),
            },
        )
        for one, record in pins
        for name in [record.name if record else Bilingual(None, None)]
    ]


def _known_pins(keys: Collection[str]) -> Mapping[str, Row]:
    return {key: row for key, row in pin_rows(office.pins()) if key in keys}


def _day(cell: Cell) -> str | None:
    found = cells.day(cell)
    return found.isoformat() if found else None


def _put_pins(actor: Actor, found: Sequence[Difference]) -> None:
    for one in found:
        with at_row(one):
            _put_pin(actor, one)


def _put_pin(actor: Actor, one: Difference) -> None:
    said = one.after
    if office.record_of(said["record"] or "") is None:
        raise RuleBroken("pin.no_record", field="record")
    if said["until"] is None:
        raise RuleBroken("pin.day", field="until")
    kind, code = office.key_of(said["record"])
    known = office.pin(int(one.key)) if one.key else None
    reason = Bilingual(said["reason_vi"], said["reason_en"])
    until = date.fromisoformat(said["until"])
    curating.pin(actor, said["words"] or "", kind, code, reason, until, known)


PINNED = Table(
    (
        Column("words"),
        Column("record"),
        Column("name_vi", for_people=True),
        Column("name_en", for_people=True),
        Column("reason_vi"),
        Column("reason_en"),
        Column("until", _day),
    ),
    _known_pins,
    _put_pins,
)
PINS = TableSheet(
    kind="pins",
    name=lazy_gettext("What stands first"),
    room="staff.search.pins",
    export="staff.search.pin_sheet",
    file="pins",
    may_write=rules.may_edit_search,
    table=lambda: PINNED,
    headings=lambda: {
        "words": gettext("When readers look for"),
        "record": gettext("Kind and code of the page"),
        "name_vi": gettext("Name in Vietnamese"),
        "name_en": gettext("Name in English"),
        "reason_vi": gettext("Reason in Vietnamese"),
        "reason_en": gettext("Reason in English"),
        "until": gettext("Last day"),
    },
    told=lambda one: f"{one.after['words'] or ''}: {one.after['record'] or ''}",
    words=lambda one: wrong_pin(one.code) if one.code.startswith("pin.") else None,
)

"""The glossary of the trade as a sheet that comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from flask_babel import gettext, lazy_gettext

from catalogue.editorial import glossary, rules
from catalogue.editorial.models import GlossaryTerm
from catalogue.editorial.round_trip import Column, Difference, Row, Table, at_row
from catalogue.editorial.rows import Trouble
from catalogue.kernel.actor import Actor
from catalogue.web.staff.table_sheets import TableSheet


def rows(terms: Iterable[GlossaryTerm]) -> list[tuple[str, Row]]:
    """These terms as rows, by their keys."""
    return [(str(one.id), {"vi": one.vi, "en": one.en, "note": one.note}) for one in terms]


def fault(code: str, parameters: Mapping[str, object]) -> str:
    """What is wrong with a term."""
    if code == "glossary.known":
        return gettext("This term is in the glossary already.")
    if code == "glossary.too_long":
        return gettext("Keep it under %(num)s signs.", num=parameters["most"])
    return gettext("Fill this in.")


def _known(keys: Collection[str]) -> Mapping[str, Row]:
    return {key: row for key, row in rows(glossary.terms()) if key in keys}


def _act(actor: Actor, found: Sequence[Difference]) -> None:
    for one in found:
        known = glossary.term(int(one.key)) if one.key else None
        with at_row(one):
            glossary.put_term(actor, known, *(one.after[name] or "" for name in ("vi", "en", "note")))


def _words(one: Trouble) -> str | None:
    return fault(one.code, one.parameters) if one.code.startswith("glossary.") else None


TABLE = Table((Column("vi"), Column("en"), Column("note")), _known, _act)
TERMS = TableSheet(
    kind="glossary",
    name=lazy_gettext("Glossary of the trade"),
    room="staff.glossary.index",
    export="staff.glossary.sheet",
    file="glossary",
    may_write=rules.may_translate,
    table=lambda: TABLE,
    headings=lambda: {
        "vi": gettext("Vietnamese"),
        "en": gettext("English"),
        "note": gettext("When, or what it is"),
    },
    told=lambda one: one.after["vi"] or one.after["en"] or "",
    words=_words,
)

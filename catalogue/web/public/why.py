"""Why a record is among the hits, in words, where what is shown of it does not show it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.database import Record
from catalogue.kernel.language import Language
from catalogue.search.asking import Terms
from catalogue.search.highlight import excerpt
from catalogue.search.pages import SitePage
from catalogue.search.reasons import Where, reasons
from catalogue.web.language import current

# What a hit of the one box shows of itself, with the words marked.
SHOWN = (Where.NAME, Where.SUMMARY, Where.MAKER, Where.PLACE)
LABELS: dict[Where, LazyString] = {
    Where.ALSO_WRITTEN: lazy_gettext("Also written:"),
    Where.MAKES: lazy_gettext("Makes or grows:"),
    Where.MAKER: lazy_gettext("Maker:"),
    Where.VILLAGE: lazy_gettext("Craft village:"),
    Where.PLACE: lazy_gettext("Place:"),
    Where.PEOPLE: lazy_gettext("People:"),
    Where.BEFORE_2025: lazy_gettext("Before July 2025:"),
    Where.STOP: lazy_gettext("One of its stops:"),
    Where.CUSTOMS: lazy_gettext("Customs heading:"),
}


def why(record: Record | SitePage, terms: Terms, shown: Collection[Where] = SHOWN) -> dict[str, Any] | None:
    """A label, the place that was found with the words marked in it, and its language where it is the other
    one; None where what is `shown` anyway says it, or where nobody knows."""
    found = reasons(record, terms, current())
    if not found or any(one.where in shown and one.language is current() for one in found):
        return None
    reason = found[0]
    other = reason.language if reason.language is not current() else None
    return {
        "label": str(LABELS.get(reason.where) or _in(other)),
        "pieces": excerpt(reason.pieces),
        "lang": other.value if other else None,
    }


def _in(other: Language | None) -> str:
    """Of a name, a summary or a longer text."""
    if other is None:
        return gettext("In its text:")
    if other is Language.EN:
        return gettext("Found in the English text:")
    return gettext("Found in the Vietnamese text:")

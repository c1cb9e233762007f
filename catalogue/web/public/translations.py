"""How much of the catalogue is there in both languages, kind by kind."""

from __future__ import annotations

from flask import Blueprint
from flask_babel import format_decimal, format_percent, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.editorial import translation_desk
from catalogue.web import listing_words
from catalogue.web.language import page
from catalogue.web.page import show as render

# What comes with the data and is not written here.
FROM_DATA: dict[str, LazyString] = {
    "flower": lazy_gettext("Flowers"),
    "category": lazy_gettext("Kinds of products"),
    "place": lazy_gettext("Places"),
    "zone": lazy_gettext("Industrial zones"),
}

blueprint = Blueprint("translations", __name__)


@page(blueprint, vi="/ban-dich", en="/translations")
def show() -> str:
    """Of how many texts both languages are there, in per cent by kind, and in all."""
    found = [one for one in translation_desk.coverage() if one.total]
    both, total = sum(one.both for one in found), sum(one.total for one in found)
    return render(
        "public/translations/show.html",
        title=gettext("How much is translated"),
        whole=_percent(both * 100 // total) if total else None,
        rows=[
            {
                "kind": str((listing_words.KINDS | FROM_DATA)[one.kind]),
                "both": format_decimal(one.both),
                "total": format_decimal(one.total),
                "percent": _percent(one.percent),
            }
            for one in found
        ],
    )


def _percent(number: int) -> str:
    """A whole per cent, rounded down: a hundred says that nothing is missing."""
    return str(format_percent(number / 100))

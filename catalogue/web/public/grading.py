"""How the trade grades flowers: published scales and code lists, as rows for tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import format_decimal, gettext

from catalogue.flowers.models import GradingStandard
from catalogue.kernel.language import Bilingual
from catalogue.web.page import say
from catalogue.web.public.records import source_links

# The source names these two of the five grades; the letters between are inferred, as the data's note says.
NAMED_AUCTION_GRADES = ("A", "D")
# The picture of the length scale: codes from here up, in steps across, as many units up as centimetres.
PICTURED_FROM, STEP, GROUND, UNITS_A_CM = 20, 72, 290, 2.1


def guide(standards: Mapping[str, GradingStandard]) -> dict[str, Any] | None:
    """Every scale with its note and sources; None before the data is loaded."""
    if not standards:
        return None
    lengths, classes = standards["stem-length-codes"], standards["quality-classes"]
    auction, features, tariff = (
        standards[code] for code in ("kifa-grades", "vbn-characteristics", "hs-codes")
    )
    return {
        "lengths": _scale(lengths, [_length(row) for row in lengths.body["codes"]])
        | {"name": say(Bilingual(**lengths.body["name"])), "picture": _picture(lengths.body["codes"])},
        "classes": _scale(classes, _named(classes.body["codes"]))
        | {"standards": _named(classes.body["named_standards"])},
        "auction": _scale(auction, [_auction_grade(code) for code in auction.body["codes"]]),
        "features": _scale(features, _named(features.body["codes"])),
        "tariff": _scale(tariff, _named(tariff.body["codes"])),
    }


def _scale(standard: GradingStandard, rows: list[dict[str, Any]]) -> dict[str, Any]:
    note = standard.body.get("note")
    return {
        "rows": rows,
        "note": say(Bilingual(**note)) if note else "",
        "sources": source_links(standard.sources),
    }


def _named(codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"code": row["code"], "text": say(Bilingual(**row["name"]))} for row in codes]


def _length(row: Mapping[str, Any]) -> dict[str, Any]:
    low, high = row["min_cm"], row["max_cm"]
    if low is None:
        words = gettext("under %(number)s", number=format_decimal(high))
    elif high is None:
        words = gettext("%(number)s and more", number=format_decimal(low))
    else:
        words = f"{format_decimal(low)}–{format_decimal(high)}"
    return {"code": row["code"], "text": words}


def _auction_grade(code: str) -> dict[str, Any]:
    named = code in NAMED_AUCTION_GRADES
    return {"code": code, "text": gettext("named in the source") if named else gettext("inferred")}


def _picture(codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A stem for each code, as tall as its shortest flower."""
    shown = [row["min_cm"] for row in codes if row["min_cm"] and row["min_cm"] >= PICTURED_FROM]
    return [
        {
            "code": cm,
            "x": 44 + STEP * place,
            "top": round(GROUND - cm * UNITS_A_CM),
            "leaf": round(GROUND - cm * UNITS_A_CM * 0.45),
        }
        for place, cm in enumerate(shown)
    ]

"""A listing's fields as inputs, and what was sent as content; shared by workshop and office."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from catalogue.editorial.fields import Field, Shape
from catalogue.editorial.rules import LANGUAGES, Change, Content
from catalogue.web import listing_words as words
from catalogue.web import seasons
from catalogue.web.language import current

Form = MultiDict[str, str]
PAIRED = (Shape.WORDS, Shape.LINES, Shape.MARKDOWN, Shape.KEYWORDS)
# Rows for stops that are not there yet, and the most that one form is read for.
EMPTY_ROWS, MOST_ROWS = 2, 60
# The button that chooses an HS code of those that the typed words found.
HEADING = "hs_heading"


def sent(fields: Iterable[Field], form: Form) -> dict[str, Any]:
    """The content that a form carries for these fields; tidied by whoever keeps it."""
    return {field.name: _sent(field, form) for field in fields}


def _sent(field: Field, form: Form) -> Any:
    name = field.name
    if field.shape in PAIRED:
        return {one: form.get(f"{name}_{one}", "") for one in LANGUAGES}
    if field.shape in (Shape.MONTHS, Shape.CODES):
        return form.getlist(name)
    if field.shape is Shape.STOPS:
        return _sent_stops(name, form)
    if name == "hs_code":
        return form.get(HEADING) or form.get(name, "")
    return form.get(name, "")


def _sent_stops(name: str, form: Form) -> list[dict[str, Any]]:
    """The stops of a form, by the numbers typed beside them; what has no number keeps its place."""
    keys = [key for key in form.getlist(f"{name}-rows") if key.isdecimal() and len(key) < 4]
    places = words.stop_names()
    codes = {text: code for code, text in _stop_options(places).items()}
    found = []
    for row, key in enumerate(keys[:MOST_ROWS], start=1):
        typed = form.get(f"{name}-{key}-number", "").strip()
        at = form.get(f"{name}-{key}-at", "").strip()
        stop = {
            "at": codes.get(at, at),
            "minutes": form.get(f"{name}-{key}-minutes", ""),
            "note": {one: form.get(f"{name}-{key}-note_{one}", "") for one in LANGUAGES},
        }
        found.append((int(typed) if typed.isdecimal() and len(typed) < 4 else row, row, stop))
    return [stop for *_, stop in sorted(found, key=lambda each: each[:2])]


def _stop_options(names: Mapping[str, str]) -> dict[str, str]:
    """By code, what one types to name a place: its name, with its code where two have the same."""
    times = Counter(names.values())
    return {code: name if times[name] == 1 else f"{name} ({code})" for code, name in names.items()}


def inputs(fields: Iterable[Field], content: Content, faults: Mapping[str, str]) -> list[dict[str, Any]]:
    """Everything that `components/listing.html` needs to draw the fields with what they hold."""
    return [_input(field, content.get(field.name), faults.get(field.name)) for field in fields]


def _input(field: Field, value: Any, fault: str | None) -> dict[str, Any]:
    name = field.name
    drawn: dict[str, Any] = {
        "name": name,
        "shape": field.shape.value,
        "label": str(words.LABELS[name]),
        "hint": str(words.HINTS.get(name, "")),
        "error": words.fault(fault, field, value) if fault else "",
        "needed": field.needed,
    }
    if field.shape is Shape.STOPS:
        return drawn | _stop_rows(name, value or [])
    if field.shape in PAIRED:
        texts = value or {}
        order = sorted(LANGUAGES, key=lambda one: one != current().value)
        drawn["texts"] = [
            {"language": one, "name": f"{name}_{one}", "value": _joined(texts.get(one))} for one in order
        ]
        return drawn
    if field.shape is Shape.MONTHS:
        chosen = value or []
        drawn["options"] = [
            {"value": month, "label": seasons.month_name(month), "checked": month in chosen}
            for month in range(1, 13)
        ]
    elif field.shape is Shape.CODES:
        drawn["options"] = [
            {"value": code, "label": label, "checked": code in (value or [])}
            for code, label in words.options(field).items()
        ]
    elif field.shape is Shape.CHOICE:
        drawn["options"] = [{"value": "", "label": "–", "selected": not value}] + [
            {"value": code, "label": label, "selected": code == value}
            for code, label in words.options(field).items()
        ]
    elif field.shape is Shape.TICK:
        drawn["checked"] = bool(value)
    elif field.shape is Shape.LINKS:
        drawn["value"] = "\n".join(value or ())
    else:
        drawn["value"] = words.typed(value, name)
        drawn["inputmode"] = "decimal" if field.shape is Shape.NUMBER else ""
    return drawn


def _stop_rows(name: str, stops: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a route's stops, with a few empty ones, and what may be typed as a place."""
    offered = _stop_options(words.stop_names())
    empty: dict[str, Any] = {"at": None, "minutes": None, "note": None}
    order = sorted(LANGUAGES, key=lambda one: one != current().value)
    rows = [
        {
            "key": key,
            "number": key if stop["at"] or stop["note"] else "",
            "at": offered.get(stop["at"] or "", stop["at"] or ""),
            "minutes": words.typed(stop["minutes"]),
            "texts": [
                {
                    "language": one,
                    "name": f"{name}-{key}-note_{one}",
                    "value": (stop["note"] or {}).get(one) or "",
                }
                for one in order
            ],
        }
        for key, stop in enumerate([*stops, *[empty] * EMPTY_ROWS], start=1)
    ]
    return {"rows": rows, "offered": sorted(offered.values())}


def summary(drawn: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """For the head of a form: where something is wrong, and what."""
    return [(_anchor(one), f"{one['label']}: {one['error']}") for one in drawn if one["error"]]


def compared(fields: Iterable[Field], changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes for reading side by side."""
    named = {field.name: field for field in fields}
    return [
        {
            "name": change.field,
            "label": str(words.LABELS[change.field]),
            "before": words.said(named[change.field], change.before),
            "after": words.said(named[change.field], change.after),
        }
        for change in changes
        if change.field in named
    ]


def told(fields: Iterable[Field], content: Content) -> list[dict[str, Any]]:
    """A whole content for reading; what is not known is left out."""
    return [
        {"label": str(words.LABELS[field.name]), "texts": texts}
        for field in fields
        if (texts := words.said(field, content.get(field.name)))
    ]


def new_key() -> str:
    """What tells one form that was opened from another, however often it is sent."""
    return secrets.token_urlsafe(16)


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


def _anchor(drawn: Mapping[str, Any]) -> str:
    if drawn.get("texts"):
        return str(drawn["texts"][0]["name"])
    return str(drawn["name"])

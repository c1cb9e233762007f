"""Two people wrote on the same: what a form had seen, and the page that asks about what both changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from catalogue.editorial.fields import Field, tidy
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import (
    PRICE,
    Content,
    clashes,
    content_of,
    diff,
    field_of,
    parts_of,
    with_parts,
)
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import Conflict
from catalogue.web import kept_forms, listing_forms
from catalogue.web import listing_words as words
from catalogue.web.listing_forms import Form

# What belongs to the form and not to what was typed into it.
OURS = {"version", "draft", "then", "seen", "theirs", "asked"}


def seen(fields: Iterable[Field], content: Content) -> str:
    """What stands in these fields, for their form to bring back beside what is typed."""
    return json.dumps({field.name: content.get(field.name) for field in fields}, ensure_ascii=False)


def seen_in(fields: Iterable[Field], form: Mapping[str, str], name: str = "seen") -> dict[str, Any] | None:
    """The same as a form brings it; None where it brings nothing that can be read."""
    try:
        found = json.loads(form.get(name, ""))
    except (ValueError, RecursionError):
        return None
    return {field.name: found.get(field.name) for field in fields} if isinstance(found, dict) else None


def typed_in(fields: Iterable[Field], form: Form) -> dict[str, Any]:
    """What was typed, as it is kept."""
    fields = list(fields)
    typed = listing_forms.sent(fields, form)
    return {field.name: tidy(field, typed[field.name]) for field in fields}


def settled(
    fields: Sequence[Field], form: Form, now: Content
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What was typed, and what was seen before it; where both versions were asked about, as was chosen.

    Conflict while a choice is still to be made.
    """
    typed, base, asked = typed_in(fields, form), seen_in(fields, form), _asked(fields, form)
    taken = {part: form.get(f"take_{part}") for part in asked}
    if not set(taken.values()) <= {"mine", "theirs"}:
        raise Conflict("revision.changed_meanwhile")
    if base is not None:
        shown = seen_in(fields, form, "theirs") or {}
        base = with_parts(base, shown, [part for part in asked if taken[part] == "mine"])
        theirs = [part for part in asked if taken[part] == "theirs"]
        typed, base = with_parts(typed, now, theirs), with_parts(base, now, theirs)
    return typed, base


def asked_about(
    fields: Sequence[Field], form: Form, now: Content, actor: Actor, latest: Revision | None
) -> dict[str, Any]:
    """What the page of two versions needs. `now`: what stands there, `latest`: as whose."""
    base, asked = seen_in(fields, form), _asked(fields, form)
    mine, theirs = {**now, **typed_in(fields, form)}, parts_of(now)
    apart = diff(theirs, parts_of(mine))
    both = [change.field for change in apart] if base is None else clashes({**now, **base}, mine, now)
    shown = parts_of(seen_in(fields, form, "theirs") or {})
    by_name = {field.name: field for field in fields}
    choices = [
        {
            "name": change.field,
            "label": label(change.field),
            "before": _said(by_name, change.field, change.before),
            "after": _said(by_name, change.field, change.after),
            "taken": form.get(f"take_{change.field}") if shown.get(change.field) == change.before else None,
            "error": gettext("Choose one of the two.")
            if change.field in asked and f"take_{change.field}" not in form
            else "",
        }
        for change in apart
        if change.field in {*both, *asked}
    ]
    return {
        "who": latest.author
        if latest and latest.author and latest.author_id != actor.user_id
        else gettext("Somebody else"),
        "choices": choices,
        "typed": [
            (name, text)
            for name, texts in kept_forms.typed_fields().items()
            if name not in OURS and not name.startswith("take_")
            for text in texts
        ],
        "seen": seen(fields, now if base is None else base),
        "theirs": seen(fields, now),
        "seal": kept_forms.seal(actor),
    }


def label(part: str) -> str:
    """What a part is called: its field, and of a text the language."""
    name, _, language = part.partition(".")
    if not language:
        return str(words.LABELS[name])
    return f"{words.LABELS[name]} ({gettext('Vietnamese') if language == 'vi' else gettext('English')})"


def _asked(fields: Iterable[Field], form: Form) -> list[str]:
    """The parts for which the page of two versions asked."""
    names = {field.name for field in fields}
    return [part for part in form.get("asked", "").split() if field_of(part) in names]


def _said(by_name: Mapping[str, Field], part: str, value: Any) -> list[tuple[str, str]]:
    """A part for reading; of the price each thing with its name."""
    return [
        (f"{words.LABELS[name]}: {text}" if part == PRICE[0] else text, language)
        for name, each in content_of({part: value}).items()
        for text, language in words.said(by_name[name], each)
    ]

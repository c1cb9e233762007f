"""The translation desk: what lacks a language or is stale, most read first; and one listing side by side."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.database import transaction
from catalogue.editorial import glossary, keeping, revisions, rules, translating, translation_desk
from catalogue.editorial.fields import Shape
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import GlossaryTerm
from catalogue.editorial.rules import LANGUAGES, State
from catalogue.editorial.translating import Piece
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken
from catalogue.web import advice, kept_forms, listing_words, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.translation_sheets import TRANSLATIONS, rows

KINDS = tuple(translation_desk.MODELS)
LACKING: dict[str, LazyString] = {
    "": lazy_gettext("All"),
    "en": lazy_gettext("English is missing"),
    "vi": lazy_gettext("Vietnamese is missing"),
    "stale": lazy_gettext("Out of date"),
}
ONE_LINE = {Shape.WORDS}
LONG = 90  # signs after which a text gets a field of several lines

blueprint = Blueprint("translations", __name__, url_prefix="/translations")


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What is to be done, what most pages show first; `?kind=` and `?lacking=` narrow it."""
    kind, lacking = request.args.get("kind", ""), request.args.get("lacking", "")
    sort, descending = _order()
    size = paging.PAGE_SIZE
    found, total = _asked((paging.asked() - 1) * size, size)
    return render(
        "staff/translations/index.html",
        kinds=_choices({"": gettext("All kinds")} | {one: listing_words.KINDS[one] for one in KINDS}, kind),
        lacking=_choices(LACKING, lacking),
        total=total,
        columns=lists.columns(_sorts(), sort, descending=descending),
        lines=[_line(task) for task in found],
        sheets=lists.sheet_links(url_for("staff.translations.index") + "/translations"),
        pager=paging.pager(paging.asked(), -(-total // size)),
        may_translate=rules.may_translate(current_actor()),
    )


@blueprint.get("/translations.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The texts that are listed, all of them, as a sheet that comes back."""
    found, _ = _asked(0, None)
    return TRANSLATIONS.answer(ending, rows(found, lists.chosen("lacking", LACKING)))


def _asked(start: int, size: int | None) -> tuple[list[translation_desk.Task], int]:
    """What the address asks for."""
    kind, lacking = request.args.get("kind", ""), request.args.get("lacking", "")
    sort, descending = _order()
    kinds = (kind,) if kind in KINDS else KINDS
    return translation_desk.tasks(kinds, lacking, start, size, sort, descending=descending)


def _order() -> tuple[str, bool]:
    return lists.order(translation_desk.SORTS, "impact", descending=True)


def _sorts() -> dict[str, str]:
    return {
        "name": gettext("Name"),
        "kind": gettext("Kind"),
        "missing": gettext("What is wrong"),
        "impact": gettext("Pages that show it"),
    }


@blueprint.get(f"/<any({', '.join(KINDS)}):kind>/<code>")
def show(kind: str, code: str) -> ResponseReturnValue:
    """One listing side by side: as it is, and the language that is asked for (`?to=`)."""
    return _page(kind, code)


@blueprint.post(f"/<any({', '.join(KINDS)}):kind>/<code>")
def save(kind: str, code: str) -> ResponseReturnValue:
    """Propose the texts that were written."""
    actor, language = current_actor(), _language(request.form.get("to"))
    typed = {key.removeprefix("text:"): text for key, text in request.form.items() if key.startswith("text:")}
    version = request.form.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        with transaction():
            still_right = [(name, language) for name in request.form.getlist("still_right")]
            state = translating.translate(actor, kind, code, {language: typed}, still_right, seen)
    except Conflict:
        note = gettext("Somebody else changed one of these texts meanwhile. Compare, then save once more.")
        return _page(kind, code, 409, typed, {"title": gettext("This was not saved"), "text": note})
    except RuleBroken as broken:
        if broken.code == "revision.nothing_changed":
            flash(gettext("Nothing was changed, so there is nothing to send."))
            return redirect(url_for("staff.translations.show", kind=kind, code=code, to=language), 303)
        if broken.code not in {"revision.incomplete", "revision.not_in_this_state"}:
            raise
        faults: Any = broken.parameters.get("faults")
        note = (
            listing_words.faults(faults, LISTINGS[kind].by_name)
            if faults
            else gettext(
                "It is with the reviewers. Translate it when they have decided; your words are below."
            )
        )
        return _page(kind, code, 422, typed, {"title": gettext("This was not saved"), "text": note})
    flash(_told(state), "success")
    return redirect(url_for("staff.translations.index", **_back()), 303)


def _told(state: State | None) -> str:
    if state is None:
        return gettext("Noted: the translation holds.")
    if state is State.SUBMITTED:
        return gettext("Sent. Somebody else reads it before it is public.")
    return gettext("Kept in the draft that somebody is writing; it goes on show with it.")


def _back() -> dict[str, Any]:
    return {name: text for name in ("kind", "lacking", "page") if (text := request.form.get(f"list_{name}"))}


def _page(
    kind: str,
    code: str,
    status: int = 200,
    typed: dict[str, str] | None = None,
    note: dict[str, str] | None = None,
) -> ResponseReturnValue:
    actor = current_actor()
    draft = revisions.open_revision(kind, code)
    live = LISTINGS[kind].read(code)
    keeping.owner_of(kind, code)
    if draft is None and (live is None or live.archived_at is not None):
        raise NotFound("listing.unknown")
    written = draft or revisions.live_revision(kind, code)
    content = draft.content if draft else LISTINGS[kind].tidy(live.content if live else {})
    marks = written.known_marks if written else []
    every = translating.pieces(kind, content, marks)
    language = _language(request.values.get("to"), every)
    kept = kept_forms.found(actor)
    typed = typed or {
        key.removeprefix("text:"): text for key, text in (kept or {}).items() if key.startswith("text:")
    }
    known, may_write = glossary.terms(), rules.may_translate(actor)
    came_back = draft is not None and translating.came_back(actor, draft)
    return render(
        "staff/translations/show.html",
        status,
        kind=kind,
        code=code,
        label=str(listing_words.KINDS[kind]),
        name=listing_words.name_of(content),
        to=language,
        source=_other(language),
        pieces=[_drawn(kind, piece, language, typed, known) for piece in every],
        may_write=may_write and (draft is None or draft.state in rules.EDITABLE),
        with_reviewers=draft is not None and draft.state in rules.AT_THE_OFFICE,
        in_draft=draft is not None and draft.state in rules.EDITABLE and not came_back,
        told=advice.reasons(draft) if came_back else [],
        version=draft.version if draft else 0,
        seal=kept_forms.seal(actor),
        note=note,
        back={name: request.values.get(name, "") for name in ("kind", "lacking", "page")},
    )


def _drawn(
    kind: str, piece: Piece, language: str, typed: dict[str, str], known: list[GlossaryTerm]
) -> dict[str, Any]:
    """A text for `staff/translations/show.html`: what it says, its terms, and the field for the other one."""
    source = _other(language)
    said = piece.texts.get(source) or ""
    target = typed.get(piece.key, piece.texts.get(language) or "")
    marked = glossary.marked(said, known, source)
    there = {term.vi for _, term in glossary.marked(target, known, language) if term}
    terms = {term.vi: term for _, term in marked if term}
    state = "missing" if piece.lacks(language) else "stale" if language in piece.stale else "there"
    return {
        "key": piece.key,
        "field": piece.field,
        "id": piece.key.replace("/", "-").replace(":", "-"),
        "label": _label(piece),
        "state": state,
        "said": marked,
        "value": target,
        "lines": _lines(said, many=LISTINGS[kind].by_name[piece.field].shape not in ONE_LINE),
        "terms": [
            {"from": term.text(source), "to": term.text(language), "note": term.note, "used": key in there}
            for key, term in terms.items()
        ],
    }


def _lines(text: str, *, many: bool) -> int:
    """How high a field is: one line for a short text that has no more, else about as high as the text."""
    if len(text) <= LONG and not many:
        return 1
    return max(2, min(14, len(text) // LONG + text.count("\n") + 1))


def _label(piece: Piece) -> str:
    label = str(listing_words.LABELS[piece.field])
    _, _, at = piece.key.partition("/")
    return f"{label}: {listing_words.stop_names().get(at, at)}" if at else label


def _line(task: translation_desk.Task) -> dict[str, Any]:
    missing = [
        ngettext("%(num)s text without English", "%(num)s texts without English", task.missing["en"])
        if task.missing["en"]
        else "",
        ngettext("%(num)s text without Vietnamese", "%(num)s texts without Vietnamese", task.missing["vi"])
        if task.missing["vi"]
        else "",
        ngettext("%(num)s out of date", "%(num)s out of date", len(task.stale)) if task.stale else "",
    ]
    to = "en" if task.missing["en"] else "vi" if task.missing["vi"] else task.stale[0].partition(".")[2]
    return {
        "href": url_for(
            "staff.translations.show",
            kind=task.kind,
            code=task.code,
            to=to,
            lacking=request.args.get("lacking"),
            page=request.args.get("page"),
        ),
        "kind": str(listing_words.KINDS[task.kind]),
        "name": read(task.title) or gettext("Without a name yet"),
        "lacks": [text for text in missing if text],
        "impact": format_decimal(task.impact),
    }


def _language(asked: str | None, every: list[Piece] | None = None) -> str:
    """The language that is asked for, else the one that more is missing in."""
    if asked in LANGUAGES:
        return str(asked)
    missing = {one: sum(piece.lacks(one) for piece in every or ()) for one in LANGUAGES}
    return "vi" if missing["vi"] > missing["en"] else "en"


def _other(language: str) -> str:
    return "en" if language == "vi" else "vi"


def _choices(words: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": str(label), "selected": value == chosen} for value, label in words.items()
    ]

"""The photographs of a listing: added, described, turned, ordered and taken off, with nothing but forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from werkzeug.datastructures import FileStorage

from catalogue.adapters.storage import Storage
from catalogue.database import transaction
from catalogue.editorial import actions, revisions
from catalogue.editorial.fields import Field, Shape, tidy
from catalogue.editorial.listings import LISTINGS
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import MOST_BYTES, Advice, Refusal, Rotation
from catalogue.media.actions import accept_upload, describe, set_focus, turn
from catalogue.media.models import MediaAsset
from catalogue.media.rules import (
    NOBODY,
    Consent,
    Focus,
    Missing,
    Words,
    may_describe,
    missing,
    read_consent,
    turned,
)
from catalogue.media.standing import assets
from catalogue.media.words import ADVICE, REFUSALS
from catalogue.web import kept_forms, listing_words
from catalogue.web.error_words import CODES
from catalogue.web.language import read
from catalogue.web.pictures import private_picture
from catalogue.web.private import show as render
from catalogue.web.studio.answers import done
from catalogue.web.studio.editor import kept_note, steps_of
from catalogue.web.studio.rooms import PREFIX, Desk, desk

# A photograph and what stands around it in the form.
LARGEST_BODY = MOST_BYTES + 1024 * 1024
LICENCES = {
    "by permission": lazy_gettext("Only for this catalogue"),
    "CC BY 4.0": lazy_gettext("Anybody may use it and names who took it (CC BY 4.0)"),
}
LACKING: dict[Missing, LazyString] = {
    Missing.ALT_VI: lazy_gettext("what it shows, in Vietnamese"),
    Missing.ALT_EN: lazy_gettext("what it shows, in English"),
    Missing.CREDIT: lazy_gettext("who took it"),
    Missing.LICENCE: lazy_gettext("who may use it"),
    Missing.CONSENT: lazy_gettext("whether the people shown agree"),
}
SAID = ("alt_vi", "alt_en", "caption_vi", "caption_en", "credit", "licence", "agreed")
NINTHS = {
    "0-0": lazy_gettext("Upper left"),
    "1-0": lazy_gettext("Top"),
    "2-0": lazy_gettext("Upper right"),
    "0-1": lazy_gettext("Left"),
    "1-1": lazy_gettext("Middle"),
    "2-1": lazy_gettext("Right"),
    "0-2": lazy_gettext("Lower left"),
    "1-2": lazy_gettext("Bottom"),
    "2-2": lazy_gettext("Lower right"),
}
POINT = re.compile(r"(0\.\d{1,4}|[01]),(0\.\d{1,4}|[01])", re.ASCII)
BACK: dict[Rotation, Rotation] = {0: 0, 90: 270, 180: 180, 270: 90}
LINE = Field("line", Shape.PLAIN, "photographs", 300)

blueprint = Blueprint("photographs", __name__, url_prefix=f"{PREFIX}/photographs")


@blueprint.get("")
def show(room: str, code: str) -> ResponseReturnValue:
    """All of them, what each still lacks, and the form for one more."""
    at = desk(room, code)
    if not at.can_edit:
        return redirect(at.address("listings.show"), 303)
    return _page(at)


@blueprint.post("")
def add(room: str, code: str) -> ResponseReturnValue:
    """Keep one or several photographs with the draft; each that cannot be taken is named with its reason."""
    at = desk(room, code)
    files = [file for file in request.files.getlist("file") if file.filename]
    if not at.can_edit:
        if at.open is None:
            raise Conflict("revision.changed_meanwhile")
        return _nothing_added(at, [file.filename or "" for file in files])
    kept = kept_forms.kept_photographs(at.actor)
    if not files and not kept:
        return _page(at, 422, gettext("Choose a photograph first."))
    sent = [(one.file_name, partial(str, one.code)) for one in assets(kept)]
    sent += [(file.filename or "", partial(_received, at, file)) for file in files]
    refused = [wrong for name, asset in sent if (wrong := _add(at, name, asset))]
    if refused:
        here = [gettext("The others are here.")] if len(refused) < len(sent) else []
        return _page(desk(room, code), 422, " ".join(refused + here))
    flash(gettext("The photograph is here. Say below what it shows."), "success")
    return redirect(at.address("photographs.show"), 303)


def _add(at: Desk, name: str, asset: Callable[[], str]) -> str:
    """Put a photograph with the draft; what stands in the way in words, empty for nothing."""
    try:
        with transaction():
            actions.add_photograph(at.actor, at.kind, at.code, asset())
    except RuleBroken as broken:
        if broken.code not in {"photograph.refused", "photograph.too_many"}:
            raise
        reason = broken.parameters.get("reason")
        words = REFUSALS[Refusal(str(reason))] if reason else CODES[broken.code].text
        return gettext("“%(name)s” was not taken. %(reason)s", name=name, reason=words)
    return ""


def _received(at: Desk, file: FileStorage) -> str:
    """A file as a photograph of the maker; its code."""
    name = file.filename or ""
    return accept_upload(_storage(), at.actor.name, at.producer_code, file.read(), name).asset.code


def _nothing_added(at: Desk, names: list[str]) -> ResponseReturnValue:
    """The page was older than what became of the listing: says which photographs to choose again."""
    flash(
        gettext(
            "The listing is with the office now, so no photograph was added: %(names)s."
            " Take the listing back first, then choose them once more.",
            names=", ".join(names) or "–",
        ),
        "error",
    )
    return redirect(at.address("listings.show"), 303)


@blueprint.post("/<asset>/words")
def words(room: str, code: str, asset: str) -> ResponseReturnValue:
    """What it shows, who took it, who may use it, and who agreed."""
    at = desk(room, code)
    photograph = _unseen(at, asset)
    said = {name: tidy(LINE, request.form.get(name)) for name in SAID}
    nobody, before = request.form.get("nobody") == "on", photograph.words
    if errors := _wrong_words(said, nobody=nobody):
        return _page(at, 422, typed={asset: request.form}, errors={asset: errors})
    licences = {*LICENCES, before.licence}
    with transaction():
        describe(
            at.actor.name,
            photograph,
            Words(
                alt=Bilingual(said["alt_vi"], said["alt_en"]),
                decorative=request.form.get("decorative") == "on",
                caption=Bilingual(said["caption_vi"], said["caption_en"]),
                credit=said["credit"],
                licence=said["licence"] if said["licence"] in licences else None,
                consent=_consent(NOBODY if nobody else said["agreed"] or "", before.consent),
            ),
        )
    return done(at.address("photographs.show") + f"#{asset}")


@blueprint.get("/<asset>/words")
def words_again(room: str, code: str, asset: str) -> ResponseReturnValue:
    """All photographs, with the words of this one that could not be taken when they were sent."""
    at = desk(room, code)
    typed = kept_forms.found(at.actor)
    if typed is None or not at.can_edit:
        return redirect(at.address("photographs.show") + f"#{asset}", 303)
    return _page(at, typed={asset: typed})


@blueprint.post("/<asset>/turn")
def turn_right(room: str, code: str, asset: str) -> ResponseReturnValue:
    """Turn it a quarter clockwise."""
    at = desk(room, code)
    photograph = _unseen(at, asset)
    degrees: Rotation = {0: 90, 90: 180, 180: 270, 270: 0}[photograph.rotation]  # type: ignore[assignment]
    with transaction():
        turn(at.actor.name, photograph, degrees)
    return redirect(at.address("photographs.show") + f"#{asset}", 303)


@blueprint.post("/<asset>/focus")
def focus(room: str, code: str, asset: str) -> ResponseReturnValue:
    """What matters most on it, which every cut keeps: a ninth of the picture, or a point that was tapped."""
    at = desk(room, code)
    photograph = _unseen(at, asset)
    point = _point(request.form.get("at", ""))
    if point is None:
        raise RuleBroken("upload.unclear")
    with transaction():
        set_focus(at.actor.name, photograph, turned(point, BACK[_shown_turned(photograph)]))
    return redirect(at.address("photographs.show") + f"#{asset}", 303)


@blueprint.post("/<asset>/<any(first, earlier, later, off):deed>")
def change(room: str, code: str, asset: str, deed: str) -> ResponseReturnValue:
    """Make it the cover, move it by one place, or take it off this listing."""
    at = desk(room, code)
    photograph, codes = _of(at, asset), _codes(at)
    others = [one for one in codes if one != photograph.code]
    here = codes.index(asset)
    place = {"first": 0, "earlier": max(here - 1, 0), "later": here + 1}.get(deed)
    with transaction():
        _change(at, others if place is None else [*others[:place], asset, *others[place:]])
    return redirect(at.address("photographs.show"), 303)


@blueprint.get("/<asset>/picture")
def picture(room: str, code: str, asset: str) -> Response:
    """A photograph that readers do not see yet, for its maker's eyes."""
    return private_picture(_of(desk(room, code), asset))


def _wrong_words(said: Mapping[str, Any], *, nobody: bool) -> dict[str, str]:
    """What is wrong with what was typed of a photograph, by field."""
    found = {
        name: listing_words.fault("too_long", LINE, text)
        for name, text in said.items()
        if text and len(text) > LINE.most
    }
    if nobody and said["agreed"]:
        found["agreed"] = gettext(
            "Is nobody to be recognised, or have these people agreed?"
            " Take out the tick above, or these names."
        )
    return found


def _page(
    at: Desk,
    status: int = 200,
    error: str = "",
    typed: Mapping[str, Mapping[str, str]] | None = None,
    errors: Mapping[str, Mapping[str, str]] | None = None,
) -> ResponseReturnValue:
    codes, wrong = _codes(at), errors or {}
    return render(
        "studio/photographs.html",
        status,
        at=at,
        steps=steps_of(at, "photographs"),
        error=error,
        most=LISTINGS[at.kind].by_name["photographs"].most,
        kept=request.args.get("kept", "") if kept_forms.kept_photographs(at.actor) else "",
        seal=kept_forms.seal(at.actor),
        note=kept_note() if typed and not wrong else None,
        ninths=NINTHS.items(),
        summary=[(f"{name}-{code}", text) for code, found in wrong.items() for name, text in found.items()],
        photographs=[
            _drawn(at, one, codes)
            | _retyped((typed or {}).get(one.code))
            | {"errors": wrong.get(one.code, {})}
            for one in assets(codes)
        ],
    )


def _retyped(typed: Mapping[str, str] | None) -> dict[str, Any]:
    """What was typed of a photograph, in the place of what is kept of it."""
    if typed is None:
        return {}
    said = {name: typed.get(name, "") for name in SAID}
    return {
        "alt": Bilingual(said["alt_vi"], said["alt_en"]),
        "decorative": typed.get("decorative") == "on",
        "caption": Bilingual(said["caption_vi"], said["caption_en"]),
        "credit": said["credit"],
        "licence": said["licence"],
        "nobody": typed.get("nobody") == "on",
        "agreed": said["agreed"],
    }


def _consent(text: str, before: Consent | None) -> Consent | None:
    """Who agreed; when and how they did stays on record as long as the same people are named."""
    if before is not None and before.by == text and text:
        return before
    return read_consent(text, today())


def _drawn(at: Desk, one: MediaAsset, codes: list[str]) -> dict[str, Any]:
    """Everything that the page shows of a photograph."""
    x, y = turned(one.focus, _shown_turned(one))
    return {
        "code": one.code,
        "src": at.address("photographs.picture", asset=one.code, v=one.rotation),
        "is_cover": one.code == codes[0],
        "is_last": one.code == codes[-1],
        "is_public": one.published_at is not None,
        "state": str(_state(one)),
        "advice": [str(ADVICE[Advice(code)]) for code in one.advice],
        "focus": f"{min(int(x * 3), 2)}-{min(int(y * 3), 2)}",
        "alt": one.alt,
        "shows": read(one.alt),
        "decorative": one.decorative,
        "caption": one.caption,
        "credit": one.credit or one.found_credit or at.actor.name,
        "licence": one.licence or "by permission",
        "licences": ({one.licence: one.licence} if one.licence else {}) | LICENCES,
        "nobody": one.consent_how == NOBODY,
        "agreed": one.consent_by or "",
        "lacking": ", ".join(str(LACKING[name]) for name in missing(one.words)),
    }


def _state(one: MediaAsset) -> LazyString:
    if one.published_at is not None:
        return lazy_gettext("Readers see it.")
    if not one.is_rendered:
        return lazy_gettext("It has arrived and is being made ready.")
    return lazy_gettext("It has arrived. Readers see it when the listing is published.")


def _point(text: str) -> Focus | None:
    """`2-0` for the ninth at the upper right, or `0.83,0.17` for a point; None for anything else."""
    if text in NINTHS:
        column, row = text.split("-")
        return (2 * int(column) + 1) / 6, (2 * int(row) + 1) / 6
    found = POINT.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


def _shown_turned(one: MediaAsset) -> Rotation:
    """How far the picture that the maker sees is turned: before the worker made any it is the original."""
    return one.renditions[0].rotation if one.renditions else 0


def _codes(at: Desk) -> list[str]:
    return list(at.content.get("photographs") or ())


def _change(at: Desk, codes: list[str]) -> None:
    """Other photographs, or another order, in the draft."""
    if not at.can_edit:
        raise Conflict("revision.changed_meanwhile")
    draft = actions.open_draft(at.actor, at.kind, at.code)
    actions.save_draft(at.actor, draft, {"photographs": codes}, draft.version)


def _of(at: Desk, code: str) -> MediaAsset:
    """A photograph of this listing; NotFound for any other."""
    found = assets([code]) if code in _codes(at) else []
    if not found:
        raise NotFound("photograph.unknown")
    return found[0]


def _unseen(at: Desk, code: str) -> MediaAsset:
    """The same, while no reader sees it and nobody looks at it: what is said of it then is looked at with
    the listing, and stays as it was looked at."""
    photograph = _of(at, code)
    require(may_describe(photograph.owner, at.producer_code))
    if photograph.published_at is not None:
        raise RuleBroken("photograph.public")
    if revisions.is_with_the_office(at.producer_code, code):
        raise RuleBroken("revision.not_in_this_state")
    return photograph


def _storage() -> Storage:
    store: Storage = current_app.extensions["storage"]
    return store

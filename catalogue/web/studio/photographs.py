"""The photographs of a listing: added, described, turned, ordered and taken off, with nothing but forms."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from catalogue.adapters.storage import Storage
from catalogue.database import transaction
from catalogue.editorial import actions
from catalogue.editorial.fields import Field, Shape, tidy
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.kernel.photo import MOST_BYTES, Refusal, Rotation
from catalogue.media.actions import accept_upload, describe, turn
from catalogue.media.models import MediaAsset
from catalogue.media.rules import NOBODY, Missing, Words, missing, read_consent
from catalogue.media.standing import assets
from catalogue.media.words import REFUSALS
from catalogue.web.pictures import private_picture
from catalogue.web.private import show as render
from catalogue.web.studio.editor import steps_of
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
LINE = Field("line", Shape.PLAIN, "photographs", 300)

blueprint = Blueprint("photographs", __name__, url_prefix=f"{PREFIX}/photographs")


def let_in() -> None:
    """A photograph is larger than any other form."""
    if request.endpoint == "studio.photographs.add":
        request.max_content_length = LARGEST_BODY


@blueprint.get("")
def show(room: str, code: str) -> ResponseReturnValue:
    """All of them, what each still lacks, and the form for one more."""
    at = desk(room, code)
    if not at.can_edit:
        return redirect(at.address("listings.show"), 303)
    return _page(at)


@blueprint.post("")
def add(room: str, code: str) -> ResponseReturnValue:
    """Keep one or several photographs with the draft; what is no photograph is refused in words."""
    at = desk(room, code)
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        return _page(at, 422, gettext("Choose a photograph first."))
    for file in files:
        try:
            with transaction():
                received = accept_upload(_storage(), at.actor.name, file.read(), file.filename or "")
                _change(at, [*_codes(desk(room, code)), received.asset.code])
        except RuleBroken as refused:
            if refused.code != "photograph.refused":
                raise
            return _page(desk(room, code), 422, str(REFUSALS[Refusal(str(refused.parameters["reason"]))]))
    flash(gettext("The photograph is here. Say below what it shows."), "success")
    return redirect(at.address("photographs.show"), 303)


@blueprint.post("/<asset>/words")
def words(room: str, code: str, asset: str) -> ResponseReturnValue:
    """What it shows, who took it, who may use it, and who agreed."""
    at = desk(room, code)
    photograph = _of(at, asset)
    if photograph.published_at is not None:
        raise RuleBroken("photograph.public")
    said = {
        name: tidy(LINE, request.form.get(name))
        for name in ("alt_vi", "alt_en", "credit", "licence", "agreed")
    }
    nobody = request.form.get("nobody") == "on"
    with transaction():
        describe(
            at.actor.name,
            photograph,
            Words(
                alt=Bilingual(said["alt_vi"], said["alt_en"]),
                credit=said["credit"],
                licence=said["licence"] if said["licence"] in LICENCES else None,
                consent=read_consent(NOBODY if nobody else said["agreed"] or "", today()),
            ),
        )
    return redirect(at.address("photographs.show") + f"#{asset}", 303)


@blueprint.post("/<asset>/<any(first, off, turn):deed>")
def change(room: str, code: str, asset: str, deed: str) -> ResponseReturnValue:
    """Make it the cover, take it off this listing, or turn it to the right."""
    at = desk(room, code)
    photograph, codes = _of(at, asset), _codes(at)
    with transaction():
        if deed == "turn":
            if photograph.published_at is not None:
                raise RuleBroken("photograph.public")
            degrees: Rotation = {0: 90, 90: 180, 180: 270, 270: 0}[photograph.rotation]  # type: ignore[assignment]
            turn(at.actor.name, photograph, degrees)
        else:
            others = [one for one in codes if one != asset]
            _change(at, [asset, *others] if deed == "first" else others)
    return redirect(at.address("photographs.show"), 303)


@blueprint.get("/<asset>/picture")
def picture(room: str, code: str, asset: str) -> Response:
    """A photograph that readers do not see yet, for its maker's eyes."""
    return private_picture(_of(desk(room, code), asset))


def _page(at: Desk, status: int = 200, error: str = "") -> ResponseReturnValue:
    codes = _codes(at)
    return render(
        "studio/photographs.html",
        status,
        at=at,
        steps=steps_of(at, "photographs"),
        error=error,
        licences=LICENCES.items(),
        photographs=[
            {
                "code": one.code,
                "src": at.address("photographs.picture", asset=one.code, v=one.rotation),
                "is_cover": one.code == codes[0],
                "is_public": one.published_at is not None,
                "alt": one.alt,
                "credit": one.credit or at.actor.name,
                "licence": one.licence or "by permission",
                "nobody": one.consent_how == NOBODY,
                "agreed": one.consent_by or "",
                "lacking": ", ".join(str(LACKING[name]) for name in missing(one.words)),
            }
            for one in assets(codes)
        ],
    )


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


def _storage() -> Storage:
    store: Storage = current_app.extensions["storage"]
    return store

"""One's listings: a new one, and each by itself with its state and what can be done with it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from catalogue.archive import archived_too
from catalogue.database import Record, transaction
from catalogue.editorial import actions, claims, keeping, revisions, rules, sent
from catalogue.editorial.completeness import completeness
from catalogue.editorial.fields import Field, tidy
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.rules import Content, State
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers_by_code
from catalogue.producers.rules import may_archive, may_help
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.web import advice, kept_forms, listing_forms, listing_words, two_versions
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current, read
from catalogue.web.private import show as render
from catalogue.web.studio.answers import done
from catalogue.web.studio.editor import kept_note, price_question
from catalogue.web.studio.rooms import PREFIX, Desk, desk, open_of

# Enough to save a draft; whose it is, is asked only of those who speak for several.
FIRST = ("name", "category", "summary")
MODELS: dict[str, tuple[type[Record], str]] = {
    "product": (Product, "public.products.show"),
    "producer": (Producer, "public.producers.show"),
}

blueprint = Blueprint("listings", __name__)


@blueprint.route("/listings/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Three fields, and there is a draft."""
    actor = current_actor()
    asked = request.args.get("producer", "")
    with archived_too():  # a new maker lists its first product before its own page is public
        makers = producers_by_code({*actor.speaks_for, *([asked] if may_help(actor) else [])})
    if not makers:
        raise NotFound("listing.unknown")
    fields = [LISTINGS["product"].by_name[name] for name in FIRST]
    typed = request.form if request.method == "POST" else kept_forms.found(actor)
    content = {
        field.name: tidy(field, value)
        for field, value in zip(
            fields, listing_forms.sent(fields, typed or request.form).values(), strict=True
        )
    }
    chosen = (typed or request.form).get("producer") or asked or makers[0].code
    faults = {}
    if request.method == "POST":
        if chosen not in {maker.code for maker in makers}:
            raise NotFound("listing.unknown")
        if content["name"]:
            return redirect(_begin(chosen, content), 303)
        faults = {"name": "needed"}
    drawn = listing_forms.inputs(fields, content, faults)
    return render(
        "studio/new.html",
        422 if faults else 200,
        makers=[
            {"value": maker.code, "label": read(maker.name), "selected": maker.code == chosen}
            for maker in makers
        ],
        inputs=drawn,
        summary=listing_forms.summary(drawn),
        key=(typed or request.form).get("key") or listing_forms.new_key(),
        seal=kept_forms.seal(actor),
        kept=request.method != "POST" and typed is not None,
    )


def _begin(producer_code: str, content: dict[str, object]) -> str:
    """The editor of the new draft; the same form sent again leads to the same one."""
    actor, fields = current_actor(), kept_forms.typed_fields()
    key = request.headers.get("Idempotency-Key") or request.form.get("key") or listing_forms.new_key()
    body = sent.body_hash({name: texts for name, texts in fields.items() if name != "key"})
    if (known := sent.answered(key, actor.user_id, body)) is not None:
        return known
    try:
        with transaction():
            noted = sent.note(key, actor.user_id, body)
            draft = actions.begin(actor, "product", producer_code, content)
            way = url_for("studio.editor.show", room="listings", code=draft.code, step="story")
            noted.answer = way
    except IntegrityError:  # the other half of a double press was quicker
        if (known := sent.answered(key, actor.user_id, body)) is None:
            raise
        return known
    return way


@blueprint.get(PREFIX)
def show(room: str, code: str) -> ResponseReturnValue:
    """A listing as it stands, the one thing that helps it next, and what can be done with it."""
    at = desk(room, code)
    score = completeness(at.kind, at.content)
    return render(
        "studio/listing.html",
        at=at,
        score=score.percent,
        next=advice.todo(score.next, at.address) if at.can_edit else None,
        state=_state(at),
        reasons=advice.reasons(at.open),
        planned=advice.moment(at.open.publish_at) if at.open and at.open.publish_at else None,
        can_take_back=at.open is not None and rules.can(rules.Step.TAKE_BACK, State(at.open.state)),
        can_set_aside=at.open is not None and at.open.state in rules.EDITABLE,
        can_archive=at.live is not None and may_archive(at.actor, at.producer_code),
        unconfirmed=[
            one
            for one in revisions.unconfirmed([at.producer_code])
            if (one.kind, one.code) == (at.kind, at.code)
        ]
        if rules.may_confirm(at.actor, at.producer_code)
        else [],
        public_href=_public(at),
        inputs=listing_forms.inputs(_alone(at), at.live, {}) if at.live is not None else [],
        seen=two_versions.seen(_alone(at), at.live or {}),
        seal=kept_forms.seal(at.actor),
        claims=len(claims.of_listing(at.kind, at.code)),
        versions=revisions.last_number(at.kind, at.code),
    )


@blueprint.post(f"{PREFIX}/quick")
def quick(room: str, code: str) -> ResponseReturnValue:
    """Change on the live page what needs no review; nobody else's change is undone."""
    at, form = desk(room, code), request.form
    fields, live = _alone(at), at.live or {}
    try:
        with transaction():
            typed, seen = two_versions.settled(fields, form, live)
            content = keeping.written_upon(at.kind, typed, seen, live)
            if (question := _question(at, content)) and form.get("sure") != _sure(content):
                return _quick(
                    at,
                    listing_forms.inputs(fields, typed, {}),
                    422,
                    seen=two_versions.seen(fields, seen) if seen is not None else "",
                    question=question,
                    sure=_sure(content),
                )
            actions.change_alone(at.actor, at.kind, at.code, typed, seen)
    except Conflict:
        return _both(desk(room, code))
    except RuleBroken as broken:
        if broken.code == "revision.nothing_changed":
            return done(at.address("listings.show"))
        if broken.code != "revision.incomplete":
            raise
        faults = broken.parameters["faults"]
        assert isinstance(faults, dict)
        content = at.listing.tidy({**at.content, **listing_forms.sent(fields, form)})
        return _quick(at, listing_forms.inputs(fields, content, faults), 422, seen=form.get("seen", ""))
    flash(gettext("Changed. Readers see it now."), "success")
    return done(at.address("listings.show"))


@blueprint.get(f"{PREFIX}/quick")
def quick_again(room: str, code: str) -> ResponseReturnValue:
    """The same form by itself, with what had been typed when it could not be taken."""
    at = desk(room, code)
    typed = kept_forms.found(at.actor)
    if typed is None or at.live is None:
        return redirect(at.address("listings.show"), 303)
    fields = _alone(at)
    content = at.listing.tidy({**at.live, **listing_forms.sent(fields, typed)})
    return _quick(at, listing_forms.inputs(fields, content, {}), seen=typed.get("seen", ""), note=kept_note())


@blueprint.post(f"{PREFIX}/submit")
def submit(room: str, code: str) -> ResponseReturnValue:
    """Send the draft: to the office, or on show at once where nobody need look."""
    at = desk(room, code)
    draft = open_of(at)
    changed = [change.field for change in keeping.changes(draft, at.live)]
    try:
        with transaction():
            if rules.may_publish_alone(at.kind, changed, is_live=at.live is not None):
                actions.publish_alone(at.actor, draft)
                flash(gettext("Changed. Readers see it now."), "success")
            else:
                actions.submit(at.actor, draft)
                flash(_sent(at), "success")
    except RuleBroken as broken:
        if broken.code == "revision.nothing_changed":
            flash(gettext("Nothing was changed, so there is nothing to send."))
            return redirect(at.address("editor.check"), 303)
        if broken.code != "revision.incomplete":
            raise
        return redirect(at.address("editor.check"), 303)
    return redirect(at.address("listings.show"), 303)


def _sent(at: Desk) -> str:
    sent = gettext("Sent. The office looks at it and you hear from it here.")
    return sent + " " + gettext("It publishes your own page first.") if at.waits_for_maker else sent


@blueprint.post(f"{PREFIX}/take-back")
def take_back(room: str, code: str) -> ResponseReturnValue:
    """Out of the office again, to go on writing."""
    at = desk(room, code)
    with transaction():
        actions.take_back(at.actor, open_of(at))
    flash(gettext("It is yours again. The office will not look at it until you send it."), "success")
    return redirect(at.address("listings.show"), 303)


@blueprint.post(f"{PREFIX}/set-aside")
def set_aside(room: str, code: str) -> ResponseReturnValue:
    """Close the draft; the history keeps it."""
    at = desk(room, code)
    with transaction():
        actions.set_aside(at.actor, open_of(at))
    flash(gettext("The draft is set aside. You find it under earlier versions."), "success")
    return redirect(at.address("listings.show"), 303)


@blueprint.post(f"{PREFIX}/archive")
def archive(room: str, code: str) -> ResponseReturnValue:
    """Take the listing out of the catalogue."""
    at = desk(room, code)
    with transaction():
        actions.archive(at.actor, at.kind, at.code)
    flash(gettext("Readers do not see it any more. Every version is kept."), "success")
    return redirect(at.address("listings.show"), 303)


@blueprint.post(f"{PREFIX}/confirm/<int:number>")
def confirm(room: str, code: str, number: int) -> ResponseReturnValue:
    """The producer says yes to what staff wrote in its name."""
    at = desk(room, code)
    with transaction():
        actions.confirm(at.actor, revisions.numbered(at.kind, at.code, number))
    flash(gettext("Thank you. It is noted that you agree."), "success")
    return redirect(at.address("listings.show"), 303)


def _alone(at: Desk) -> list[Field]:
    """What a maker changes on the live page by itself."""
    return [field for field in at.listing.fields if field.name in rules.ALONE[at.kind]]


def _question(at: Desk, content: Content) -> str | None:
    """What is asked once before a new price is on show."""
    before = at.live or {}
    is_new = any(content.get(name) != before.get(name) for name in ("price", "currency"))
    return price_question(at, content) if is_new else None


def _sure(content: Content) -> str:
    """The price that was asked about; sent once more, it is right."""
    return f"{content['price']} {content['currency']}"


def _both(at: Desk) -> ResponseReturnValue:
    """Both versions of what was changed twice, until somebody chose."""
    latest = revisions.live_revision(at.kind, at.code)
    asked = two_versions.asked_about(_alone(at), request.form, at.live or {}, at.actor, latest)
    return render("studio/conflict.html", 409, at=at, action=at.address("listings.quick"), **asked)


def _quick(
    at: Desk,
    drawn: list[dict[str, Any]],
    status: int = 200,
    *,
    seen: str,
    note: dict[str, str] | None = None,
    question: str | None = None,
    sure: str = "",
) -> ResponseReturnValue:
    return render(
        "studio/quick.html",
        status,
        at=at,
        inputs=drawn,
        summary=listing_forms.summary(drawn),
        seen=seen,
        note=note,
        question=question,
        sure=sure,
        seal=kept_forms.seal(at.actor),
    )


def _state(at: Desk) -> str:
    if at.open is not None:
        return str(listing_words.STATES[at.open.state])
    return str(listing_words.STATES[State.PUBLISHED if at.live is not None else State.ARCHIVED])


def _public(at: Desk) -> str | None:
    model, endpoint = MODELS[at.kind]
    row = by_code(model, at.code)
    return address(endpoint, slug=row.slug(current())) if row else None

"""One person with an account: tasks, second factor, history of signing in, and the way out at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts import actions, history, queries, rights, rules
from catalogue.accounts.models import User
from catalogue.accounts.rules import Role
from catalogue.database import transaction
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.producers.actions import end_voice
from catalogue.producers.queries import memberships_of
from catalogue.web import advice, audit_words, labels
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.private import show as render
from catalogue.web.private import tidy

blueprint = Blueprint("person", __name__, url_prefix="/people/<int:user_id>")


@blueprint.before_request
def only_for_those_who_let_people_in() -> None:
    """Registrars know who speaks for whom; administrators look after all accounts."""
    require(rules.may_see_people(current_actor()))


@blueprint.get("")
def show(user_id: int) -> ResponseReturnValue:
    """What the person may do, and when the person was here."""
    return _page(queries.user(user_id))


@blueprint.post("/roles")
def set_roles(user_id: int) -> ResponseReturnValue:
    """Exactly these tasks in the office from now on."""
    user = queries.user(user_id)
    with transaction():
        rights.set_roles(current_actor(), user, frozenset(request.form.getlist("roles")))
    flash(gettext("Kept. It counts with the next page that %(name)s opens.", name=user.name), "success")
    return _back(user)


@blueprint.post("/sign-out")
def sign_out(user_id: int) -> ResponseReturnValue:
    """End every session of this person."""
    user = queries.user(user_id)
    with transaction():
        actions.sign_out_everywhere(current_actor(), user)
    flash(gettext("%(name)s is signed out on all devices.", name=user.name), "success")
    return _back(user)


@blueprint.post("/second-step")
def forget_second_step(user_id: int) -> ResponseReturnValue:
    """For whoever has lost phone and recovery codes."""
    user = queries.user(user_id)
    with transaction():
        actions.forget_second_step(current_actor(), user)
    flash(gettext("Taken off. %(name)s sets up a new one at the next sign-in.", name=user.name), "success")
    return _back(user)


@blueprint.post("/shut-out")
def shut_out(user_id: int) -> ResponseReturnValue:
    """Out at once, and in no more."""
    user = queries.user(user_id)
    try:
        with transaction():
            rights.shut_out(current_actor(), user, tidy(request.form.get("reason")))
    except RuleBroken as broken:
        if broken.code != "people.without_reason":
            raise
        wrong = {"reason": gettext("Say why, in a sentence: it stands in the log.")}
        return _page(queries.user(user_id), 422, wrong)
    flash(gettext("%(name)s is shut out; all sessions have ended.", name=user.name), "success")
    return _back(user)


@blueprint.post("/let-in")
def let_in(user_id: int) -> ResponseReturnValue:
    """In again."""
    user = queries.user(user_id)
    with transaction():
        rights.let_in_again(current_actor(), user)
    flash(gettext("%(name)s may come in again.", name=user.name), "success")
    return _back(user)


@blueprint.post("/voices/<code>/end")
def end(user_id: int, code: str) -> ResponseReturnValue:
    """The person speaks for that maker no more."""
    user = queries.user(user_id)
    found = [one for one in memberships_of([user.id]) if one.producer.code == code]
    if not found:
        raise NotFound("producer.unknown")
    with transaction():
        end_voice(current_actor(), found[0])
    flash(gettext("%(name)s speaks for that maker no more.", name=user.name), "success")
    return _back(user)


def _back(user: User) -> ResponseReturnValue:
    return redirect(url_for("staff.person.show", user_id=user.id), 303)


def _page(user: User, status: int = 200, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    actor = current_actor()
    may_see_history = rules.may_invite(actor, user.role_codes)
    return render(
        "staff/person.html",
        status,
        user=user,
        facts=_facts(user),
        speaks=[
            {
                "code": one.producer.code,
                "name": read(one.producer.name),
                "voice": str(labels.VOICES[one.voice]),
            }
            for one in memberships_of([user.id])
        ],
        roles=[
            {"value": role.value, "label": str(labels.ROLES[role]), "checked": role in user.role_codes}
            for role in Role
        ],
        may_change_roles=rules.may_change_roles(actor, user.id),
        may_shut_out=rules.may_shut_out(actor, user.id, user.role_codes),
        may_take_off=rules.may_take_off_second_step(actor) and bool(user.tf_totp_secret or user.webauthn),
        is_oneself=actor.user_id == user.id,
        events=[
            {
                "when": advice.moment(event.at),
                "what": audit_words.verb(event.verb),
                "details": audit_words.details(event),
                "who": "" if event.actor_id == user.id else audit_words.who(event),
                "reason": event.reason or "",
            }
            for event in (history.of(user) if may_see_history else ())
        ],
        may_see_history=may_see_history,
        typed=request.form.get("reason", ""),
        errors=errors or {},
        summary=list((errors or {}).items()),
    )


def _facts(user: User) -> list[tuple[str, Any]]:
    factors = [gettext("codes from an app")] if user.tf_totp_secret else []
    factors += [gettext("passkey: %(name)s", name=key.name) for key in user.webauthn]
    needed = user.check_tf_required_setup()
    none = gettext("none yet; it is asked for at the next sign-in") if needed else gettext("none")
    return [
        (gettext("E-mail"), user.email),
        (gettext("Account since"), advice.moment(user.created)),
        (gettext("Second factor"), ", ".join(factors) or none),
        (gettext("Recovery codes left"), str(len(user.mf_recovery_codes or ()))),
    ]

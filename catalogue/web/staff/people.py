"""Who has an account, narrowed and sorted, and letting people in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts import actions, history, queries, rules
from catalogue.accounts.models import User
from catalogue.database import transaction
from catalogue.kernel.errors import require
from catalogue.producers.models import Membership
from catalogue.producers.queries import memberships_of, producers
from catalogue.web import advice, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read
from catalogue.web.private import refused
from catalogue.web.private import show as render
from catalogue.web.staff.forms import InvitationForm

FIELDS = ("email", "producer", "voice", "roles", "language")

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Everybody, who waits, and the form that invites."""
    actor = current_actor()
    require(rules.may_see_people(actor))
    form = InvitationForm()
    known = {producer.code: producer for producer in producers(current())}
    form.offer(known, may_give_roles=rules.may_invite(actor, frozenset(rules.Role)))
    if request.method != "POST":
        form.language.data = current().value
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    producer = known.get(form.producer.data or "")
    with transaction():
        actions.invite(
            actor,
            form.email.data,
            form.language.data,
            roles=frozenset(form.roles.data or ()),
            producer_id=producer.id if producer else None,
            voice=form.voice.data if producer else None,
        )
    flash(
        gettext("An invitation is on its way to %(email)s. It is good for 14 days.", email=form.email.data),
        "success",
    )
    return redirect(url_for("staff.people.index"), 303)


@blueprint.post("/invitations/<int:invitation_id>/revoke")
def revoke(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = queries.invitation(invitation_id)
    with transaction():
        actions.revoke(current_actor(), invitation)
    flash(gettext("The invitation of %(email)s is taken back.", email=invitation.email), "success")
    return redirect(url_for("staff.people.index"), 303)


def _page(form: InvitationForm, status: int = 200) -> ResponseReturnValue:
    asked = {name: request.args.get(name, "").replace("\0", "") for name in ("q", "role", "state", "sort")}
    found, total = queries.find_people(
        asked["q"].strip(),
        asked["role"],
        active={"in": True, "out": False}.get(asked["state"]),
        newest_first=asked["sort"] == "newest",
        start=(paging.asked() - 1) * paging.PAGE_SIZE,
        size=paging.PAGE_SIZE,
    )
    return render(
        "staff/people.html",
        status,
        form=form,
        people=_lines(found),
        total=total,
        words=asked["q"],
        roles=_options(
            {"": gettext("All")}
            | {role.value: str(labels.ROLES[role]) for role in rules.Role}
            | {"none": gettext("No task in the office")},
            asked["role"],
        ),
        states=_options(
            {"": gettext("All"), "in": gettext("May come in"), "out": gettext("Shut out")}, asked["state"]
        ),
        sorts=_options({"": gettext("Name"), "newest": gettext("The newest first")}, asked["sort"]),
        invitations=queries.open_invitations(),
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
        **(refused(form, FIELDS) if status != 200 else {}),
    )


def _lines(found: Sequence[User]) -> list[dict[str, Any]]:
    numbers = [user.id for user in found]
    of_user: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships_of(numbers):
        of_user[membership.user_id].append(membership)
    seen = history.last_sign_ins(numbers)
    return [
        {
            "href": url_for("staff.person.show", user_id=user.id),
            "name": user.name,
            "email": user.email,
            "does": _does(user, of_user[user.id]),
            "seen": advice.moment(seen[user.id]) if user.id in seen else "",
            "is_out": not user.active,
            "lacks_second": user.check_tf_required_setup() and not (user.tf_totp_secret or user.webauthn),
        }
        for user in found
    ]


def _does(user: User, speaks: list[Membership]) -> list[str]:
    """What a person may do, in words."""
    return [str(labels.ROLES[rules.Role(code)]) for code in sorted(user.role_codes)] + [
        gettext("%(voice)s: %(producer)s", voice=labels.VOICES[each.voice], producer=read(each.producer.name))
        for each in speaks
    ]


def _options(words: dict[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "label": label, "selected": value == chosen} for value, label in words.items()]

"""Invitations that nobody has taken up yet, as a list; and taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts import actions, queries, rules
from catalogue.accounts.models import Invitation
from catalogue.database import transaction
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import require
from catalogue.kernel.text import mentions
from catalogue.producers.models import Producer
from catalogue.records import in_order_of
from catalogue.web import dates, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.private import show as render
from catalogue.web.staff import lists

blueprint = Blueprint("invitations", __name__, url_prefix="/people/invitations")


@blueprint.before_request
def only_who_lets_people_in() -> None:
    """Addresses of people are for those who look after accounts."""
    require(rules.may_see_people(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Those that wait, the last one first unless the address asks for another order."""
    found, (sort, descending) = _found(), _order()
    shown, pager = paging.cut(found, lists.PAGE_SIZE)
    actor, tasks = current_actor(), _tasks(shown)
    return render(
        "staff/invitations.html",
        invitations=[
            {
                "id": one.id,
                "email": one.email,
                "sent": dates.day(_local(one.created).date()),
                "expires": dates.day(_local(one.expires).date()),
                "tasks": tasks[one.id],
                "may_revoke": rules.may_invite(actor, frozenset(one.roles)),
            }
            for one in shown
        ],
        words=lists.sought(),
        total=len(found),
        columns=[
            *lists.columns(_sorts(), sort, descending=descending),
            {"text": gettext("Tasks")},
            {"text": gettext("Take back"), "hidden": True},
        ],
        sheets=lists.sheet_links(url_for("staff.invitations.index") + "/invitations"),
        pager=pager,
    )


@blueprint.get("/invitations.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same invitations as a sheet, all of them."""
    heads = _sorts() | {"tasks": gettext("Tasks"), "language": gettext("Language of the letter")}
    found = _found()
    tasks = _tasks(found)
    rows = (
        [
            one.email,
            *(_local(moment).date().isoformat() for moment in (one.created, one.expires)),
            "; ".join(tasks[one.id]),
            one.language,
        ]
        for one in found
    )
    return lists.sheet(f"invitations.{ending}", heads, rows)


@blueprint.post("/<int:invitation_id>/revoke")
def revoke(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitation = queries.invitation(invitation_id)
    with transaction():
        actions.revoke(current_actor(), invitation)
    flash(gettext("The invitation of %(email)s is taken back.", email=invitation.email), "success")
    return redirect(url_for("staff.invitations.index"), 303)


def _found() -> list[Invitation]:
    sort, descending = _order()
    words, every = lists.sought(), queries.open_invitations(sort, descending=descending)
    return [one for one in every if mentions(words, one.email)]


def _order() -> tuple[str, bool]:
    return lists.order(queries.INVITATION_SORTS, "sent", descending=True)


def _sorts() -> dict[str, str]:
    return {"email": gettext("E-mail"), "sent": gettext("Sent"), "expires": gettext("Good until")}


def _tasks(found: Sequence[Invitation]) -> dict[int, list[str]]:
    """What each of them will do, in words."""
    makers = in_order_of(Producer, [one.producer_id for one in found if one.producer_id])
    names = {maker.id: read(maker.name) for maker in makers}
    tasks = {one.id: [str(labels.ROLES[rules.Role(code)]) for code in one.roles] for one in found}
    for one in found:
        if one.voice and one.producer_id in names:
            voice, name = labels.VOICES[one.voice], names[one.producer_id]
            tasks[one.id].append(gettext("%(voice)s: %(producer)s", voice=voice, producer=name))
    return tasks


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL)

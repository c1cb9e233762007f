"""Who has an account, narrowed and sorted, and letting people in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts import actions, history, queries, rules
from catalogue.accounts.models import User
from catalogue.adapters.sheets.csv_tables import Cell
from catalogue.database import transaction
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import require
from catalogue.producers.models import Membership
from catalogue.producers.queries import memberships_of, producer_names, producers_by_code
from catalogue.web import advice, dates, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import current, read
from catalogue.web.private import refused
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.forms import InvitationForm

BATCH = 500
FIELDS = ("email", "producer", "voice", "roles", "language")

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Everybody, how many were invited and wait, and the form that invites."""
    actor = current_actor()
    require(rules.may_see_people(actor))
    form = InvitationForm()
    form.offer(producer_names(current()), may_give_roles=rules.may_invite(actor, frozenset(rules.Role)))
    if request.method != "POST":
        form.language.data = current().value
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    producer = next(iter(producers_by_code([form.producer.data or ""])), None)
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


@blueprint.get("/people.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same people as a sheet, all of them."""
    require(rules.may_see_people(current_actor()))
    heads = {
        "name": gettext("Name"),
        "email": gettext("E-mail"),
        "tasks": gettext("Tasks"),
        "language": gettext("Language"),
        "state": gettext("May come in"),
        "since": gettext("Account since"),
        "seen": gettext("Last here"),
    }
    return lists.sheet(f"people.{ending}", heads, _rows(_asked()))


def _page(form: InvitationForm, status: int = 200) -> ResponseReturnValue:
    asked, (sort, descending) = _asked(), _order()
    found, total = _found(asked, (paging.asked() - 1) * paging.PAGE_SIZE, paging.PAGE_SIZE)
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
        sorts=_options({"name": gettext("Name"), "-since": gettext("The newest first")}, asked["sort"]),
        columns=lists.columns(
            {"name": gettext("Name"), "email": gettext("E-mail"), "since": gettext("Account since")}
            | {"seen": gettext("Last here")},
            sort,
            descending=descending,
        ),
        waiting=len(queries.open_invitations()),
        sheets=lists.sheet_links(url_for("staff.people.index") + "/people"),
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
        **(refused(form, FIELDS) if status != 200 else {}),
    )


def _asked() -> dict[str, str]:
    return {name: request.args.get(name, "").replace("\0", "") for name in ("q", "role", "state", "sort")}


def _order() -> tuple[str, bool]:
    return lists.order(queries.PEOPLE_SORTS, "name")


def _found(asked: dict[str, str], start: int, size: int) -> tuple[Sequence[User], int]:
    """Whom the address asks for, and how many there are in all."""
    sort, descending = _order()
    return queries.find_people(
        asked["q"].strip(),
        asked["role"],
        active={"in": True, "out": False}.get(asked["state"]),
        sort=sort,
        descending=descending,
        start=start,
        size=size,
    )


def _rows(asked: dict[str, str]) -> Iterator[list[Cell]]:
    start, total = 0, 1
    while start < total:
        found, total = _found(asked, start, BATCH)
        speaks, seen = _about(found)
        for user in found:
            last = seen.get(user.id)
            yield [
                user.name,
                user.email,
                "; ".join(_does(user, speaks[user.id])),
                user.language,
                gettext("Yes") if user.active else gettext("No"),
                user.created.astimezone(LOCAL).date().isoformat(),
                last.astimezone(LOCAL).isoformat(timespec="minutes") if last else None,
            ]
        start += BATCH


def _about(found: Sequence[User]) -> tuple[dict[int, list[Membership]], dict[int, datetime]]:
    """For whom each of them speaks, and when each was here last."""
    numbers = [user.id for user in found]
    of_user: dict[int, list[Membership]] = defaultdict(list)
    for membership in memberships_of(numbers):
        of_user[membership.user_id].append(membership)
    return of_user, history.last_sign_ins(numbers)


def _lines(found: Sequence[User]) -> list[dict[str, Any]]:
    of_user, seen = _about(found)
    return [
        {
            "href": url_for("staff.person.show", user_id=user.id),
            "name": user.name,
            "email": user.email,
            "does": _does(user, of_user[user.id]),
            "since": dates.day(user.created.astimezone(LOCAL).date()),
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

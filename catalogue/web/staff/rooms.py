"""The rooms of the office: where each is, who may enter, and what waits there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.accounts import queries as accounts
from catalogue.accounts.rules import (
    may_decide_application,
    may_enter_office,
    may_see_audit,
    may_see_people,
)
from catalogue.editorial import claims, queue
from catalogue.editorial.queue import Show
from catalogue.editorial.rules import may_decide_claim, may_see_reviews
from catalogue.enquiries import queries as enquiries
from catalogue.enquiries import reports
from catalogue.enquiries.rules import may_see_all, may_see_reports
from catalogue.kernel.actor import Actor
from catalogue.resolution.rules import may_see_goals


@dataclass(frozen=True)
class Room:
    """`waits`: in words how much there is to do; empty where a room has nothing that waits."""

    endpoint: str
    name: LazyString
    may_enter: Callable[[Actor], bool]
    waits: Callable[[], str] = lambda: ""


def _to_review() -> str:
    number = queue.numbers(None)[Show.WAITING]
    return ngettext("%(num)s waits", "%(num)s wait", number)


def _claims() -> str:
    return ngettext("%(num)s waits", "%(num)s wait", claims.waiting_number())


def _to_pass_on() -> str:
    return ngettext("%(num)s to pass on", "%(num)s to pass on", enquiries.to_pass_on_number())


def _reports() -> str:
    numbers = reports.numbers()
    return ngettext("%(num)s waits", "%(num)s wait", sum(numbers.get(state, 0) for state in reports.OPEN))


def _applications() -> str:
    return ngettext("%(num)s waits", "%(num)s wait", accounts.waiting_application_number())


# In the order of the day's work.
ROOMS: tuple[Room, ...] = (
    Room("staff.reviews.index", lazy_gettext("Reviews"), may_see_reviews, _to_review),
    Room("staff.claims.index", lazy_gettext("Certificates that makers showed"), may_decide_claim, _claims),
    Room("staff.certificates.index", lazy_gettext("Register of certificates"), may_enter_office),
    Room("staff.showcase.index", lazy_gettext("Featured exporters and collections"), may_enter_office),
    Room("staff.translations.index", lazy_gettext("Translation desk"), may_enter_office),
    Room("staff.pages.index", lazy_gettext("Pages and words"), may_enter_office),
    Room("staff.search.index", lazy_gettext("What readers look for"), may_enter_office),
    Room("staff.enquiries.index", lazy_gettext("Enquiries"), may_see_all, _to_pass_on),
    Room("staff.reports.index", lazy_gettext("Reports from visitors"), may_see_reports, _reports),
    Room("staff.goals.show", lazy_gettext("Goals of the resolution"), may_see_goals),
    Room("staff.applications.index", lazy_gettext("Applications"), may_decide_application, _applications),
    Room("staff.people.index", lazy_gettext("People"), may_see_people),
    Room("staff.audit.index", lazy_gettext("Who did what"), may_see_audit),
)


def open_to(actor: Actor) -> list[Room]:
    """The rooms that this person may enter."""
    return [room for room in ROOMS if room.may_enter(actor)]

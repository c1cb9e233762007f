"""The audit log in words: what was done, to what kind of thing, and what is noted beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from catalogue.accounts.rules import Role
from catalogue.audit import AuditEvent
from catalogue.editorial.office import LISTINGS as OFFICE
from catalogue.editorial.rules import Reason
from catalogue.web import (
    advice,
    certificate_words,
    dates,
    enquiry_words,
    labels,
    listing_words,
    showcase_words,
)

# One word for one act, whatever it is done to: the next column says to what.
VERBS: dict[str, LazyString] = {
    # writing
    "begin": lazy_gettext("began"),
    "write": lazy_gettext("wrote in a draft"),
    "write_sheet": lazy_gettext("made drafts of a sheet"),
    "import": lazy_gettext("wrote a sheet into a list"),
    "change": lazy_gettext("changed"),
    "add": lazy_gettext("added"),
    "remove": lazy_gettext("removed"),
    "submit": lazy_gettext("sent for review"),
    "take_back": lazy_gettext("took back"),
    "set_aside": lazy_gettext("set a draft aside"),
    "restore": lazy_gettext("brought back"),
    "confirm": lazy_gettext("confirmed"),
    "archive": lazy_gettext("took out of the catalogue"),
    "publish": lazy_gettext("made public"),
    # the reviewers' desk
    "take": lazy_gettext("took in hand"),
    "let_go": lazy_gettext("laid back"),
    "promise": lazy_gettext("promised an answer by another day"),
    "translate": lazy_gettext("translated"),
    "confirm translation": lazy_gettext("confirmed a translation"),
    "approve": lazy_gettext("approved"),
    "plan": lazy_gettext("planned when it becomes public"),
    "send_back": lazy_gettext("sent back"),
    "undo": lazy_gettext("took a decision back"),
    "not_publishable": lazy_gettext("could not publish as planned"),
    # certificates
    "claim certificate": lazy_gettext("showed a certificate"),
    "take back claim": lazy_gettext("took a certificate back that was shown"),
    "accepted claim": lazy_gettext("noted that a certificate stands in the register"),
    "declined claim": lazy_gettext("could not enter a certificate"),
    "send": lazy_gettext("sent"),
    "issue": lazy_gettext("entered"),
    "correct": lazy_gettext("corrected"),
    "reject": lazy_gettext("rejected"),
    "renew": lazy_gettext("renewed"),
    "replace": lazy_gettext("replaced"),
    "suspend": lazy_gettext("suspended"),
    "withdraw": lazy_gettext("withdrew"),
    "note": lazy_gettext("noted"),
    # what is featured, and what search does
    "feature": lazy_gettext("featured"),
    "terms": lazy_gettext("changed the terms"),
    "move": lazy_gettext("moved"),
    "take off": lazy_gettext("took off"),
    "pin": lazy_gettext("put at the top"),
    "unpin": lazy_gettext("took from the top"),
    "dismiss": lazy_gettext("laid aside"),
    # what visitors ask and report
    "answer": lazy_gettext("answered"),
    "pass_on": lazy_gettext("passed on"),
    "assign": lazy_gettext("gave to somebody"),
    "decide": lazy_gettext("decided"),
    "settle": lazy_gettext("noted what became of it"),
    "close": lazy_gettext("closed"),
    "reopen": lazy_gettext("opened again"),
    # people
    "enter maker": lazy_gettext("entered a maker"),
    "invite": lazy_gettext("invited"),
    "accept": lazy_gettext("accepted"),
    "decline": lazy_gettext("declined"),
    "accepted": lazy_gettext("accepted"),
    "declined": lazy_gettext("declined"),
    "set_roles": lazy_gettext("changed tasks in the office"),
    "shut_out": lazy_gettext("shut out"),
    "let_in_again": lazy_gettext("let in again"),
    "end_voice": lazy_gettext("ended that a person speaks for a maker"),
    "end_sessions": lazy_gettext("signed out on all devices"),
    "sign_in": lazy_gettext("signed in"),
    "sign_in_failed": lazy_gettext("failed to sign in"),
    "new_password": lazy_gettext("set a new password"),
    "password_changed": lazy_gettext("changed the password"),
    "codes_changed": lazy_gettext("set up codes from an app"),
    "second_step_gone": lazy_gettext("took off a second step that was lost"),
    "codes_off": lazy_gettext("turned codes off"),
    "passkey_added": lazy_gettext("added a passkey"),
    "passkey_removed": lazy_gettext("removed a passkey"),
    # photographs
    "describe_photograph": lazy_gettext("said other things of a photograph"),
    "publish_photograph": lazy_gettext("showed a photograph"),
    "place_photograph": lazy_gettext("put a photograph on a page"),
}
KINDS: dict[str, LazyString] = {
    "product": lazy_gettext("Product"),
    "producer": lazy_gettext("Maker"),
    "village": lazy_gettext("Craft village"),
    "route": lazy_gettext("Route"),
    "sight": lazy_gettext("Sight"),
    "revision": lazy_gettext("Listing"),  # as the translation desk once named them all
    "sheet": lazy_gettext("Sheet"),
    "user": lazy_gettext("Person"),
    "invitation": lazy_gettext("Invitation"),
    "application": lazy_gettext("Application"),
    "certificate": lazy_gettext("Certificate"),
    "certificate_claim": lazy_gettext("Paper of a certificate"),
    "enquiry": lazy_gettext("Enquiry"),
    "enquiry_part": lazy_gettext("Enquiry"),
    "correction_request": lazy_gettext("Report from a visitor"),
    "media_asset": lazy_gettext("Photograph"),
    "collection": lazy_gettext("Collection"),
    "glossary_term": lazy_gettext("Term of the glossary"),
    "published_figure": lazy_gettext("Published figure"),
    "synonym_group": lazy_gettext("Words that mean the same"),
    "search_pin": lazy_gettext("Answer at the top"),
    "search_miss": lazy_gettext("Search without an answer"),
}
DETAILS: dict[str, LazyString] = {
    "number": lazy_pgettext("log", "version"),
    "version": lazy_pgettext("log", "of version"),
    "reasons": lazy_pgettext("log", "reasons"),
    "changed": lazy_pgettext("log", "changed"),
    "kept": lazy_pgettext("log", "stays as it was changed at once"),
    "fields": lazy_pgettext("log", "fields"),
    "email": lazy_pgettext("log", "e-mail"),
    "roles": lazy_pgettext("log", "tasks"),
    "before": lazy_pgettext("log", "before"),
    "after": lazy_pgettext("log", "after"),
    "ways": lazy_pgettext("log", "with"),
    "was": lazy_pgettext("log", "was"),
    "answer_by": lazy_pgettext("log", "answer by"),
    "publish_at": lazy_pgettext("log", "public from"),
    "producer": lazy_pgettext("log", "maker"),
    "person": lazy_pgettext("log", "person"),
    "voice": lazy_pgettext("log", "as"),
    "licence": lazy_pgettext("log", "licence"),
    "agreed": lazy_pgettext("log", "agreed"),
    "missing": lazy_pgettext("log", "missing"),
    "on": lazy_pgettext("log", "on"),
    "scheme": lazy_pgettext("log", "scheme"),
    "claim": lazy_pgettext("log", "paper"),
    "begun": lazy_pgettext("log", "new"),
    "saved": lazy_pgettext("log", "changed"),
    "file": lazy_pgettext("log", "file"),
    "rows": lazy_pgettext("log", "rows"),
    "starts": lazy_pgettext("log", "from"),
    "ends": lazy_pgettext("log", "to"),
    "who": lazy_pgettext("log", "who"),
    "criterion": lazy_pgettext("log", "rests on"),
    "undone": lazy_pgettext("log", "was"),
    "by": lazy_pgettext("log", "by"),
    "words": lazy_pgettext("log", "words"),
    "record": lazy_pgettext("log", "record"),
    "until": lazy_pgettext("log", "to"),
    "phrases": lazy_pgettext("log", "words"),
    "missed": lazy_pgettext("log", "looked for in vain"),
    "vi": lazy_pgettext("log", "Vietnamese"),
    "en": lazy_pgettext("log", "English"),
    "note": lazy_pgettext("log", "note"),
    "to": lazy_pgettext("log", "to whom"),
    "outcome": lazy_pgettext("log", "what became of it"),
    "state": lazy_pgettext("log", "state"),
    "language": lazy_pgettext("log", "language"),
    "kind_of_listing": lazy_pgettext("log", "kind"),
    "day": lazy_pgettext("log", "day"),
    "entry": lazy_pgettext("log", "as it stands then"),
    # a published figure
    "figure": lazy_pgettext("log", "figure"),
    "target": lazy_pgettext("log", "target"),
    "year": lazy_pgettext("log", "year"),
    "period": lazy_pgettext("log", "part of the year"),
    "scope": lazy_pgettext("log", "which Lâm Đồng"),
    "nature": lazy_pgettext("log", "kind of figure"),
    "value": lazy_pgettext("log", "value"),
    "same_measure": lazy_pgettext("log", "the target’s own measure"),
    "indicator_vi": lazy_pgettext("log", "measures, in Vietnamese"),
    "indicator_en": lazy_pgettext("log", "measures, in English"),
    "unit_vi": lazy_pgettext("log", "unit, in Vietnamese"),
    "unit_en": lazy_pgettext("log", "unit, in English"),
    "url": lazy_pgettext("log", "page"),
    "published": lazy_pgettext("log", "published on"),
}
# How somebody proved who he is, as the sign-in library names it.
WAYS: dict[str, LazyString] = {
    "password": lazy_gettext("password"),
    "email": lazy_gettext("link by e-mail"),
    "authenticator": lazy_gettext("code from an app"),
    "code": lazy_gettext("code from an app"),
    "mf_recovery_code": lazy_gettext("recovery code"),
    "recovery_code": lazy_gettext("recovery code"),
    "webauthn": lazy_gettext("passkey"),
    "passkey": lazy_gettext("passkey"),
}


# So many rows of a sheet are told in one line; the log keeps all of them.
MOST_ROWS = 20
DAYS = frozenset({"answer_by", "starts", "ends", "until", "day", "published", "confirmed_on", "valid_from"})
# Codes that have words of their own, by the name of what they stand for.
ROLES = {role.value: labels.ROLES[role] for role in Role}
WORDS: dict[str, Mapping[Any, LazyString]] = {
    **dict.fromkeys(("roles", "before", "after"), ROLES),
    "reasons": {reason.value: listing_words.REASONS[reason] for reason in Reason},
    "ways": WAYS,
    **dict.fromkeys(("fields", "changed", "kept"), listing_words.LABELS),
    "was": listing_words.STATES,
    "criterion": showcase_words.CRITERIA,
    "undone": VERBS,
    "kind_of_listing": listing_words.KINDS,
    "period": labels.PARTS_OF_YEAR,
    "scope": labels.SCOPES,
    "nature": labels.NATURES,
    "evidence": labels.EVIDENCE,
    "outcome": enquiry_words.OUTCOMES,
    "state": enquiry_words.REPORT_STATES,
}


def verb(code: str) -> str:
    """What was done; the code itself where it has no words yet."""
    return str(VERBS.get(code, code))


def kind(code: str) -> str:
    """To what kind of thing."""
    return str(KINDS.get(code) or listing_words.KINDS.get(code) or code)


def who(event: AuditEvent) -> str:
    """Who did it, by the name of that day."""
    return event.actor or gettext("Somebody unknown")


def details(event: AuditEvent) -> str:
    """What is noted beside it, in one line."""
    return " · ".join(_told(event.detail))


Numbers = Mapping[tuple[str, str], int]


def href(event: AuditEvent, numbers: Numbers) -> str | None:
    """Where the thing can be looked at; None where it has no page. `numbers`: of what the log names by a code
    and its page by a number, and of enquiries by the parts of them."""
    if event.verb in GONE_BY:
        return None
    if event.kind in NUMBERED:
        number = numbers.get((event.kind, event.target))
        return NUMBERED[event.kind](number) if number else None
    if event.kind in OFFICE:
        return url_for("staff.pages.show", kind=event.kind, code=event.target)
    known = PAGES.get(event.kind)
    return known(event.target) if known else None


# Afterwards there is no page any more.
GONE_BY = frozenset({"remove", "unpin", "dismiss"})
NUMBERED: dict[str, Callable[[int], str]] = {
    "certificate": lambda number: url_for("staff.certificate.show", certificate_id=number),
    "enquiry_part": lambda number: url_for("staff.enquiries.show", enquiry_id=number),
}
PAGES: dict[str, Callable[[str], str]] = {
    "product": lambda code: url_for("studio.listings.show", room="listings", code=code),
    "producer": lambda code: url_for("studio.listings.show", room="producers", code=code),
    "user": lambda number: url_for("staff.person.show", user_id=int(number)),
    "application": lambda number: url_for("staff.applications.show", application_id=int(number)),
    "enquiry": lambda number: url_for("staff.enquiries.show", enquiry_id=int(number)),
    "correction_request": lambda number: url_for("staff.reports.show", report_id=int(number)),
    "collection": lambda code: url_for("staff.showcase.show", code=code),
    "glossary_term": lambda number: url_for("staff.glossary.show", term_id=int(number)),
    "published_figure": lambda number: url_for("staff.goals.change", figure_id=int(number)),
    "synonym_group": lambda _number: url_for("staff.search.synonyms"),
    "search_pin": lambda _number: url_for("staff.search.pins"),
    "search_miss": lambda _number: url_for("staff.search.index"),
    "invitation": lambda _number: url_for("staff.people.index"),
}


def _told(detail: dict[str, Any]) -> list[str]:
    return [
        f"{DETAILS.get(name) or certificate_words.LABELS.get(name, name)}: {_value(name, value)}"
        for name, value in detail.items()
        if value not in (None, "", [], {})
    ]


def _first(rows: list[str]) -> str:
    more = len(rows) - MOST_ROWS
    return ", ".join(rows[:MOST_ROWS]) + (f" … (+{more})" if more > 0 else "")


def _value(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(_told(value))
    if isinstance(value, list):
        return _first(value) if name == "rows" else ", ".join(_value(name, one) for one in value)
    if name == "publish_at":
        return advice.moment(datetime.fromisoformat(value))
    if name in DAYS:
        return dates.day(date.fromisoformat(value))
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(WORDS.get(name, {}).get(value, value))

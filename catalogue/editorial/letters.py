"""The mail about listings: to reviewers what waits, to writers what became of theirs."""

from __future__ import annotations

from typing import Any

from catalogue.accounts import queries as accounts
from catalogue.accounts.models import User
from catalogue.accounts.rules import Role
from catalogue.certification.queries import schemes_with_levels
from catalogue.editorial import claims, revisions, rules
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import OFFICE, ClaimState, State, title_of
from catalogue.kernel.language import Bilingual, Language
from catalogue.post import send, site_address
from catalogue.producers.queries import actor_of, people_of
from catalogue.records import in_order_of

ROOMS = {"product": "listings", "producer": "producers"}


def tell_reviewers(revision_id: int) -> None:
    """A draft waits; those who wrote it are not asked."""
    revision = revisions.revision(revision_id)
    if revision.state != State.SUBMITTED:
        return  # taken back or decided meanwhile
    for user in accounts.people():
        if user.active and Role.REVIEWER in user.role_codes and user.id not in revision.writers:
            _send(user, "mail/review_waits.txt", revision, "staff.reviews.show", revision_id=revision.id)


def tell_writers(revision_id: int) -> None:
    """A draft came back, or is public now: to all who wrote on it."""
    revision = revisions.revision(revision_id)
    outcomes = {
        State.RETURNED: "mail/listing_returned.txt",
        State.PUBLISHED: "mail/listing_public.txt",
    }
    template = outcomes.get(State(revision.state))
    if template is None or revision.decided_by is None:
        return  # nobody decided: the maker changed alone what needs no review
    for user in in_order_of(User, revision.writers):
        if user.active:
            _send(user, template, revision, **_desk(user, revision))


def _desk(user: User, revision: Revision) -> dict[str, str]:
    """Where a writer works on it: translators, who write in no maker's name, at a desk of their own."""
    if rules.only_translates(actor_of(user), revision.producer_code):
        return {"endpoint": "staff.translations.show", "kind": revision.kind, "code": revision.code}
    if revision.producer_code == OFFICE:
        return {"endpoint": "staff.pages.show", "kind": revision.kind, "code": revision.code}
    return {"endpoint": "studio.listings.show", "room": ROOMS[revision.kind], "code": revision.code}


def tell_claim_decided(claim_id: int) -> None:
    """The office has looked at a paper: to all who speak for the maker."""
    made = claims.claim_of(claim_id)
    scheme = next((one for one in schemes_with_levels() if one.code == made.scheme), None)
    for user in people_of([made.producer_code]).get(made.producer_code, ()):
        send(
            user.email,
            user.language,
            "mail/claim_decided.txt",
            name=user.name,
            scheme=scheme.name.text(Language(user.language)) if scheme else made.scheme,
            accepted=made.state == ClaimState.ACCEPTED,
            reason=made.reason,
            link=site_address("studio.claims.show", room=ROOMS[made.kind], code=made.code),
        )


def _send(user: User, template: str, revision: Revision, endpoint: str, **values: Any) -> None:
    language = Language(user.language)
    listing = Bilingual.of(title_of(revision.content)).text(language)
    send(
        user.email,
        user.language,
        template,
        name=user.name,
        listing=listing,
        reason=revision.reason,
        link=site_address(endpoint, **values),
    )

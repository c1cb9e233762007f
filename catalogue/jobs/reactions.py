"""What is done about each message: a topic, and the one action it calls."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from catalogue import changes
from catalogue.accounts import actions as accounts
from catalogue.accounts import letters as account_letters
from catalogue.accounts.queries import drafts_with_papers, invitation, user
from catalogue.adapters.day_files import DayFiles
from catalogue.adapters.papers import Papers
from catalogue.adapters.pieces import Pieces
from catalogue.adapters.search_index import SearchIndex
from catalogue.adapters.storage import Storage
from catalogue.archive import archived_too
from catalogue.certification import letters as certificate_letters
from catalogue.certification import register, watching
from catalogue.database import db
from catalogue.editorial import batches, claims, copies, letters, sent
from catalogue.editorial import uploads as sheets
from catalogue.editorial.deciding import RETURNED
from catalogue.editorial.keeping import PUBLISHED, SUBMITTED
from catalogue.editorial.models import PhotographBatch
from catalogue.enquiries import actions as enquiries
from catalogue.enquiries import letters as enquiry_letters
from catalogue.enquiries import reports
from catalogue.enquiries.queries import drafts_with_photographs
from catalogue.kernel.clock import now, today
from catalogue.kernel.language import Language
from catalogue.media import upkeep, uploads
from catalogue.media.actions import RENDER
from catalogue.producers.models import Producer
from catalogue.producers.queries import actor_of
from catalogue.search import misses
from catalogue.search.actions import refresh, verify

log = logging.getLogger(__name__)

COMPLETE, SWEEP, SWEEP_UPLOADS = "media.complete", "media.sweep", "uploads.sweep"
WATCH = "certificates.watch"
SWEEP_PAPERS, SWEEP_FORMS, SWEEP_ENQUIRIES = "papers.sweep", "forms.sweep", "enquiries.sweep"
VERIFY = "search.verify"
# An upload that goes on longer than this has been given up by everybody.
IN_PROGRESS = timedelta(hours=1)
# A phone that was so long without a network begins anew with what it still has.
GIVEN_UP = timedelta(days=30)
# How long papers are kept after a no; the privacy page says so.
DECLINED_KEPT_FOR = timedelta(days=180)


def _render(asset_id: int) -> None:
    if code := upkeep.make_renditions(storage(), asset_id):
        copies.advise(code)


def _complete() -> None:
    upkeep.complete()


def _sweep() -> None:
    before = now() - IN_PROGRESS
    batches.sweep(storage(), before)
    swept = upkeep.sweep(storage(), before)
    for key in swept.lost:
        log.error("The original %s is lost: bring it back from a backup.", key)


def _sweep_uploads() -> None:
    pieces: Pieces = current_app.extensions["pieces"]
    uploads.sweep(pieces, now() - GIVEN_UP)


def _watch() -> None:
    watching.announce_endings()


def _sweep_papers() -> None:
    papers: Papers = current_app.extensions["papers"]
    decided_after = now() - DECLINED_KEPT_FOR
    kept = drafts_with_papers(decided_after) | claims.keys_with_papers(decided_after)
    kept |= drafts_with_photographs(decided_after)
    kept |= register.folders_of_papers()
    for draft in papers.drafts(now() - GIVEN_UP):
        if draft not in kept:
            papers.drop(draft)


def _sweep_forms() -> None:
    sent.forget_old()
    sheets.forget_old()


def _sweep_enquiries() -> None:
    enquiries.forget_old(now())
    reports.forget_old(now())


def _refresh() -> None:
    refresh(_search_index())


def _verify() -> None:
    found = verify(_search_index())
    if not found.sound:
        log.error("The search index was mended: %s.", found)


def _search_index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index


def _fold_misses() -> None:
    files: DayFiles = current_app.extensions["misses"]
    misses.fold(files, today())


def _take_in(key: str) -> None:
    batch = db.session.get(PhotographBatch, key)
    sender = user(batch.user_id) if batch else None
    if batch is not None and sender is not None:
        batches.take_in_next(actor_of(sender), storage(), batch)


def _invite(invitation_id: int) -> None:
    invited = invitation(invitation_id)
    with archived_too():  # a new maker's own page is not public yet
        producer = db.session.get(Producer, invited.producer_id) if invited.producer_id else None
    account_letters.send_invitation(
        invitation_id, producer.name.text(Language(invited.language)) if producer else ""
    )


def storage() -> Storage:
    """Where the application keeps its blobs."""
    store: Storage = current_app.extensions["storage"]
    return store


# Each runs in the transaction that also forgets the message, and may run twice.
REACTIONS: dict[str, Callable[..., None]] = {
    RENDER: _render,
    COMPLETE: _complete,
    SWEEP: _sweep,
    SWEEP_UPLOADS: _sweep_uploads,
    WATCH: _watch,
    watching.ENDS: certificate_letters.tell_holder,
    SWEEP_PAPERS: _sweep_papers,
    SWEEP_FORMS: _sweep_forms,
    SWEEP_ENQUIRIES: _sweep_enquiries,
    changes.APPLY: _refresh,
    VERIFY: _verify,
    misses.FOLD: _fold_misses,
    batches.TAKE_IN: _take_in,
    accounts.LINK_ASKED: account_letters.send_link,
    accounts.NEW_ADDRESS: account_letters.send_to_new_address,
    accounts.PASSWORD_CHANGED: account_letters.tell_password_changed,
    accounts.SECOND_STEP_GONE: account_letters.tell_second_step_gone,
    accounts.INVITED: _invite,
    accounts.APPLIED: account_letters.tell_received,
    accounts.DECLINED: account_letters.tell_declined,
    SUBMITTED: letters.tell_reviewers,
    RETURNED: letters.tell_writers,
    PUBLISHED: letters.tell_writers,
    claims.CLAIM_DECIDED: letters.tell_claim_decided,
    enquiries.FOR_VISITOR: enquiry_letters.tell_visitor,
    enquiries.FOR_OFFICE: enquiry_letters.tell_office,
    enquiries.FOR_MAKER: enquiry_letters.tell_maker,
    enquiries.ANSWERED: enquiry_letters.send_answer,
    reports.REPORT_DECIDED: enquiry_letters.tell_reporter,
}
# Regular work: how often each topic is announced. The first time is when the first worker starts.
DAILY = (SWEEP, SWEEP_UPLOADS, SWEEP_PAPERS, SWEEP_FORMS, SWEEP_ENQUIRIES, VERIFY)
TIMETABLE = {
    COMPLETE: timedelta(hours=1),
    **dict.fromkeys(DAILY, timedelta(days=1)),
    misses.FOLD: timedelta(minutes=10),
    WATCH: timedelta(hours=6),
}

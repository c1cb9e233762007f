"""One file on the reviewers' desk: what changes, what proves it, what is missing, and what may be done."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import gettext

from catalogue import audit
from catalogue.archive import archived_too
from catalogue.audit import Asked, AuditEvent
from catalogue.certification.models import Certificate
from catalogue.certification.queries import certificates_of_producers, certificates_of_products
from catalogue.editorial import claims, copies, keeping, rules
from catalogue.editorial.completeness import completeness
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State, Step
from catalogue.kernel.clock import today
from catalogue.media.standing import assets
from catalogue.media.words import POSSIBLE_COPY
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.web import advice, audit_words, claim_words, dates, labels, listing_words, two_versions
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current, read
from catalogue.web.staff import differences, queue_page
from catalogue.web.staff.due import due, is_late

# The part of the workshop where each kind of listing is worked on.
ROOMS = {"product": "listings", "producer": "producers"}


def context(revision: Revision, errors: dict[str, str]) -> dict[str, Any]:
    """What templates/staff/review.html needs. `errors`: by input, what is wrong with what was sent."""
    actor, listing = current_actor(), LISTINGS[revision.kind]
    shown = listing.read(revision.code)
    live = listing.tidy(shown.content) if shown and shown.archived_at is None else None
    fields, content = listing.fields, revision.content
    own = actor.user_id in revision.writers
    may_decide = rules.may_review(actor, revision.writers)
    maker = revision.producer_code
    return {
        "revision": revision,
        "name": listing_words.name_of(content),
        "maker": queue_page.makers([maker]).get(maker, maker),
        "waits_for_maker": revision.kind == "product" and by_code(Producer, maker) is None,
        "kind": queue_page.kind_of(revision.kind),
        "workshop": _desk(revision),
        "is_new": live is None,
        "rows": differences.whole(fields, content)
        if live is None
        else differences.rows(fields, keeping.changes(revision, live)),
        **_clashes(revision, live or {}),
        "photographs": _photographs(revision, live),
        "certificates": _certificates(revision),
        "claims": _claims(revision),
        "to_translate": _to_translate(revision, errors) if rules.may_add_language(actor) else [],
        "sent": advice.moment(revision.submitted_at) if revision.submitted_at else "",
        "planned": advice.moment(revision.publish_at) if revision.publish_at else "",
        "due": due(revision),
        "is_late": is_late(revision),
        "standing": queue_page.tag_of(revision),
        "hand": queue_page.hand_of(revision, actor.user_id),
        "is_mine": revision.taken_by_id is not None and revision.taken_by_id == actor.user_id,
        "is_taken": revision.taken_by_id not in {None, actor.user_id},
        "score": completeness(revision.kind, content).percent,
        "faults": [
            (
                str(listing_words.LABELS[name]),
                listing_words.fault(fault, listing.by_name[name], content.get(name)),
            )
            for name, fault in faults_of(revision.kind, revision.code, content, publishing=True).items()
        ],
        "stale": [
            str(listing_words.LABELS[field])
            for field, _language in rules.stale(content, revision.known_marks)
        ],
        "waits": revision.state in rules.AT_THE_OFFICE,
        "state": str(listing_words.STATES[revision.state]),
        "may_decide": may_decide,
        "can_undo": may_decide and rules.can(Step.UNDO, State(revision.state)),
        "own": own,
        "reasons": _reasons(),
        "told": advice.reasons(revision),
        "story": [
            _line(event) for event in audit.lines(Asked(kind=revision.kind, target=revision.code), 0, 20)
        ],
    }


def _clashes(revision: Revision, live: rules.Content) -> dict[str, list[str]]:
    """What was changed in the draft and, since it was begun, on the page: what stays as readers see it, and
    what the draft would replace."""
    base = keeping.base_of(revision, live)
    found = rules.clashes(base, revision.content, live)
    kept = rules.changed_alone(revision.kind, base, revision.content, live)
    return {
        "kept": [two_versions.label(part) for part in kept],
        "clashes": [two_versions.label(part) for part in found if part not in kept],
    }


def _desk(revision: Revision) -> str:
    """Where it is written: the maker's workshop, or the office's own pages."""
    if revision.producer_code == rules.OFFICE:
        return url_for("staff.pages.show", kind=revision.kind, code=revision.code)
    return url_for("studio.listings.show", room=ROOMS[revision.kind], code=revision.code)


def photographs_of(revision: Revision) -> list[str]:
    """The codes of the photographs that a revision has."""
    return list(revision.content.get("photographs") or ())


def _photographs(revision: Revision, live: dict[str, Any] | None) -> list[dict[str, Any]]:
    known, codes = set((live or {}).get("photographs") or ()), photographs_of(revision)
    others = copies.makers_with_the_same(codes)
    names = queue_page.makers({maker for found in others.values() for maker in found})
    return [
        {
            "src": url_for("staff.reviews.picture", revision_id=revision.id, asset=one.code),
            "full": url_for("staff.reviews.picture", revision_id=revision.id, asset=one.code, size="full"),
            "alts": [(text, language) for language, text in (("vi", one.alt.vi), ("en", one.alt.en)) if text],
            "alt": one.alt.text(current()),
            "credit": one.credit or "",
            "agreed": one.consent_by or "",
            "size": f"{one.width} × {one.height}",
            "is_new": one.code not in known,
            "possible_copy": str(POSSIBLE_COPY) if one.code in others else "",
            "makers": ", ".join(names.get(maker, maker) for maker in others.get(one.code, ())),
        }
        for one in assets(codes)
    ]


def _certificates(revision: Revision) -> list[dict[str, Any]]:
    """What is on record about certificates of the product, or else of the maker, as claim lines."""
    with archived_too():
        if revision.kind == "product" and (product := by_code(Product, revision.code)):
            found: list[Certificate] = certificates_of_products([product.id]).get(product.id, [])
        else:
            maker = by_code(Producer, revision.producer_code)
            found = certificates_of_producers([maker.id]).get(maker.id, []) if maker else []
        return [_claim(one) for one in found]


def _claims(revision: Revision) -> list[dict[str, Any]]:
    """What the maker says it has, with the papers for those who may see them."""
    may_see = rules.may_see_papers(current_actor())

    def paper(claim_id: int, number: int) -> str:
        return url_for("staff.reviews.paper", revision_id=revision.id, claim_id=claim_id, number=number)

    return [
        claim_words.told(one, partial(paper, one.id)) | ({} if may_see else {"papers": []})
        for one in claims.of_listing(revision.kind, revision.code)
    ]


def _claim(certificate: Certificate) -> dict[str, Any]:
    scheme, status = certificate.scheme, certificate.status_on(today())
    host = urlsplit(certificate.source_url).hostname
    return {
        "kind": labels.STATUS_KIND[status],
        "scheme": read(scheme.name),
        "level": labels.level(scheme.code, certificate.level),
        "words": str(labels.STATUS_WORDS[status]),
        "year": dates.partial(certificate.issued) if certificate.issued else None,
        "href": address("public.certificates.show", code=certificate.code),
        "sources": [{"href": certificate.source_url, "host": host}] if host else [],
    }


def _to_translate(revision: Revision, errors: dict[str, str]) -> list[dict[str, Any]]:
    """Inputs for what lacks one language or is out of date, each below the text that there is."""
    if revision.state != State.SUBMITTED:
        return []
    shown = []
    for name, language in rules.to_translate(revision.content, revision.known_marks):
        texts, other = revision.content[name], "vi" if language == "en" else "en"
        field = f"{name}_{language}"
        shown.append(
            {
                "name": field,
                "label": str(listing_words.LABELS[name]),
                "language": language,
                "source": texts[other] or "",
                "source_language": other,
                "value": request.form.get(field, texts[language] or ""),
                "is_stale": bool(texts[language]),
                "error": errors.get(field, ""),
            }
        )
    return shown


def _reasons() -> list[dict[str, Any]]:
    chosen = request.form.getlist("reasons")
    return [
        {"value": reason.value, "label": str(listing_words.REASONS[reason]), "checked": reason in chosen}
        for reason in rules.CHOSEN_REASONS
    ]


def _line(event: AuditEvent) -> dict[str, str]:
    return {
        "when": advice.moment(event.at),
        "who": event.actor or gettext("Somebody unknown"),
        "what": audit_words.verb(event.verb),
        "reason": event.reason or "",
    }

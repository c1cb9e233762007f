"""Entering a certificate that nobody reported, and looking at what makers send."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.certification import actions, cases, register, rules
from catalogue.certification.cases import Grant, Owner
from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import schemes
from catalogue.certification.rules import IN_REGISTER, Evidence, Holder, Step
from catalogue.database import transaction
from catalogue.editorial import claims
from catalogue.editorial.rules import ClaimState
from catalogue.kernel.errors import NotFound, RuleBroken, require
from catalogue.web import certificate_words, papers
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import certificate_claims, certificate_forms, certificate_papers

# Whoever enters one has its paper before him.
FRESH = Grant(evidence=Evidence.DOCUMENT)

blueprint = Blueprint("new_certificate", __name__, url_prefix="/certificates")


@blueprint.before_request
def only_who_keeps_the_register() -> None:
    """Entering is for those who vouch for certificates."""
    require(rules.may_keep_register(current_actor()))


@blueprint.route("/new", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """A certificate that nobody reported: first the scheme and the holder, then what the paper says."""
    values = request.form if request.method == "POST" else request.args
    code, holder_code = tidy(values.get("scheme")), tidy(values.get("holder"))
    if not code or not holder_code:
        return _choose(code)
    try:
        scheme = cases.scheme_in_full(code)
        holder = cases.owner(scheme, holder_code)
    except (NotFound, RuleBroken):
        return _choose(code, {"holder": gettext("No product and no maker has this code.")})
    if request.method == "GET":
        return _new_page(scheme, holder)
    folder = certificate_papers.folder_of_form()
    errors = certificate_papers.take(folder) | certificate_forms.read_grant().errors
    if errors:
        return _new_page(scheme, holder, 422, errors)
    actor, grant = current_actor(), certificate_forms.read_grant().grant
    try:
        with transaction():
            claim = certificate_claims.ground(scheme, holder)
            kept = certificate_papers.place_for(None, folder, claim)
            reached = actions.issue(actor, scheme, holder, grant, kept).id
            if claim is not None:
                claims.accept(actor, claim)
            certificate_papers.lay(kept, folder, claim)
    except RuleBroken as broken:
        scheme = cases.scheme_in_full(code)
        words = certificate_words.refusal(broken, scheme)
        errors = {broken.field or "number": words}
        return _new_page(scheme, cases.owner(scheme, holder_code), 422, errors)
    papers.kept().drop(folder)
    flash(str(certificate_words.DONE[Step.ISSUE]), "success")
    return redirect(url_for("staff.certificate.show", certificate_id=reached), 303)


@blueprint.get("/claims/<int:claim_id>")
def look_at_claim(claim_id: int) -> ResponseReturnValue:
    """What a maker showed: at the entry that it is about, else as a new certificate."""
    claim = claims.claim_of(claim_id)
    if claim.state != ClaimState.NEW:
        raise RuleBroken("claim.decided")
    scheme = cases.scheme_in_full(claim.scheme)
    code = claim.code if scheme.granted_to == Holder.PRODUCT else claim.producer_code
    try:
        standing = register.standing(scheme, cases.owner(scheme, code))
    except RuleBroken:
        return _choose(
            scheme.code, {"holder": gettext("Readers do not see this listing yet. Publish it first.")}
        )
    if standing is not None:
        return redirect(url_for("staff.certificate.show", certificate_id=standing.id, claim=claim_id), 303)
    return redirect(
        url_for("staff.new_certificate.enter", scheme=scheme.code, holder=code, claim=claim_id), 303
    )


def _new_page(
    scheme: CertificationScheme,
    holder: Owner,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> ResponseReturnValue:
    folder = certificate_papers.folder_of_form()
    sent = certificate_claims.shown(scheme, holder)
    return render(
        "staff/certificate_new.html",
        status,
        scheme=say(scheme.name),
        scheme_code=scheme.code,
        holder=say(holder.name),
        holder_code=holder.code,
        maker=None if holder is cases.maker_of(holder) else say(cases.maker_of(holder).name),
        demands=certificate_forms.demands(scheme),
        sent=sent.told(),
        form=certificate_forms.grant_inputs(scheme, holder, certificate_forms.with_claim(FRESH, sent.chosen)),
        folder=folder,
        papers=papers.number(folder),
        errors=errors or {},
        summary=list((errors or {}).items()),
    )


def _choose(chosen: str, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    """Which scheme and which holder."""
    text = tidy(request.values.get("q"))
    known = {one.code: read(one.name) for one in schemes() if one.granted_to in IN_REGISTER}
    found = []
    if text and chosen in known:
        found = [
            {
                "name": say(one.name),
                "maker": None if one is cases.maker_of(one) else say(cases.maker_of(one).name),
                "href": url_for("staff.new_certificate.enter", scheme=chosen, holder=one.code),
            }
            for one in cases.find_owners(cases.scheme_in_full(chosen), text)
        ]
    return render(
        "staff/certificate_choose.html",
        422 if errors else 200,
        schemes=[{"value": code, "label": name, "selected": code == chosen} for code, name in known.items()],
        text=text,
        found=found,
        searched=bool(text and chosen in known),
        errors=errors or {},
        summary=list((errors or {}).items()),
    )

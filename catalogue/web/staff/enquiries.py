"""Trade promotion's copy of every enquiry, and what it has to pass on to makers that have nobody here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.enquiries import actions, queries, rules
from catalogue.kernel.errors import require
from catalogue.producers.queries import people_of, producers_by_code
from catalogue.web import enquiry_words, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current
from catalogue.web.page import say
from catalogue.web.private import show as render

blueprint = Blueprint("enquiries", __name__, url_prefix="/enquiries")


@blueprint.before_request
def only_for_trade_promotion() -> None:
    """Enquiries hold the addresses of people who trust us with them."""
    require(rules.may_see_all(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """The newest first; `?show=all` for more than what waits to be passed on."""
    everything, size = request.args.get("show") == "all", paging.PAGE_SIZE
    found, total = queries.all_enquiries((paging.asked() - 1) * size, size, only_to_pass_on=not everything)
    return render(
        "staff/enquiries.html",
        everything=everything,
        lines=[
            {
                "href": url_for("staff.enquiries.show", enquiry_id=one.id),
                "title": one.reference,
                "suspect": one.suspect,
                "received": enquiry_words.moment(one.received),
                "makers": [(say(part.producer_name), enquiry_words.state_of(part)) for part in one.parts],
            }
            for one in found
        ],
        pager=paging.pager(paging.asked(), -(-total // size)),
    )


@blueprint.get("/<int:enquiry_id>")
def show(enquiry_id: int) -> ResponseReturnValue:
    """One enquiry: what was asked, how far each maker has come, how to reach those that have nobody here."""
    enquiry = queries.enquiry(enquiry_id)
    codes = [part.producer_code for part in enquiry.parts]
    makers, present = {maker.code: maker for maker in producers_by_code(codes)}, people_of(codes)
    return render(
        "staff/enquiry.html",
        title=enquiry.reference,
        suspect=enquiry.suspect,
        need=enquiry.need,
        facts=enquiry_words.facts(enquiry),
        parts=[
            {
                "id": part.id,
                "name": say(part.producer_name),
                "page": address("public.producers.show", slug=maker.slug(current())) if maker else None,
                "website": maker.website if maker else None,
                "about": enquiry_words.products(part),
                "state": enquiry_words.state_of(part),
                "has_people": part.producer_code in present,
                "can_pass_on": part.through_office and part.passed_on is None,
                "passed_on": enquiry_words.moment(part.passed_on) if part.passed_on else None,
                "answers": len(part.messages),
            }
            for part in enquiry.parts
            for maker in [makers.get(part.producer_code)]
        ],
    )


@blueprint.post("/parts/<int:part_id>/passed-on")
def pass_on(part_id: int) -> ResponseReturnValue:
    """Note that the maker was told."""
    actor = current_actor()
    part = queries.part_for(actor, part_id)
    with transaction():
        actions.pass_on(actor, part)
    flash(gettext("Noted: the maker knows."), "success")
    return redirect(url_for("staff.enquiries.show", enquiry_id=part.enquiry_id), 303)

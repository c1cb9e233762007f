"""What visitors ask of makers, as trade promotion follows it: the list, and one enquiry."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.accounts.models import User
from catalogue.accounts.queries import people
from catalogue.database import transaction
from catalogue.enquiries import actions, pipeline, queries, rules
from catalogue.enquiries.models import EnquiryPart
from catalogue.enquiries.pipeline import NO_COUNTRY, SORTS, STAGES, TO_BE_PASSED_ON, Wanted
from catalogue.enquiries.rules import Outcome
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import LOCAL
from catalogue.kernel.errors import NotFound, require
from catalogue.kernel.language import Bilingual
from catalogue.producers.queries import people_of, producers_by_code
from catalogue.web import dates, enquiry_words, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current, read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import lists

ALL = "all"
MOST_OFFERED = 100

blueprint = Blueprint("enquiries", __name__, url_prefix="/enquiries")


@blueprint.before_request
def only_for_trade_promotion() -> None:
    """Enquiries hold the addresses of people who trust us with them."""
    require(rules.may_see_all(current_actor()))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What each maker was asked, as the address chooses it; at first what waits to be passed on."""
    wanted, number = _asked(), paging.asked()
    found, total = pipeline.found(wanted, (number - 1) * lists.PAGE_SIZE, lists.PAGE_SIZE)
    return render(
        "staff/enquiries.html",
        views=_views(wanted),
        filters=_filters(),
        columns=[
            *lists.columns(_sorts(), wanted.sort, descending=wanted.descending),
            {"text": gettext("Looked after by")},
        ],
        lines=[_line(part) for part in found],
        total=total,
        sheets=lists.sheet_links(url_for("staff.enquiries.index") + "/enquiries"),
        pager=paging.pager(number, -(-total // lists.PAGE_SIZE)),
    )


@blueprint.get("/enquiries.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same lines as a sheet, all of them."""
    found, _ = pipeline.found(_asked(), 0, None)
    heads = {
        "reference": gettext("Number"),
        "received": gettext("Received"),
        "stage": gettext("Where it stands"),
        "maker_code": gettext("Code of the maker"),
        "maker": gettext("Maker"),
        "products": gettext("Products"),
        "country": gettext("For which country"),
        "quantity": gettext("How much"),
        "needed_by": gettext("By when"),
        "need": gettext("What is asked"),
        "name": gettext("Name"),
        "email": gettext("E-mail"),
        "language": gettext("Language of the answer"),
        "assigned_to": gettext("Looked after by"),
        "answered": gettext("First answer"),
    }
    return lists.sheet(f"enquiries.{ending}", heads, map(_row, found))


@blueprint.get("/<int:enquiry_id>")
def show(enquiry_id: int) -> ResponseReturnValue:
    """One enquiry: what was asked, how far each maker has come, how to reach those that have nobody here."""
    enquiry = queries.enquiry(enquiry_id)
    codes = [part.producer_code for part in enquiry.parts]
    makers, present = {maker.code: maker for maker in producers_by_code(codes)}, people_of(codes)
    colleagues = _colleagues()
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
                "stage": str(enquiry_words.STAGES[part.stage]),
                "has_people": part.producer_code in present,
                "can_pass_on": part.through_office and part.passed_on is None,
                "passed_on": enquiry_words.moment(part.passed_on) if part.passed_on else None,
                "answers": len(part.messages),
                "people": _people(part, colleagues),
                "outcomes": _outcomes(part),
            }
            for part in enquiry.parts
            for maker in [makers.get(part.producer_code)]
        ],
    )


@blueprint.post("/parts/<int:part_id>/passed-on")
def pass_on(part_id: int) -> ResponseReturnValue:
    """Note that the maker was told."""
    return _change(part_id, actions.pass_on, gettext("Noted: the maker knows."))


@blueprint.post("/parts/<int:part_id>/assign")
def assign(part_id: int) -> ResponseReturnValue:
    """Note which colleague looks after it; nobody where none is named."""
    chosen = request.form.get("person", "")
    known = {str(one.id): one for one in _colleagues()}
    if chosen and chosen not in known:
        raise NotFound("user.unknown")
    person = _as_actor(known[chosen]) if chosen else None
    return _change(part_id, partial(actions.assign, person=person), gettext("Noted."))


@blueprint.post("/parts/<int:part_id>/outcome")
def settle(part_id: int) -> ResponseReturnValue:
    """Note what became of it; nothing chosen takes the note back."""
    chosen = request.form.get("outcome", "")
    if chosen and chosen not in set(Outcome):
        raise NotFound("enquiry.unknown")
    outcome = Outcome(chosen) if chosen else None
    return _change(part_id, partial(actions.settle, outcome=outcome), gettext("Noted."))


def _change(part_id: int, action: Any, done: str) -> ResponseReturnValue:
    actor = current_actor()
    part = queries.part_for(actor, part_id)
    with transaction():
        action(actor, part)
    flash(done, "success")
    return redirect(f"{url_for('staff.enquiries.show', enquiry_id=part.enquiry_id)}#part-{part.id}", 303)


def _asked() -> Wanted:
    """Which parts the address asks for; what it cannot mean is passed over."""
    stage = request.args.get("stage", request.args.get("show", TO_BE_PASSED_ON))
    sort, descending = lists.order(SORTS, "received", descending=True)
    return Wanted(
        stage=stage if stage in STAGES else "",
        country=tidy(request.args.get("country"))[:8],
        product=tidy(request.args.get("product"))[:100],
        producer=tidy(request.args.get("producer"))[:100],
        assigned_to=lists.chosen_number("who"),
        sort=sort,
        descending=descending,
    )


def _views(wanted: Wanted) -> list[dict[str, Any]]:
    """Where things stand, with how many stand there."""
    numbers = pipeline.stage_numbers()
    known = [(TO_BE_PASSED_ON, url_for("staff.enquiries.index"))]
    known += [
        (stage, url_for("staff.enquiries.index", stage=stage)) for stage in STAGES if stage != TO_BE_PASSED_ON
    ]
    views: list[dict[str, Any]] = [
        {
            "text": f"{enquiry_words.STAGES[stage]} ({numbers[stage]})",
            "href": href,
            "current": wanted.stage == stage,
        }
        for stage, href in known
    ]
    return [
        *views,
        {
            "text": gettext("All"),
            "href": url_for("staff.enquiries.index", stage=ALL),
            "current": not wanted.stage,
        },
    ]


def _filters() -> list[dict[str, Any]]:
    stages = {code: str(words) for code, words in enquiry_words.STAGES.items()}
    countries = {code: labels.country(code) for code in pipeline.countries()}
    people_known = {str(number): name for number, name in pipeline.assignees().items()}
    makers, products = _known()
    return [
        lists.options(
            "stage",
            gettext("Where it stands"),
            {ALL: gettext("All")} | stages,
            every=False,
            value=_asked().stage or ALL,
        ),
        lists.options("country", gettext("For which country"), countries | {NO_COUNTRY: gettext("Not said")}),
        lists.options("producer", gettext("Maker"), makers),
        lists.options("product", gettext("Product"), products),
        lists.options("who", gettext("Looked after by"), people_known),
    ]


def _known() -> tuple[dict[str, str], dict[str, str]]:
    """The makers and products that are asked of most, by name; another one is found from the counts."""
    makers, products = pipeline.most_asked(MOST_OFFERED)
    wanted = _asked()
    for offered, code in ((makers, wanted.producer), (products, wanted.product)):
        if code:
            offered.setdefault(code, Bilingual(code, code))
    first, second = ({code: read(name) for code, name in of.items()} for of in (makers, products))
    return first, second


def _sorts() -> dict[str, str]:
    return {
        "received": gettext("Received"),
        "maker": gettext("Maker"),
        "country": gettext("For which country"),
        "needed_by": gettext("By when"),
        "stage": gettext("Where it stands"),
    }


def _line(part: EnquiryPart) -> dict[str, Any]:
    asked = part.enquiry
    return {
        "href": url_for("staff.enquiries.show", enquiry_id=part.enquiry_id),
        "reference": asked.reference,
        "suspect": asked.suspect,
        "received": enquiry_words.moment(asked.received),
        "maker": say(part.producer_name),
        "about": enquiry_words.products(part),
        "country": labels.country(asked.market) if asked.market else "",
        "needed_by": dates.day(asked.needed_by) if asked.needed_by else "",
        "stage": str(enquiry_words.STAGES[part.stage]),
        "state": enquiry_words.state_of(part),
        "assigned_to": part.assigned_to or "",
    }


def _row(part: EnquiryPart) -> list[str | int | None]:
    asked = part.enquiry
    return [
        asked.reference,
        asked.received.astimezone(LOCAL).isoformat(timespec="minutes"),
        str(enquiry_words.STAGES[part.stage]),
        part.producer_code,
        str(say(part.producer_name)),
        ", ".join(str(say(name)) for name in part.product_names),
        asked.market,
        asked.quantity,
        asked.needed_by.isoformat() if asked.needed_by else None,
        asked.need,
        asked.name,
        asked.email,
        asked.language,
        part.assigned_to,
        part.answered.astimezone(LOCAL).isoformat(timespec="minutes") if part.answered else None,
    ]


def _colleagues() -> list[User]:
    """Who may look after an enquiry."""
    return [one for one in people() if one.active and rules.may_see_all(_as_actor(one))]


def _as_actor(one: User) -> Actor:
    return Actor(one.id, one.name, one.role_codes)


def _people(part: EnquiryPart, colleagues: list[User]) -> list[dict[str, Any]]:
    offered = {"": gettext("Nobody in particular")} | {str(one.id): one.name for one in colleagues}
    chosen = str(part.assigned_to_id or "")
    if chosen not in offered:  # somebody who has left
        offered[chosen] = part.assigned_to or ""
    return [{"value": value, "label": name, "selected": value == chosen} for value, name in offered.items()]


def _outcomes(part: EnquiryPart) -> list[dict[str, Any]]:
    offered = {"": gettext("Not known yet")} | {
        code: str(words) for code, words in enquiry_words.OUTCOMES.items()
    }
    return [
        {"value": value, "label": words, "selected": value == (part.outcome or "")}
        for value, words in offered.items()
    ]

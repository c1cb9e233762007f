"""The office's home: what waits."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from catalogue.accounts import queries, rules
from catalogue.editorial import claims, revisions
from catalogue.editorial.rules import may_decide_claim, may_see_reviews
from catalogue.enquiries import queries as enquiries
from catalogue.enquiries import reports
from catalogue.enquiries.rules import may_see_all, may_see_reports
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """The rooms that one may enter, with what waits there."""
    actor = current_actor()
    return render(
        "staff/home.html",
        may_see_people=rules.may_see_people(actor),
        may_decide=rules.may_decide_application(actor),
        waiting=len(queries.waiting_applications()),
        may_see_reviews=may_see_reviews(actor),
        to_review=revisions.waiting_number(),
        may_decide_claims=may_decide_claim(actor),
        claims=claims.waiting_number(),
        may_see_enquiries=may_see_all(actor),
        may_see_reports=may_see_reports(actor),
        open_reports=sum(reports.numbers().get(state, 0) for state in reports.OPEN),
        to_pass_on=enquiries.to_pass_on_number(),
    )

"""One certificate of the register: its history, the acts on it, and entering a new one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.certification import actions, cases, register, rules
from catalogue.certification.cases import Grant
from catalogue.certification.models import Certificate
from catalogue.certification.rules import Step
from catalogue.certification.scheme_rules import only_agreed
from catalogue.database import transaction
from catalogue.editorial import claims
from catalogue.editorial.rules import may_see_papers
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.web import advice, certificate_words, dates, labels, papers
from catalogue.web.identity import current_actor
from catalogue.web.language import address, read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import certificate_claims, certificate_forms, certificate_papers

# What is written down anew; the other acts only need a day or a reason.
WRITING = (Step.CONFIRM, Step.CORRECT, Step.RENEW, Step.REPLACE)
ENDING = (Step.SUSPEND, Step.WITHDRAW, Step.REJECT, Step.RESTORE)
ACTS = f"any({', '.join((*WRITING, *ENDING))})"

blueprint = Blueprint("certificate", __name__, url_prefix="/certificates")


@blueprint.before_request
def only_who_may_read_the_register() -> None:
    """The whole office reads the register; whoever writes is asked again."""
    actor = current_actor()
    require(rules.may_read_register(actor) if request.method == "GET" else rules.may_keep_register(actor))


@blueprint.get("/<int:certificate_id>")
def show(certificate_id: int) -> ResponseReturnValue:
    """One entry."""
    return _page(register.certificate(certificate_id))


@blueprint.post(f"/<int:certificate_id>/<{ACTS}:step>")
def act(certificate_id: int, step: str) -> ResponseReturnValue:
    """Confirm, correct, renew, replace, suspend, withdraw, reject, or take an ending back."""
    row, wanted = register.certificate(certificate_id), Step(step)
    folder = certificate_papers.folder_of_form()
    errors: dict[str, str] = {}
    if wanted in WRITING:
        errors = certificate_papers.take(folder) | certificate_forms.read_grant().errors
    if errors:
        return _page(row, 422, errors)
    try:
        with transaction():
            reached = _write(row, wanted, folder) if wanted in WRITING else _end(row, wanted)
    except Conflict:
        return _page(register.certificate(certificate_id), 409, note=_changed_meanwhile())
    except RuleBroken as broken:
        if broken.code == "certificate.not_in_this_state":
            raise
        field = "why" if broken.field == "reason" and wanted in ENDING else broken.field or "number"
        row = register.certificate(certificate_id)
        return _page(row, 422, {field: certificate_words.refusal(broken, row.scheme)})
    papers.kept().drop(folder)
    flash(str(certificate_words.DONE[wanted]), "success")
    return redirect(url_for("staff.certificate.show", certificate_id=reached), 303)


def _write(row: Certificate, step: Step, folder: str) -> int:
    """The acts that write down what a paper says; gives the number of the entry to look at next."""
    actor, seen, grant = current_actor(), _seen(), certificate_forms.read_grant().grant
    claim = certificate_claims.ground(row.scheme, cases.owner_of(row))
    # A new certificate's papers do not lie among the old one's.
    kept = certificate_papers.place_for(None if step is Step.REPLACE else row, folder, claim)
    reached = row.id
    if step is Step.CONFIRM:
        actions.confirm(actor, row, seen, grant, kept)
    elif step is Step.CORRECT:
        actions.correct(actor, row, seen, grant, request.form.get("reason", ""), kept)
    elif step is Step.RENEW:
        actions.renew(actor, row, seen, grant, kept)
    else:
        reached = actions.replace(actor, row, seen, grant, kept).id
    if claim is not None and step is not Step.CORRECT:
        claims.accept(actor, claim)
    certificate_papers.lay(kept, folder, claim)
    return reached


def _end(row: Certificate, step: Step) -> int:
    actor, seen, reason = current_actor(), _seen(), request.form.get("why", "")
    typed = tidy(request.form.get("day"))
    day = certificate_forms.read_day("day") if typed else today()
    if step is Step.REJECT:
        actions.reject(actor, row, seen, reason)
    elif step is Step.RESTORE:
        actions.restore(actor, row, seen, reason)
    elif day is None:
        raise RuleBroken("certificate.day_wrong", field="day")
    elif step is Step.SUSPEND:
        actions.suspend(actor, row, seen, day, reason)
    else:
        actions.withdraw(actor, row, seen, day, reason)
    return row.id


@blueprint.get("/<int:certificate_id>/papers/<int:number>")
def paper(certificate_id: int, number: int) -> Response:
    """One of the papers, from 1; for those in the office who judge what they prove."""
    require(may_see_papers(current_actor()))
    row = register.certificate(certificate_id)
    return papers.answer(row.papers or "", number, row.code)


def _page(
    row: Certificate,
    status: int = 200,
    errors: dict[str, str] | None = None,
    note: dict[str, str] | None = None,
) -> ResponseReturnValue:
    day, scheme, holder, actor = today(), row.scheme, cases.owner_of(row), current_actor()
    steps: frozenset[Step] = frozenset()
    if rules.may_keep_register(actor):
        steps = rules.steps(row.facts, day, rejected=row.rejected_on is not None)
    sent, entry = certificate_claims.shown(scheme, holder), register.entry_of(row)
    grant, folder = Grant.of(entry), certificate_papers.folder_of_form()
    return render(
        "staff/certificate.html",
        status,
        title=f"{read(holder.name)}: {read(scheme.name)}",
        holder=say(holder.name),
        maker=None if holder is cases.maker_of(holder) else say(cases.maker_of(holder).name),
        scheme=say(scheme.name),
        standing=certificate_words.standing(row, day),
        has_left=row.has_left,
        facts=_facts(row, entry),
        public=None if row.archived_at else address("public.certificates.show", code=row.code),
        source=_link(row.source_url),
        row=row,
        seen=register.version(row.id),
        papers=certificate_papers.shown(row) if may_see_papers(actor) else None,
        sent=sent.told(),
        demands=certificate_forms.demands(scheme),
        agreed=", ".join(
            only_agreed(
                cases.demands_of(scheme),
                cases.case_of(scheme, holder, grant, [one.product for one in row.scope], confirmed=False),
            )
        ),
        others=[
            {
                "href": url_for("staff.certificate.show", certificate_id=one.id),
                "text": one.number or one.code,
                "standing": certificate_words.standing(one, day),
            }
            for one in register.of_same_holder(row)
        ],
        history=_history(row),
        form=certificate_forms.grant_inputs(
            scheme, holder, certificate_forms.with_claim(grant, sent.chosen), row
        ),
        folder=folder,
        brought=papers.number(folder),
        writing=_buttons(row, steps, WRITING),
        ending=_buttons(row, steps, ENDING),
        errors=errors or {},
        summary=list((errors or {}).items()),
        note=note,
    )


def _facts(row: Certificate, entry: dict[str, Any]) -> list[tuple[str, str]]:
    scheme, told = row.scheme, {name: certificate_words.told(name, value) for name, value in entry.items()}
    told["products"] = "" if row.product_id else ", ".join(read(one.product.name) for one in row.scope)
    told["categories"] = ", ".join(read(one.category.name) for one in row.categories)
    told["flowers"] = ", ".join(read(one.name) for one in row.flowers)
    told["level"] = labels.level(scheme.code, entry["level"]) or ""
    always = {"number", "issued", "expires"} | ({"level"} if scheme.levels else set())
    return [
        (str(certificate_words.LABELS[name]), text or gettext("Not known"))
        for name, text in told.items()
        if name != "source_url" and (text or name in always)
    ]


def _history(row: Certificate) -> list[dict[str, Any]]:
    """The newest act first, each with what it changed."""
    told, before = [], {}  # type: tuple[list[dict[str, Any]], dict[str, Any]]
    for one in register.history(row.id):
        told.append(
            {
                "step": str(certificate_words.STEPS[Step(one.step)]),
                "when": advice.moment(one.at),
                "who": one.actor,
                "day": dates.day(one.day),
                "reason": one.reason,
                "changes": certificate_words.changes(before, one.entry) if before else [],
            }
        )
        before = one.entry
    return told[::-1]


def _buttons(row: Certificate, steps: frozenset[Step], of: tuple[Step, ...]) -> list[dict[str, str]]:
    return [
        {
            "text": str(certificate_words.ACTS[step]),
            "action": url_for("staff.certificate.act", certificate_id=row.id, step=step.value),
            "step": step.value,
        }
        for step in of
        if step in steps
    ]


def _link(url: str | None) -> dict[str, str] | None:
    return {"href": url, "host": (urlsplit(url).hostname or url).removeprefix("www.")} if url else None


def _seen() -> int:
    number = request.form.get("seen", "")
    return int(number) if number.isdecimal() and len(number) < 12 else -1


def _changed_meanwhile() -> dict[str, str]:
    return {
        "title": gettext("Nothing was changed"),
        "text": gettext("Somebody was quicker. What you typed is kept; look at the history first."),
    }

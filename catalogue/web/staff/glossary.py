"""The glossary of the trade: all terms, adding one, changing or removing one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.database import transaction
from catalogue.editorial import glossary, rules
from catalogue.editorial.models import GlossaryTerm
from catalogue.kernel.errors import RuleBroken, require
from catalogue.kernel.text import mentions, sort_key
from catalogue.web import kept_forms, paging
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.term_sheets import TERMS, fault, rows

blueprint = Blueprint("glossary", __name__, url_prefix="/glossary")
PAGE_SIZE = 50
SORTS = ("vi", "en", "note")


@blueprint.route("", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All terms, by `?q=` those with these words; the form adds one."""
    if request.method == "POST":
        require(rules.may_translate(current_actor()))
        return _put(None)
    return _list()


@blueprint.route("/<int:term_id>", methods=["GET", "POST"])
def show(term_id: int) -> ResponseReturnValue:
    """One term, to be changed."""
    require(rules.may_translate(current_actor()))
    known = glossary.term(term_id)
    return _put(known) if request.method == "POST" else _one(known)


@blueprint.post("/<int:term_id>/remove")
def remove(term_id: int) -> ResponseReturnValue:
    """Take a term out."""
    require(rules.may_translate(current_actor()))
    with transaction():
        glossary.remove_term(current_actor(), glossary.term(term_id))
    flash(gettext("The term is gone."), "success")
    return redirect(url_for("staff.glossary.index"), 303)


@blueprint.get("/glossary.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The terms that the address asks for as a sheet that comes back."""
    return TERMS.answer(ending, rows(_found()))


def _put(known: GlossaryTerm | None) -> ResponseReturnValue:
    typed = {name: request.form.get(name, "") for name in ("vi", "en", "note")}
    try:
        with transaction():
            glossary.put_term(current_actor(), known, **typed)
    except RuleBroken as broken:
        errors = {str(broken.field): fault(broken.code, broken.parameters)}
        return _one(known, errors) if known else _list(errors)
    flash(gettext("Kept: %(vi)s is %(en)s.", vi=typed["vi"], en=typed["en"]), "success")
    return redirect(url_for("staff.glossary.index"), 303)


def _list(errors: dict[str, str] | None = None) -> ResponseReturnValue:
    found, (sort, descending) = _found(), lists.order(SORTS, "vi")
    shown, pager = paging.cut(found, PAGE_SIZE)
    return render(
        "staff/translations/glossary.html",
        422 if errors else 200,
        terms=shown,
        total=len(found),
        pager=pager,
        q=lists.sought(),
        columns=lists.columns(
            {"vi": gettext("Vietnamese"), "en": gettext("English"), "note": gettext("When, or what it is")},
            sort,
            descending=descending,
        ),
        sheets=lists.sheet_links(url_for("staff.glossary.index") + "/glossary"),
        typed=_typed(None),
        errors=errors or {},
        summary=list((errors or {}).items()),
        may_write=rules.may_translate(current_actor()),
        seal=kept_forms.seal(current_actor()),
    )


def _found() -> list[GlossaryTerm]:
    """The terms with the words that are asked for, in the order that is asked for."""
    words, (sort, descending) = lists.sought(), lists.order(SORTS, "vi")
    found = [term for term in glossary.terms() if mentions(words, term.vi, term.en, term.note)]
    return sorted(found, key=lambda term: sort_key(getattr(term, sort) or ""), reverse=descending)


def _one(known: GlossaryTerm | None, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    return render(
        "staff/translations/term.html",
        422 if errors else 200,
        term=known,
        typed=_typed(known),
        errors=errors or {},
        summary=list((errors or {}).items()),
        seal=kept_forms.seal(current_actor()),
    )


def _typed(known: GlossaryTerm | None) -> dict[str, str]:
    """What was typed, else what there is."""
    kept = kept_forms.found(current_actor())
    form: Mapping[str, str] = request.form if request.method == "POST" else kept or {}
    return {
        name: form.get(name, (getattr(known, name) or "") if known else "") for name in ("vi", "en", "note")
    }

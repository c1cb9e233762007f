"""What readers look for in vain, words that mean the same, and pages that stand first."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from catalogue.adapters.search_index import SearchIndex
from catalogue.database import Record, transaction
from catalogue.kernel.clock import today
from catalogue.kernel.errors import RuleBroken, require
from catalogue.kernel.language import Bilingual, Language
from catalogue.search import curating, misses, office, rules
from catalogue.search.everything import load_hits, search_ranked
from catalogue.search.synonyms import OF_THE_LANGUAGE
from catalogue.web import dates, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.private import refused, tidy
from catalogue.web.private import show as render

MOST_TO_PIN = 12
FIELDS = ("words", "record", "reason_vi", "reason_en", "until")

blueprint = Blueprint("search", __name__, url_prefix="/search")


@blueprint.before_request
def only_for_the_office() -> None:
    """Everybody in the office may look; who looks after the search may change it."""
    actor = current_actor()
    require(rules.may_edit_search(actor) if request.method == "POST" else rules.may_see_search(actor))


class SynonymsForm(FlaskForm):  # type: ignore[misc]  # the library has no type hints
    """Phrases that mean the same, one on each line."""

    phrases = StringField()

    def validate_phrases(self, field: Field) -> None:
        try:
            rules.tidy_phrases((field.data or "").splitlines())
        except RuleBroken as broken:
            raise ValidationError(_wrong_synonyms(broken.code)) from broken


class PinForm(FlaskForm):  # type: ignore[misc]
    """Which record stands first for which words, why, and until when."""

    words = StringField(filters=[tidy])
    record = StringField()
    reason_vi = StringField(filters=[tidy])
    reason_en = StringField(filters=[tidy])
    until = StringField(filters=[tidy])

    def validate_record(self, field: Field) -> None:
        if office.record_of(field.data or "") is None:
            raise ValidationError(gettext("Choose one of these pages."))

    def validate_until(self, field: Field) -> None:
        if self.day is None:
            raise ValidationError(gettext("Choose the last day, such as %(day)s.", day="2026-12-31"))

    @property
    def day(self) -> date | None:
        """The last day, None where it is none."""
        try:
            return date.fromisoformat(self.until.data or "")
        except ValueError:
            return None


@blueprint.get("")
def index() -> ResponseReturnValue:
    """What was looked for in vain: the most wanted first; `?order=`, `?language=`."""
    order, language, size = request.args.get("order", ""), request.args.get("language"), paging.PAGE_SIZE
    found, total = misses.missed(order, language, (paging.asked() - 1) * size, size)
    return render(
        "staff/search.html",
        may_edit=rules.may_edit_search(current_actor()),
        order=order if order in misses.ORDERS else "number",
        chosen=language if language in set(Language) else None,
        misses=[
            {
                "id": one.id,
                "words": one.words,
                "language": one.language,
                "number": one.number,
                "last_on": dates.day(one.last_on),
                "near": office.near(_index(), one.words),
            }
            for one in found
        ],
        pager=paging.pager(paging.asked(), -(-total // size)),
    )


@blueprint.post("/misses/<int:number>/synonym")
def make_synonym(number: int) -> ResponseReturnValue:
    """Let words that found nothing mean what was given, with one press."""
    miss = office.miss(number)
    meaning = tidy(request.form.get("means"))
    with transaction():
        curating.add_synonyms(current_actor(), [miss.words, meaning], miss)
    flash(
        gettext("“%(words)s” now finds what “%(meaning)s” finds.", words=miss.words, meaning=meaning),
        "success",
    )
    return redirect(url_for("staff.search.index"), 303)


@blueprint.post("/misses/<int:number>/dismiss")
def dismiss(number: int) -> ResponseReturnValue:
    """Take words off the list."""
    miss = office.miss(number)
    with transaction():
        curating.dismiss(current_actor(), miss)
    flash(gettext("“%(words)s” is off the list.", words=miss.words), "success")
    return redirect(url_for("staff.search.index"), 303)


@blueprint.route("/synonyms", methods=["GET", "POST"])
def synonyms() -> ResponseReturnValue:
    """The groups of the office, the form for another, and those of the language."""
    form = SynonymsForm()
    if request.method != "POST":
        return _synonyms_page(form)
    if not form.validate():
        return _synonyms_page(form, 422)
    with transaction():
        curating.add_synonyms(current_actor(), (form.phrases.data or "").splitlines())
    flash(gettext("Noted: the search knows it from now on."), "success")
    return redirect(url_for("staff.search.synonyms"), 303)


@blueprint.post("/synonyms/<int:number>/remove")
def remove_synonyms(number: int) -> ResponseReturnValue:
    """Take a group away."""
    group = office.synonym_group(number)
    with transaction():
        curating.remove_synonyms(current_actor(), group)
    flash(gettext("These phrases mean the same no longer."), "success")
    return redirect(url_for("staff.search.synonyms"), 303)


@blueprint.route("/pins", methods=["GET", "POST"])
def pins() -> ResponseReturnValue:
    """What stands first for which words; `?words=` offers what they find, to choose from."""
    form = PinForm()
    if request.method != "POST":
        form.words.data = tidy(request.args.get("words"))
        return _pins_page(form)
    if not form.validate():
        return _pins_page(form, 422)
    kind, code = office.key_of(form.record.data)
    reason = Bilingual(form.reason_vi.data or None, form.reason_en.data or None)
    try:
        with transaction():
            curating.pin(current_actor(), form.words.data, kind, code, reason, form.day or today())
    except RuleBroken as broken:
        field = broken.field or "words"
        form[field].errors = [_wrong_pin(broken.code)]
        return _pins_page(form, 422)
    flash(gettext("It stands first from now on."), "success")
    return redirect(url_for("staff.search.pins"), 303)


@blueprint.post("/pins/<int:number>/remove")
def unpin(number: int) -> ResponseReturnValue:
    """Leave the order to the search again."""
    row = office.pin(number)
    with transaction():
        curating.unpin(current_actor(), row)
    flash(gettext("The search decides again what stands first."), "success")
    return redirect(url_for("staff.search.pins"), 303)


def _synonyms_page(form: SynonymsForm, status: int = 200) -> ResponseReturnValue:
    groups, total = office.synonym_groups((paging.asked() - 1) * paging.PAGE_SIZE, paging.PAGE_SIZE)
    return render(
        "staff/search_synonyms.html",
        status,
        may_edit=rules.may_edit_search(current_actor()),
        phrases=form.phrases.data or "",
        groups=[{"id": one.id, "said": " · ".join(one.phrases)} for one in groups],
        of_the_language=[" · ".join(group) for group in OF_THE_LANGUAGE],
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
        **(refused(form, ("phrases",)) if status != 200 else {}),
    )


def _pins_page(form: PinForm, status: int = 200) -> ResponseReturnValue:
    rows, total = office.pins((paging.asked() - 1) * paging.PAGE_SIZE, paging.PAGE_SIZE)
    return render(
        "staff/search_pins.html",
        status,
        may_edit=rules.may_edit_search(current_actor()),
        form=form,
        offered=_offered(form),
        pins=[
            {
                "id": row.id,
                "words": row.words,
                "record": read(record.name) if record else row.code,
                "reason": read(row.reason),
                "until": dates.day(row.until),
                "over": row.until < today(),
            }
            for row in rows
            for record in [office.record_of(f"{row.kind}:{row.code}")]
        ],
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
        **(refused(form, FIELDS) if status != 200 else {}),
    )


def _offered(form: PinForm) -> list[dict[str, Any]]:
    """What the words find, and the record that was chosen before."""
    if not form.words.data:
        return []
    keys = search_ranked(_index(), form.words.data, today()).keys[:MOST_TO_PIN]
    rows: list[tuple[str, Record]] = [
        (kind, row) for kind, number in keys for row in load_hits(kind, [number])
    ]
    return [
        {
            "value": f"{kind}:{row.code}",
            "label": f"{read(row.name)} ({labels.RECORD_KINDS[kind]})",
            "checked": form.record.data == f"{kind}:{row.code}",
        }
        for kind, row in rows
    ]


def _wrong_synonyms(code: str) -> str:
    return {
        "synonyms.too_few": gettext("Write at least two phrases, one on each line."),
        "synonyms.too_much": gettext("Write at most twenty phrases, each of five words at most."),
    }[code]


def _wrong_pin(code: str) -> str:
    return {
        "pin.no_words": gettext("Type what readers look for."),
        "pin.no_reason": gettext("Readers are told why: give the reason in this language too."),
        "pin.long_reason": gettext("Keep the reason to a sentence or two."),
        "pin.day": gettext("Choose a day from today on, a year away at most."),
        "pin.exists": gettext("This page stands first for these words already."),
    }[code]


def _index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index

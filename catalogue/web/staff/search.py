"""What readers look for in vain, words that mean the same, and pages that stand first."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
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
from catalogue.search.models import SearchMiss
from catalogue.search.synonyms import OF_THE_LANGUAGE
from catalogue.web import dates, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.private import refused, tidy
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.forms import LANGUAGES
from catalogue.web.staff.search_sheets import (
    PINS,
    SYNONYMS,
    pin_rows,
    synonym_rows,
    wrong_pin,
    wrong_synonyms,
)

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
            raise ValidationError(wrong_synonyms(broken.code)) from broken


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
    """What was looked for in vain: the most wanted first; `?q=`, `?language=`, `?sort=`."""
    return _misses_page()


@blueprint.get("/misses.<any('xlsx','csv'):ending>")
def miss_sheet(ending: str) -> Response:
    """The same as a sheet, all of it."""
    heads = _miss_sorts() | {"language": gettext("Language (code)")}
    found, _ = _missed(0, None)
    return lists.sheet(
        f"misses.{ending}",
        heads,
        ([one.words, one.language, one.number, one.last_on.isoformat()] for one in found),
    )


def _misses_page(status: int = 200, refused_at: int | None = None, wrong: str = "") -> ResponseReturnValue:
    """`refused_at` is the miss whose meaning could not be taken, `wrong` what is wrong with it."""
    sort, descending = lists.order(misses.SORTS, "number", descending=True)
    found, total = _missed((paging.asked() - 1) * paging.PAGE_SIZE, paging.PAGE_SIZE)
    return render(
        "staff/search.html",
        status,
        may_edit=rules.may_edit_search(current_actor()),
        columns=lists.columns(_miss_sorts(), sort, descending=descending),
        here={name: text for name in ("q", "language", "sort", "page") if (text := request.args.get(name))},
        words=lists.sought(),
        filters=[lists.options("language", gettext("Language"), LANGUAGES)],
        total=total,
        misses=[
            {
                "id": one.id,
                "words": one.words,
                "language": one.language,
                "number": one.number,
                "last_on": dates.day(one.last_on),
                "may_mean": rules.may_be_phrase(one.words),
                "means": tidy(request.form.get("means"))
                if one.id == refused_at
                else office.near(_index(), one.words),
                "wrong": wrong if one.id == refused_at else "",
            }
            for one in found
        ],
        sheets=lists.sheet_links(url_for("staff.search.index") + "/misses"),
        pager=paging.pager(paging.asked(), -(-total // paging.PAGE_SIZE)),
    )


def _missed(start: int, size: int | None) -> tuple[list[SearchMiss], int]:
    sort, descending = lists.order(misses.SORTS, "number", descending=True)
    language = lists.chosen("language", Language)
    return misses.missed(lists.sought(), language, sort, start, size, descending=descending)


def _miss_sorts() -> dict[str, str]:
    return {
        "words": gettext("Words"),
        "language": gettext("Language"),
        "number": gettext("How often"),
        "day": gettext("Last on"),
    }


@blueprint.post("/misses/<int:number>/synonym")
def make_synonym(number: int) -> ResponseReturnValue:
    """Let words that found nothing mean what was given, with one press."""
    miss = office.miss(number)
    meaning = tidy(request.form.get("means"))
    try:
        with transaction():
            curating.add_synonyms(current_actor(), [miss.words, meaning], miss)
    except RuleBroken as broken:
        return _misses_page(422, number, _wrong_meaning(broken.code))
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
        form[field].errors = [wrong_pin(broken.code)]
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
    sort, descending = lists.order(office.SYNONYM_SORTS, "newest", descending=True)
    found = office.synonym_groups(lists.sought(), sort, descending=descending)
    groups, pager = paging.cut(found)
    heads = {"newest": gettext("Row"), "phrases": gettext("Phrases that mean the same")}
    return render(
        "staff/search_synonyms.html",
        status,
        may_edit=rules.may_edit_search(current_actor()),
        phrases=form.phrases.data or "",
        columns=lists.columns(heads, sort, descending=descending),
        groups=[{"id": one.id, "said": " · ".join(one.phrases)} for one in groups],
        words=lists.sought(),
        total=len(found),
        of_the_language=[" · ".join(group) for group in OF_THE_LANGUAGE],
        sheets=lists.sheet_links(url_for("staff.search.index") + "/synonyms"),
        pager=pager,
        **(refused(form, ("phrases",)) if status != 200 else {}),
    )


@blueprint.get("/synonyms.<any('xlsx','csv'):ending>")
def synonym_sheet(ending: str) -> Response:
    """The groups that the address asks for as a sheet that comes back."""
    sort, descending = lists.order(office.SYNONYM_SORTS, "newest", descending=True)
    found = office.synonym_groups(lists.sought(), sort, descending=descending)
    return SYNONYMS.answer(ending, synonym_rows(found))


def _pins_page(form: PinForm, status: int = 200) -> ResponseReturnValue:
    sort, descending = lists.order(office.PIN_SORTS, "until", descending=True)
    found = office.pins(lists.sought(), sort, descending=descending)
    shown, pager = paging.cut(found)
    heads = {"words": gettext("Words"), "record": gettext("This stands first"), "until": gettext("Last day")}
    return render(
        "staff/search_pins.html",
        status,
        may_edit=rules.may_edit_search(current_actor()),
        form=form,
        offered=_offered(form),
        columns=lists.columns(heads, sort, descending=descending),
        pins=[
            {
                "id": row.id,
                "words": row.words,
                "record": read(record.name) if record else row.code,
                "reason": read(row.reason),
                "until": dates.day(row.until),
                "over": row.until < today(),
            }
            for row, record in shown
        ],
        words=lists.sought(),
        total=len(found),
        ended=sum(row.until < today() for row, _ in found),
        sheets=lists.sheet_links(url_for("staff.search.index") + "/pins"),
        pager=pager,
        **(refused(form, FIELDS) if status != 200 else {}),
    )


@blueprint.get("/pins.<any('xlsx','csv'):ending>")
def pin_sheet(ending: str) -> Response:
    """The pins that the address asks for as a sheet that comes back."""
    sort, descending = lists.order(office.PIN_SORTS, "until", descending=True)
    return PINS.answer(ending, pin_rows(office.pins(lists.sought(), sort, descending=descending)))


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


def _wrong_meaning(code: str) -> str:
    return {
        "synonyms.too_few": gettext("Write other words than those that were looked for."),
        "synonyms.too_much": gettext("Write five words at most."),
    }[code]


def _index() -> SearchIndex:
    index: SearchIndex = current_app.extensions["search_index"]
    return index

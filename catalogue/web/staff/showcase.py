"""The board: collections of featured exporters, gifts and pavilions, composed place by place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from catalogue.database import transaction
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, RuleBroken, require
from catalogue.kernel.text import mentions
from catalogue.records import by_code
from catalogue.showcase import actions, board, queries, rules
from catalogue.showcase.models import Collection, Feature
from catalogue.showcase.rules import CollectionKind, Phase, phase_on
from catalogue.showcase.standing import subject_model
from catalogue.web import advice, dates, paging, showcase_words
from catalogue.web.error_words import CODES
from catalogue.web.errors import STATUS
from catalogue.web.identity import current_actor
from catalogue.web.language import address, current
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.private import tidy
from catalogue.web.staff import lists
from catalogue.web.staff import showcase_forms as forms
from catalogue.web.staff import showcase_rows as rows
from catalogue.web.staff.showcase_forms import Filled
from catalogue.web.staff.showcase_sheets import COLLECTIONS
from catalogue.web.staff.showcase_sheets import rows as collection_rows

SORTS: dict[str, tuple[Any, Callable[[Collection], Any]]] = {
    "name": (lazy_gettext("Collection"), lambda one: one.sort_vi),
    "starts": (lazy_gettext("First day"), lambda one: one.starts or date.max),
    "ends": (lazy_gettext("Last day"), lambda one: one.ends or date.max),
    "places": (lazy_gettext("Places on the board"), lambda one: len(board.active(one, today()))),
}
DEEDS = {
    "change": lazy_gettext("words or days changed"),
    "feature": lazy_gettext("a place given"),
    "terms": lazy_gettext("days or reason of a place changed"),
    "move": lazy_gettext("a place moved"),
    "take off": lazy_gettext("a place taken off"),
}

blueprint = Blueprint("showcase", __name__, url_prefix="/showcase")


@blueprint.before_request
def curators_write_and_others_read() -> None:
    """Everybody in the office sees who is featured and why."""
    actor = current_actor()
    require(rules.may_see_board(actor))
    if request.method != "GET" or (request.endpoint or "").rpartition(".")[2] in {
        "new",
        "give",
        "edit",
        "terms",
    }:
        require(rules.may_compose(actor))


@blueprint.get("")
def index() -> ResponseReturnValue:
    """Collections (`?state=`, `?q=` of their names, `?sort=`), with how many places show somebody today."""
    day, every = today(), queries.all_collections()
    state, (sort, descending) = request.args.get("state", ""), _order()
    counts = {phase: sum(phase_on(one.window, day) is phase for one in every) for phase in Phase}
    found = _asked(every)
    shown, pager = paging.cut(found)
    on_show = queries.on_show(queries.running_collections(day), day)
    return render(
        "staff/showcase/index.html",
        may_compose=rules.may_compose(current_actor()),
        states=[
            {"href": _here(value), "text": text, "current": value == state}
            for value, text in [
                ("", gettext("All")),
                *((phase.value, f"{showcase_words.PHASES[phase]} ({counts[phase]})") for phase in Phase),
            ]
        ],
        columns=[
            *lists.columns(
                {value: str(words) for value, (words, _) in SORTS.items()}, sort, descending=descending
            ),
            {"text": gettext("Shown today")},
            {"text": gettext("State")},
        ],
        collections=[
            rows.summary(one, day)
            | {
                "starts": dates.day(one.starts) if one.starts else "",
                "ends": dates.day(one.ends) if one.ends else "",
                "href": url_for("staff.showcase.show", code=one.code),
                "places": len(board.active(one, day)),
                "on_show": len(on_show.get(one.id, ())),
            }
            for one in shown
        ],
        words=lists.sought(),
        total=len(found),
        pager=pager,
        sheets=lists.sheet_links(url_for("staff.showcase.index") + "/collections"),
    )


@blueprint.get("/collections.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """The same collections with all their places, as a sheet that comes back."""
    return COLLECTIONS.answer(ending, collection_rows(_asked(queries.all_collections(with_subjects=True))))


def _asked(every: Sequence[Collection]) -> list[Collection]:
    """Those in the state and with the words that are asked for, in the order that is."""
    day, (sort, descending) = today(), _order()
    state, words = lists.chosen("state", Phase), lists.sought()
    found = [
        one
        for one in every
        if (not state or phase_on(one.window, day) == state) and mentions(words, *one.name.texts(), one.code)
    ]
    return sorted(found, key=SORTS[sort][1], reverse=descending)


def _order() -> tuple[str, bool]:
    return lists.order(SORTS, "starts", descending=True)


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """A collection without places."""
    if request.method == "GET":
        return _frame_page(None, Filled({"kind": CollectionKind.EXPORTERS.value}))
    filled = Filled(request.form)
    frame, kind = filled.frame(), request.form.get("kind", "")
    if kind not in set(CollectionKind):
        filled.errors["kind"] = gettext("Choose one of the list.")
    if filled.errors:
        return _frame_page(None, filled, 422)
    try:
        with transaction():
            code = actions.begin(current_actor(), CollectionKind(kind), frame).code
    except RuleBroken as broken:
        return _frame_page(None, _with(filled, broken), 422)
    flash(gettext("The board is ready. Give the first place."), "success")
    return redirect(url_for("staff.showcase.show", code=code), 303)


@blueprint.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """The places in order, and with `?on=` what readers see on that day."""
    return _board_page(queries.collection_by_code(code))


@blueprint.route("/<code>/edit", methods=["GET", "POST"])
def edit(code: str) -> ResponseReturnValue:
    """Name, introduction and days."""
    collection = queries.collection_by_code(code)
    if request.method == "GET":
        return _frame_page(collection, Filled(forms.of_collection(collection)))
    filled = Filled(request.form)
    frame = filled.frame()
    if filled.errors:
        return _frame_page(collection, filled, 422)
    try:
        with transaction():
            actions.change(current_actor(), collection, frame)
    except RuleBroken as broken:
        return _frame_page(queries.collection_by_code(code), _with(filled, broken), 422)
    flash(gettext("Kept. It can be taken back on the board."), "success")
    return redirect(url_for("staff.showcase.show", code=code), 303)


@blueprint.route("/<code>/places/new", methods=["GET", "POST"])
def give(code: str) -> ResponseReturnValue:
    """A place for somebody (`?who=`)."""
    collection = queries.collection_by_code(code)
    if request.method == "GET":
        first = max(today(), collection.starts or today())
        values = {"who": request.args.get("who", ""), "criterion": request.args.get("criterion", "")}
        return _terms_page(collection, None, Filled(values | {"starts": showcase_words.iso(first)}))
    filled = Filled(request.form)
    terms = filled.terms()
    if terms is None:
        return _terms_page(collection, None, filled, 422)
    try:
        with transaction():
            place = actions.feature(current_actor(), collection, tidy(request.form.get("who")), terms)
            number = place.id
    except RuleBroken as broken:
        return _terms_page(queries.collection_by_code(code), None, _with(filled, broken), 422)
    flash(gettext("It has a place now."), "success")
    return _to_board(code, number)


@blueprint.route("/<code>/places/<int:feature_id>", methods=["GET", "POST"])
def terms(code: str, feature_id: int) -> ResponseReturnValue:
    """Days and reason of a place."""
    collection = queries.collection_by_code(code)
    place = queries.feature_in(collection, feature_id)
    if request.method == "GET":
        return _terms_page(collection, place, Filled(forms.of_feature(place)))
    filled = Filled(request.form)
    agreed = filled.terms()
    if agreed is None:
        return _terms_page(collection, place, filled, 422)
    try:
        with transaction():
            actions.change_terms(current_actor(), collection, feature_id, agreed)
    except RuleBroken as broken:
        collection = queries.collection_by_code(code)
        place = queries.feature_in(collection, feature_id)
        return _terms_page(collection, place, _with(filled, broken), 422)
    flash(gettext("Kept. It can be taken back on the board."), "success")
    return _to_board(code, feature_id)


@blueprint.post("/<code>/places/<int:feature_id>/move")
def move(code: str, feature_id: int) -> ResponseReturnValue:
    """To the place of `to`, from 1."""
    collection, to = queries.collection_by_code(code), request.form.get("to", "")
    if to.isascii() and to.isdigit() and len(to) < 4:
        with transaction():
            actions.move(current_actor(), collection, feature_id, int(to))
    return _to_board(code, feature_id)


@blueprint.post("/<code>/places/<int:feature_id>/take-off")
def take_off(code: str, feature_id: int) -> ResponseReturnValue:
    """Off the board, from today on."""
    collection = queries.collection_by_code(code)
    with transaction():
        actions.take_off(current_actor(), collection, feature_id)
    flash(gettext("Taken off. Until the end of the day “Take back” brings it back."), "success")
    return redirect(url_for("staff.showcase.show", code=code), 303)


@blueprint.post("/<code>/undo")
def undo(code: str) -> ResponseReturnValue:
    """Take back what was done last, as the curator saw it."""
    collection, step = queries.collection_by_code(code), request.form.get("step", "")
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 10 else 0
    try:
        with transaction():
            actions.undo(current_actor(), collection, number)
    except (Conflict, RuleBroken) as refused:
        words = CODES[refused.code]
        note = {"title": str(words.title), "text": str(words.text)}
        return _board_page(queries.collection_by_code(code), note, STATUS[type(refused)])
    flash(gettext("Taken back."), "success")
    return redirect(url_for("staff.showcase.show", code=code), 303)


# ---------------------------------------------------------------- pages
def _board_page(
    collection: Collection, note: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    day, known = today(), queries.standings([collection], today())
    places = board.active(collection, day)
    asked = Filled(request.args)
    preview = asked.day("on")
    step, is_over = queries.last_step(collection), board.is_over(collection, day)
    if step and is_over and step.verb != "change":
        step = None
    has_begun = collection.starts is not None and collection.starts <= day
    return render(
        "staff/showcase/board.html",
        status,
        note=note,
        errors=asked.errors,
        collection=rows.summary(collection, day),
        code=collection.code,
        may_compose=rules.may_compose(current_actor()),
        may_place=rules.may_compose(current_actor()) and not is_over,
        is_over=is_over,
        places=[
            rows.on_board(one, known[one.id], number, len(places), day)
            for number, one in enumerate(places, 1)
        ],
        over=[rows.named(one) for one in collection.features if one not in places],
        step=step
        and {
            "id": step.id,
            "deed": str(DEEDS[step.verb]),
            "by": step.actor,
            "at": advice.moment(step.at),
        },
        page=address("public.collections.show", slug=collection.slug(current())) if has_begun else None,
        sheet=rows.sheet_query(places),
        on=request.args.get("on", ""),
        preview=rows.preview_of(collection, preview) if preview else None,
    )


def _frame_page(collection: Collection | None, filled: Filled, status: int = 200) -> ResponseReturnValue:
    return render(
        "staff/showcase/frame.html",
        status,
        collection=rows.summary(collection, today()) if collection else None,
        code=collection.code if collection else None,
        typed=filled.typed,
        errors=filled.errors,
        summary=list(filled.errors.items()),
        kinds=forms.kinds(filled.typed.get("kind", "")),
    )


def _terms_page(
    collection: Collection, place: Feature | None, filled: Filled, status: int = 200
) -> ResponseReturnValue:
    kind = CollectionKind(collection.kind)
    who = tidy(filled.typed.get("who"))
    subject = place.subject if place else by_code(subject_model(kind), who)
    return render(
        "staff/showcase/terms.html",
        status,
        collection=rows.summary(collection, today()),
        code=collection.code,
        feature_id=place.id if place else None,
        who=who,
        name=say(subject.name) if subject else "",
        typed=filled.typed,
        errors=filled.errors,
        summary=list(filled.errors.items()),
        criteria=forms.criteria(filled.typed.get("criterion", "")),
    )


def _with(filled: Filled, broken: RuleBroken) -> Filled:
    """What a rule says, beside the field that it is about."""
    words = str(CODES[broken.code].text)
    lacks = broken.parameters.get("lacks")
    if isinstance(lacks, tuple):
        words = gettext("It cannot be featured: %(what)s.", what=showcase_words.missing(lacks))
    name = "who" if broken.field == "code" else str(broken.field)
    return Filled(filled.typed, filled.errors | {name: words})


def _to_board(code: str, feature_id: int) -> ResponseReturnValue:
    return redirect(url_for("staff.showcase.show", code=code, _anchor=f"place-{feature_id}"), 303)


def _here(state: str) -> str:
    q, sort = lists.sought() or None, request.args.get("sort")
    return url_for("staff.showcase.index", state=state or None, q=q, sort=sort)

"""The goals of the resolution: what is counted here, beside its targets and what was published about them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from catalogue.adapters.sheets.csv_tables import Cell
from catalogue.database import transaction
from catalogue.enquiries import pipeline
from catalogue.enquiries.rules import may_see_all
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.kernel.text import mentions
from catalogue.resolution import actions, queries, rules
from catalogue.resolution.indicators import Code, Count, Indicator, indicators
from catalogue.resolution.models import PublishedFigure, Resolution, Target
from catalogue.web import goal_words, labels, paging
from catalogue.web.identity import current_actor
from catalogue.web.language import read
from catalogue.web.page import say
from catalogue.web.private import show as render
from catalogue.web.staff import lists
from catalogue.web.staff.figure_form import FigureForm
from catalogue.web.staff.figure_sheets import FIGURES
from catalogue.web.staff.figure_sheets import rows as figure_rows

# The part of the page that holds the figures that staff noted.
FIGURES_PART = "figures"

blueprint = Blueprint("goals", __name__, url_prefix="/goals")


@blueprint.before_request
def only_for_the_office() -> None:
    """Enquiries by market are among what is counted."""
    require(rules.may_see_goals(current_actor()))


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Targets with their published figures, and every indicator, as charts and tables."""
    paper, (sort, descending) = _paper(), _order()
    noted, found = queries.published_figures(), _figures(paper)
    figures, pager = paging.cut(found, part=FIGURES_PART)
    by_code = {target.code: target for target in paper.targets}
    return render(
        "staff/goals.html",
        title=say(paper.title),
        may_note=rules.may_note_figures(current_actor()),
        measures=goal_words.measures(paper, noted),
        figures=[goal_words.told(one, by_code.get(one.target), paper) for one in figures],
        indicators=[goal_words.counted(one) for one in _indicators()],
        counted_on=goal_words.counted_on(today()),
        columns=[
            *lists.columns(_figure_sorts(), sort, descending=descending, part=FIGURES_PART),
            {"text": gettext("Source")},
            {"text": gettext("In the chart")},
        ],
        words=lists.sought(),
        filters=[lists.options(name, label, words) for name, (label, words) in _figure_filters().items()],
        nothing_noted=not noted,
        total=len(found),
        pager=pager,
        figures_part=FIGURES_PART,
        figure_sheets=lists.sheet_links(url_for("staff.goals.show") + "/figures"),
        sheets=lists.sheet_links(url_for("staff.goals.show") + "/goals"),
    )


@blueprint.get("/goals.<any('xlsx','csv'):ending>")
def sheet(ending: str) -> Response:
    """Everything on the page as one sheet."""
    heads = {
        "part": gettext("Part"),
        "code": gettext("Code"),
        "title": gettext("Figure"),
        "key": gettext("Code of what is counted"),
        "name": gettext("Name"),
        "period": gettext("Period"),
        "number": gettext("Value"),
        "highest": gettext("Highest value"),
        "of": gettext("Out of"),
        "unit": gettext("Unit"),
        "nature": gettext("Kind of figure"),
        "scope": gettext("Territory"),
        "definition": gettext("What is counted"),
        "source": gettext("Source"),
        "published": gettext("Published on"),
    }
    paper = _paper()
    rows = [*_target_rows(paper), *_figure_rows(paper), *_indicator_rows()]
    return lists.sheet(f"goals.{ending}", heads, rows)


@blueprint.get("/figures.<any('xlsx','csv'):ending>")
def figure_sheet(ending: str) -> Response:
    """The figures that the address asks for, of those that staff noted, as a sheet that comes back."""
    return FIGURES.answer(ending, figure_rows(_figures(_paper())))


@blueprint.route("/figures/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Note a figure that was published."""
    require(rules.may_note_figures(current_actor()))
    return _edit(FigureForm.empty(request.args.get("target", "")), None)


@blueprint.route("/figures/<int:figure_id>", methods=["GET", "POST"])
def change(figure_id: int) -> ResponseReturnValue:
    """Put a figure right."""
    require(rules.may_note_figures(current_actor()))
    row = queries.published_figure(figure_id)
    return _edit(FigureForm.of(row), row)


@blueprint.post("/figures/<int:figure_id>/remove")
def remove(figure_id: int) -> ResponseReturnValue:
    """Take a figure out."""
    require(rules.may_note_figures(current_actor()))
    row = queries.published_figure(figure_id)
    with transaction():
        actions.remove(current_actor(), row)
    flash(gettext("Taken out. It stays in the log."), "success")
    return redirect(url_for("staff.goals.show", _anchor="figures"), 303)


def _edit(form: FigureForm, row: PublishedFigure | None) -> ResponseReturnValue:
    if request.method != "POST":
        return _form_page(form, row)
    form = FigureForm.sent()
    figure, errors = form.figure(), form.errors
    if figure is not None:
        try:
            with transaction():
                if row is None:
                    actions.note(current_actor(), figure)
                else:
                    actions.correct(current_actor(), row, figure)
        except (RuleBroken, Conflict, NotFound) as broken:
            if broken.field is None:
                raise
            errors = {broken.field: form.refusal(broken.code)}
        else:
            flash(gettext("Noted. It stands on the page of the resolution."), "success")
            return redirect(url_for("staff.goals.show", _anchor="figures"), 303)
    return _form_page(form, row, errors)


def _form_page(
    form: FigureForm, row: PublishedFigure | None, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    return render(
        "staff/figure.html",
        422 if errors else 200,
        form=form,
        options=form.options(_paper().targets),
        errors=errors or {},
        summary=list((errors or {}).items()),
        figure_id=row.id if row is not None else None,
        entered_by=row.entered_by if row is not None else None,
    )


def _figures(paper: Resolution) -> list[PublishedFigure]:
    """The figures that are asked for, in the order that is."""
    words, (sort, descending) = lists.sought(), _order()
    asked = {name: lists.chosen(name, known) for name, (_, known) in _figure_filters().items()}
    measured = {target.code: target.indicator for target in paper.targets}

    def said(one: PublishedFigure) -> list[str]:
        names = [name.texts() for name in (measured.get(one.target), one.indicator) if name]
        return [one.target, str(one.year), one.url, *chain(*names)]

    found = [
        one
        for one in queries.published_figures()
        if all(value in ("", getattr(one, name)) for name, value in asked.items())
        and mentions(words, *said(one))
    ]
    return sorted(found, key=lambda one: getattr(one, sort), reverse=descending)


def _order() -> tuple[str, bool]:
    return lists.order(_figure_sorts(), "target")


def _figure_filters() -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "nature": (gettext("Kind of figure"), {code: str(words) for code, words in labels.NATURES.items()}),
        "scope": (gettext("Territory"), {code: str(words) for code, words in labels.SCOPES.items()}),
    }


def _figure_sorts() -> dict[str, str]:
    return {
        "target": gettext("Figure"),
        "year": gettext("Period"),
        "value": gettext("Value"),
        "nature": gettext("Kind of figure"),
        "scope": gettext("Territory"),
    }


def _paper() -> Resolution:
    paper = queries.resolution()
    if paper is None:
        raise NotFound("resolution.unknown")
    return paper


def _indicators() -> list[Indicator]:
    """What readers see, and for those who read enquiries their markets too."""
    found = [*indicators(today())]
    if may_see_all(current_actor()):
        asked = sorted(pipeline.asked_by_country().items(), key=lambda one: (-one[1], one[0]))
        known = [Count(code if code != pipeline.NO_COUNTRY else "", number) for code, number in asked]
        found.append(
            Indicator(Code.ENQUIRIES_BY_MARKET, known, sum(number for _, number in asked)),
        )
    return found


def _target_rows(paper: Resolution) -> Iterator[list[Cell]]:
    for target in paper.targets:
        yield _row(
            gettext("Target"),
            target.code,
            read(target.indicator),
            period=str(target.period_to) if target.period_to else None,
            number=target.min,
            highest=target.max,
            unit=read(target.unit),
            definition=read(target.note) or None,
            source=", ".join(source["url"] for source in target.sources),
        )


def _figure_rows(paper: Resolution) -> Iterator[list[Cell]]:
    by_code: dict[str, Target] = {target.code: target for target in paper.targets}
    for one in queries.published_figures():
        target = by_code.get(one.target) if one.same_measure else None
        told = goal_words.told(one, target, paper)
        yield _row(
            gettext("Published figure"),
            one.target,
            read(target.indicator if target else one.indicator),
            period=told["period"],
            number=one.value,
            unit=read(target.unit if target else one.unit),
            nature=told["nature"],
            scope=told["scope"],
            source=one.url,
            published=one.published.isoformat(),
        )


def _indicator_rows() -> Iterator[list[Cell]]:
    day = today().isoformat()
    for indicator in _indicators():
        title, definition, source = goal_words.WORDS[indicator.code]
        for count in indicator.counts:
            yield _row(
                gettext("Counted here"),
                indicator.code.value,
                str(title),
                key=count.key or None,
                name=str(goal_words.name_of(indicator.code, count)),
                period=day,
                number=count.number,
                of=count.of,
                definition=str(definition),
                source=str(source),
            )


COLUMNS = (
    "key",
    "name",
    "period",
    "number",
    "highest",
    "of",
    "unit",
    "nature",
    "scope",
    "definition",
    "source",
)


def _row(part: str, code: str, title: str, **cells: Cell) -> list[Cell]:
    """A row of the sheet; what does not apply stays empty."""
    return [part, code, title, *(cells.get(name) for name in (*COLUMNS, "published"))]

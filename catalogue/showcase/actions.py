"""Composing collections: beginning and changing them, and giving, moving and taking their places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue import audit
from catalogue.database import db, lock, unless_taken
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import Conflict, NotFound, RuleBroken, require
from catalogue.kernel.language import Bilingual, Language
from catalogue.kernel.text import slug
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.showcase import board, queries, rules
from catalogue.showcase.models import Collection, Feature
from catalogue.showcase.rules import CollectionKind, Criterion, Window
from catalogue.showcase.standing import merits, subject_model
from catalogue.slugs import RESERVED, address


@dataclass(frozen=True)
class Frame:
    """What a collection says of itself. `starts` None: a draft that nobody sees."""

    name: Bilingual
    introduction: Bilingual
    starts: date | None
    ends: date | None


@dataclass(frozen=True)
class Terms:
    """On which days somebody stands on a place, and why."""

    starts: date
    ends: date | None
    criterion: Criterion
    reason: Bilingual
    source_url: str | None = None

    @property
    def window(self) -> Window:
        return Window(self.starts, self.ends)


def begin(actor: Actor, kind: CollectionKind, frame: Frame) -> Collection:
    """A new collection without places."""
    require(rules.may_compose(actor))
    _check_frame(frame)
    collection = Collection(kind=kind, sources=[])
    _check_days(collection, frame)
    _put(collection, frame)
    with unless_taken(RuleBroken("collection.known", field=f"name_{Language.VI}")):
        collection.code = _free_code(slug(frame.name.text(Language.VI)) or kind.value)
        address(collection)
        db.session.add(collection)
    audit.record(actor, "begin", collection, starts=frame.starts, ends=frame.ends)
    return collection


def change(actor: Actor, collection: Collection, frame: Frame) -> None:
    """Other words or days. Days that readers have seen stay as they were."""
    _take_up(actor, collection)
    _check_frame(frame)
    _check_days(collection, frame)
    board.keep(actor, collection, "change")
    _put(collection, frame)
    address(collection)
    db.session.flush()
    _check_rooms(collection)
    audit.record(actor, "change", collection, starts=frame.starts, ends=frame.ends)


def feature(actor: Actor, collection: Collection, code: str, terms: Terms) -> Feature:
    """Give somebody the last place; `code` names a producer or product, as the collection's kind has it."""
    _take_up_places(actor, collection)
    subject: Producer | Product | None = by_code(subject_model(CollectionKind(collection.kind)), code)
    if subject is None:
        raise RuleBroken("feature.nobody", field="code")
    if terms.starts < today():
        raise RuleBroken("feature.begins_in_the_past", field="starts")
    places = board.active(collection, today())
    if len(places) >= rules.MOST_PLACES:
        raise RuleBroken("feature.too_many", field="code", most=rules.MOST_PLACES)
    if any(one.subject is subject and _meet(one.window, terms.window) for one in places):
        raise RuleBroken("feature.twice", field="code")
    _check_terms(collection, subject, terms)
    board.keep(actor, collection, "feature")
    place = Feature(producer=subject) if isinstance(subject, Producer) else Feature(product=subject)
    _agree(place, terms)
    collection.features.append(place)
    board.number_anew(collection, today())
    audit.record(actor, "feature", collection, **_told(code, terms))
    return place


def change_terms(actor: Actor, collection: Collection, feature_id: int, terms: Terms) -> None:
    """Other days or another reason; the first day of what was on show stays."""
    _take_up_places(actor, collection)
    place, day = _place(collection, feature_id), today()
    if place.subject is None:
        raise RuleBroken("feature.nobody", field="code")
    if terms.starts != place.starts and min(terms.starts, place.starts) < day:
        raise RuleBroken("feature.begins_in_the_past", field="starts")
    if terms.ends and terms.ends < day:
        raise RuleBroken("feature.ends_in_the_past", field="ends")
    _check_terms(collection, place.subject, terms, besides=place.id)
    board.keep(actor, collection, "terms")
    _agree(place, terms)
    audit.record(actor, "terms", collection, **_told(place.subject.code, terms))


def move(actor: Actor, collection: Collection, feature_id: int, position: int) -> None:
    """To another place, from 1; the others make room."""
    _take_up_places(actor, collection)
    place, day = _place(collection, feature_id), today()
    others = [one for one in board.active(collection, day) if one is not place]
    before = len([one for one in others if one.position < place.position]) + 1
    board.keep(actor, collection, "move")
    others.insert(max(position, 1) - 1, place)
    board.number_anew(collection, day, others)
    audit.record(actor, "move", collection, who=_code(place), before=before, after=place.position)


def take_off(actor: Actor, collection: Collection, feature_id: int) -> None:
    """Off the board from today on. Whoever was on show before stays in the archive, with the day."""
    _take_up_places(actor, collection)
    place = _place(collection, feature_id)
    board.keep(actor, collection, "take off")
    board.take_away(collection, place, today())
    board.number_anew(collection, today())
    audit.record(actor, "take off", collection, who=_code(place))


def undo(actor: Actor, collection: Collection, step_id: int) -> None:
    """Take back what was done last; `step_id` is what the curator saw as the last. Conflict if it is not.

    Only what changes nothing of the days that readers saw, and leaves no maker a place too many.
    """
    _take_up(actor, collection)
    step, day = queries.last_step(collection), today()
    if step is None or step.id != step_id:
        raise Conflict("board.changed_meanwhile")
    if step.verb != "change":
        _check_open(collection)
    frame, seen = _kept_frame(step.before), board.seen(collection, day)
    _check_days(collection, frame)
    _put(collection, frame)
    board.bring_back(collection, step.before["features"], day)
    queries.read_anew(collection)
    if board.seen(collection, day) != seen:
        raise RuleBroken("board.was_seen")
    _check_rooms(collection)
    address(collection)
    db.session.delete(step)
    audit.record(actor, "undo", collection, undone=step.verb, by=step.actor)


def _take_up(actor: Actor, collection: Collection) -> None:
    """Before every change: only curators, one after the other, and upon what is there now."""
    require(rules.may_compose(actor))
    lock(collection)
    queries.read_anew(collection)


def _take_up_places(actor: Actor, collection: Collection) -> None:
    _take_up(actor, collection)
    _check_open(collection)


def _place(collection: Collection, feature_id: int) -> Feature:
    """A place whose days are not over: what is over stays as it was."""
    place = queries.feature_in(collection, feature_id)
    if place.window.is_over_on(today()):
        raise NotFound("feature.unknown")
    return place


# ---------------------------------------------------------------- what must hold
def _check_frame(frame: Frame) -> None:
    for language in Language:
        if not frame.name.in_(language):
            raise RuleBroken("collection.name_missing", field=f"name_{language}")
    if frame.ends and not frame.starts:
        raise RuleBroken("collection.end_without_start", field="starts")
    if frame.starts and frame.ends and frame.ends < frame.starts:
        raise RuleBroken("window.upside_down", field="ends")


def _check_days(collection: Collection, frame: Frame) -> None:
    """What readers saw happened: neither the first day nor an end that is over can be moved, nor made up."""
    day = today()
    if frame.starts != collection.starts:
        if collection.starts and collection.starts < day:
            raise RuleBroken("collection.has_begun", field="starts")
        if frame.starts and frame.starts < day:
            raise RuleBroken("collection.begins_in_the_past", field="starts")
    if frame.ends == collection.ends:
        return
    if collection.ends and collection.ends < day:
        raise RuleBroken("collection.is_over", field="ends")
    if frame.ends and frame.ends < day:
        raise RuleBroken("collection.ends_in_the_past", field="ends")


def _check_open(collection: Collection) -> None:
    if board.is_over(collection, today()):
        raise RuleBroken("collection.is_over", field="ends")


def _check_terms(
    collection: Collection, subject: Producer | Product, terms: Terms, besides: int | None = None
) -> None:
    """Whether somebody may stand there on the first day; asked again whenever it is read."""
    if terms.ends and terms.ends < terms.starts:
        raise RuleBroken("window.upside_down", field="ends")
    if collection.ends and terms.starts > collection.ends:
        raise RuleBroken("feature.after_the_end", field="starts")
    for language in Language:
        if not terms.reason.in_(language):
            raise RuleBroken("feature.reason_missing", field=f"reason_{language}")
    if terms.criterion is Criterion.YEARS and not terms.source_url:
        raise RuleBroken("feature.source_missing", field="source_url")
    day = max(terms.starts, today())
    merit = merits(type(subject), {subject.id}, day).get(subject.id)
    if lacks := rules.lacks(CollectionKind(collection.kind), terms.criterion, merit):
        raise RuleBroken("feature.unfit", field="code", lacks=lacks)
    window = terms.window.within(collection.window) if collection.window else terms.window
    _check_room(subject.id if isinstance(subject, Producer) else subject.producer_id, window, besides)


def _check_rooms(collection: Collection) -> None:
    for place in board.active(collection, today()):
        _check_room(queries.maker_of(place), place.open_window or place.window, place.id)


def _check_room(producer_id: int | None, window: Window, besides: int | None) -> None:
    if producer_id is None:
        return
    if rules.is_crowded(queries.places_of(producer_id, besides), window):
        raise RuleBroken("feature.two_already", field="code", most=rules.MOST_OF_A_MAKER)


# ---------------------------------------------------------------- small things
def _put(collection: Collection, frame: Frame) -> None:
    collection.name, collection.introduction = frame.name, frame.introduction
    collection.starts, collection.ends = frame.starts, frame.ends


def _kept_frame(before: dict[str, Any]) -> Frame:
    name, introduction = (Bilingual.of(before[text]) for text in ("name", "introduction"))
    return Frame(name, introduction, *(board.read_day(before[day]) for day in ("starts", "ends")))


def _agree(place: Feature, terms: Terms) -> None:
    place.starts, place.ends = terms.starts, terms.ends
    place.criterion, place.reason = terms.criterion, terms.reason
    place.source_url = terms.source_url
    db.session.flush()


def _told(code: str, terms: Terms) -> dict[str, Any]:
    """For the audit log."""
    return {
        "reason": terms.reason.text(Language.VI),
        "who": code,
        "criterion": terms.criterion,
        "starts": terms.starts,
        "ends": terms.ends,
    }


def _code(place: Feature) -> str:
    return place.subject.code if place.subject else ""


def _meet(one: Window, other: Window) -> bool:
    both = one.within(other)
    return both.is_open_on(both.starts)


def _free_code(wanted: str) -> str:
    number, code = 1, wanted
    while code in RESERVED or by_code(Collection, code) is not None:
        number += 1
        code = f"{wanted}-{number}"
    return code

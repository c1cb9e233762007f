"""The catalogue's own listings: villages, sights, routes, schemes, milestones, words, pages and notices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from catalogue.archive import archived_too
from catalogue.certification.actions import apply_scheme
from catalogue.certification.listings import content_of as scheme_content
from catalogue.certification.models import CertificationScheme
from catalogue.database import db
from catalogue.editorial import forms
from catalogue.editorial.fields import Field
from catalogue.editorial.listing import Listing, Live
from catalogue.editorial.rules import OFFICE, Content
from catalogue.flower_centre import actions as centre_actions
from catalogue.flower_centre import listings as milestones
from catalogue.flower_centre.models import Milestone
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.partial_date import PartialDate
from catalogue.pages import actions as page_actions
from catalogue.pages import listings as pages
from catalogue.pages.models import AboutPage, HomeSection, TravelNotice
from catalogue.places import actions as place_actions
from catalogue.places.listings import sight_content, village_content
from catalogue.places.models import CraftVillage, Place, PointOfInterest
from catalogue.products.queries import category_tree
from catalogue.records import by_code
from catalogue.rewriting import archive
from catalogue.routes import actions as route_actions
from catalogue.routes.listings import content_of as route_content
from catalogue.routes.models import Stop, TourRoute

Apply = Callable[[Actor, str, Content], Any]
Faults = Callable[[str, Content], dict[str, str]]
STOPS = selectinload(TourRoute.stops)
AT_STOPS = (STOPS.joinedload(Stop.village), STOPS.joinedload(Stop.producer), STOPS.joinedload(Stop.poi))


def _listing(
    fields: tuple[Field, ...],
    model: Any,
    content_of: Callable[[Any], dict[str, Any]],
    apply: Apply,
    *,
    loads: Sequence[ORMOption] = (),
    faults: Faults = lambda _code, _content: {},
    take_down: Callable[[str, datetime | None], None] | None = None,
    built_in: Callable[[], Mapping[str, dict[str, Any]]] = dict,
    **more: Any,
) -> Listing:
    """A kind whose rows have a code of their own. `built_in`: what readers see where nobody has written."""

    def read_many(codes: Collection[str]) -> dict[str, Live]:
        with archived_too():
            rows = db.session.scalars(select(model).where(model.code.in_(codes)).options(*loads))
            found = {row.code: Live(OFFICE, content_of(row), None, row.archived_at) for row in rows}
        gone = {code for code, live in found.items() if live.archived_at is not None}
        came_with = {
            code: Live(OFFICE, content, None, None, built_in=True)
            for code, content in built_in().items()
            if code in codes
        }
        return found | {code: live for code, live in came_with.items() if code in gone or code not in found}

    def owners() -> dict[str, str]:
        with archived_too():
            return dict.fromkeys([*built_in(), *db.session.scalars(select(model.code))], OFFICE)

    def take_down_by_code(code: str, moment: datetime | None) -> None:
        archive(model, code, moment)

    return Listing(
        fields, owners, read_many, faults, _applying(apply), take_down or take_down_by_code, **more
    )


def _applying(apply: Apply) -> Callable[[Actor, str, str, Content, list[str], datetime], None]:
    """With the translations that are stale noted on the row."""

    def applied(
        actor: Actor, code: str, _producer: str, content: Content, stale: list[str], _moment: datetime
    ) -> None:
        apply(actor, code, content).stale_texts = stale or None
        db.session.flush()

    return applied


# ---------------------------------------------------------------- what is wrong
def _village_faults(_code: str, content: Content) -> dict[str, str]:
    found = _place_faults(content)
    craft, year, households = (content.get(name) for name in ("craft", "recognised_year", "households"))
    if craft and craft not in category_tree().by_code:
        found["craft"] = "unknown_choice"
    if isinstance(year, int | float) and not (isinstance(year, int) and 1000 <= year <= today().year):
        found["recognised_year"] = "not_a_year"
    if isinstance(households, float):
        found["households"] = "not_whole"
    texts = content.get("activities") or {}
    numbers = {len(text.splitlines()) for text in texts.values() if text}
    if len(numbers) > 1:
        found["activities"] = "lines_differ"
    return found


def _place_faults(content: Content) -> dict[str, str]:
    code = content.get("place")
    return {"place": "unknown_choice"} if code and by_code(Place, code) is None else {}


def _sight_faults(_code: str, content: Content) -> dict[str, str]:
    return _place_faults(content)


def _route_faults(_code: str, content: Content) -> dict[str, str]:
    found = {}
    if isinstance(content.get("days"), float):
        found["days"] = "not_whole"
    places = [stop["at"] for stop in content.get("stops") or () if stop["at"]]
    if set(places) - route_actions.targets(places).keys():
        found["stops"] = "stop_unknown"
    return found


def _milestone_faults(_code: str, content: Content) -> dict[str, str]:
    try:
        PartialDate.parse(content.get("date") or "2000")
    except ValueError:
        return {"date": "not_a_day"}
    return {}


def _notice_faults(_code: str, content: Content) -> dict[str, str]:
    found = {}
    first, last = content.get("first_day"), content.get("last_day")
    if first and last and first > last:
        found["last_day"] = "days_upside_down"
    if not any(content.get(name) for name in ("everywhere", "villages", "routes")):
        found["everywhere"] = "shown_nowhere"
    for name, model in (("villages", CraftVillage), ("routes", TourRoute)):
        codes = set(content.get(name) or ())
        known = db.session.scalars(select(model.code).where(model.code.in_(codes)))
        if codes - set(known):
            found[name] = "unknown_choice"
    return found


# ---------------------------------------------------------------- taking down
def _archive_with_stops(kind: str, model: Any) -> Callable[[str, datetime | None], None]:
    """Whoever leaves takes the stops of routes along, and brings them back."""

    def take_down(code: str, moment: datetime | None) -> None:
        with archived_too():
            number = db.session.scalar(select(model.id).where(model.code == code))
        if number is not None:
            archive(model, code, moment)
            route_actions.archive_stops_at(kind, number, moment)

    return take_down


# ---------------------------------------------------------------- milestones, which have no code of their own
def _milestones(codes: Collection[str]) -> dict[str, Live]:
    positions = [position for code in codes if (position := milestones.position_of(code)) is not None]
    with archived_too():
        rows = db.session.scalars(select(Milestone).where(Milestone.position.in_(positions)))
        return {
            milestones.code_of(row): Live(OFFICE, milestones.content_of(row), None, row.archived_at)
            for row in rows
        }


def _milestone_owners() -> dict[str, str]:
    with archived_too():
        return {milestones.code_of(row): OFFICE for row in db.session.scalars(select(Milestone))}


def _milestone_codes(_name: str) -> Iterator[str]:
    return (f"{milestones.PREFIX}{number}" for number in count(1))


LISTINGS: dict[str, Listing] = {
    "village": _listing(
        forms.VILLAGE,
        CraftVillage,
        village_content,
        place_actions.apply_village,
        loads=(joinedload(CraftVillage.place),),
        faults=_village_faults,
        take_down=_archive_with_stops("village", CraftVillage),
    ),
    "route": _listing(
        forms.ROUTE,
        TourRoute,
        route_content,
        route_actions.apply_listing,
        loads=AT_STOPS,
        faults=_route_faults,
    ),
    "sight": _listing(
        forms.SIGHT,
        PointOfInterest,
        sight_content,
        place_actions.apply_sight,
        loads=(joinedload(PointOfInterest.place),),
        faults=_sight_faults,
        take_down=_archive_with_stops("sight", PointOfInterest),
    ),
    "scheme": _listing(forms.SCHEME, CertificationScheme, scheme_content, apply_scheme, grows=False),
    "milestone": Listing(
        forms.MILESTONE,
        _milestone_owners,
        _milestones,
        _milestone_faults,
        _applying(centre_actions.apply_milestone),
        centre_actions.archive_milestone,
        title="event",
        codes=_milestone_codes,
    ),
    "home": _listing(
        forms.HOME,
        HomeSection,
        pages.section_content,
        page_actions.apply_section,
        built_in=pages.built_in_sections,
        title="title",
    ),
    "about": _listing(
        forms.ABOUT,
        AboutPage,
        pages.page_content,
        page_actions.apply_page,
        built_in=pages.built_in_pages,
    ),
    "notice": _listing(
        forms.NOTICE,
        TravelNotice,
        pages.notice_content,
        page_actions.apply_notice,
        faults=_notice_faults,
        title="title",
    ),
}

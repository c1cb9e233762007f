"""Draft, review, publish, restore: the same for every kind of listing, down to the page and the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from catalogue.database import db, transaction
from catalogue.editorial import actions, deciding, revisions
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import OFFICE
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import NotAllowed, RuleBroken
from catalogue.kernel.language import Language
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.search.actions import refresh
from catalogue.search.everything import search_everything
from catalogue.web.language import speaking
from catalogue.web.staff.page_desk import public_address

CURATOR = Actor(5, "Tú", frozenset({"curator"}))
REVIEWER = Actor(3, "Hạnh", frozenset({"reviewer"}))
VIEWER = Actor(7, "Minh", frozenset({"viewer"}))
# A word that nothing of the data has.
WORD = "Zirkonia"
# The text of each kind in which a page shows it, and whether the search reads it.
SHOWN_IN = {
    "product": ("summary", True),
    "producer": ("summary", True),
    "village": ("text", True),
    "route": ("text", True),
    "sight": ("summary", True),
    "scheme": ("criteria", True),
    "milestone": ("event", True),
    "home": ("text", True),
    "about": ("text", True),
    "notice": ("text", False),  # for a few days, and on the pages that are found anyway
}


@dataclass
class Case:
    """One listing, its author, and where readers see it."""

    app: Flask
    kind: str
    code: str
    author: Actor
    field: str

    def open(self) -> Revision:
        found = revisions.open_revision(self.kind, self.code)
        assert found is not None
        return found

    def publish(self) -> None:
        with transaction():
            actions.submit(self.author, self.open())
        with transaction():
            deciding.approve(REVIEWER, self.open(), self.open().version)
            deciding.publish(REVIEWER, self.open())

    def page_says(self) -> bool:
        db.session.rollback()  # a reader begins anew, and does not go on in our transaction
        return WORD in self.app.test_client().get(self.address()).text

    def address(self) -> str:
        rooms = {"product": (Product, "products"), "producer": (Producer, "producers")}
        if self.kind in rooms:
            model, room = rooms[self.kind]
            row = by_code(model, self.code)
            assert row is not None
            return f"/en/{room}/{row.slug(Language.EN)}"
        with self.app.test_request_context("/en/"), speaking(Language.EN):
            found = public_address(self.kind, self.code)
        assert found
        return found

    def search_finds(self) -> bool:
        index = self.app.extensions["search_index"]
        with transaction():
            refresh(index)
        return search_everything(index, WORD, today()).total > 0


@pytest.fixture
def case(changed: Flask, request: pytest.FixtureRequest) -> Iterator[Case]:
    kind = request.param
    with changed.app_context():
        owners = LISTINGS[kind].owners()
        if kind == "notice":
            day = today().isoformat()
            with transaction():
                draft = actions.begin(CURATOR, kind, "", {"title": {"vi": "Đường sạt lở", "en": "Landslide"}})
                when = {"first_day": day, "last_day": day, "everywhere": "on"}
                actions.save_draft(CURATOR, draft, when, draft.version)
            owners = {draft.code: ""}
        code = min(owners)
        maker = owners[code]
        author = Actor(9, "Lan", speaks_for={maker: "owner"}) if maker else CURATOR
        case = Case(changed, kind, code, author, SHOWN_IN[kind][0])
        if kind == "notice":
            case.publish()
        yield case


@pytest.mark.parametrize("case", LISTINGS, indirect=True)
def test_a_draft_is_reviewed_published_and_taken_back_to_what_it_was(case: Case) -> None:
    before = LISTINGS[case.kind].read(case.code)
    assert before is not None
    old = before.content.get(case.field) or {}
    with transaction():
        draft = actions.open_draft(case.author, case.kind, case.code)
        new = {one: f"{old.get(one) or ''}\n\n{WORD} ({one})".strip() for one in ("vi", "en")}
        actions.save_draft(case.author, draft, {case.field: new}, draft.version)
    assert (case.page_says(), case.search_finds()) == (False, False)
    case.publish()
    assert case.page_says()
    assert case.search_finds() == SHOWN_IN[case.kind][1]
    first = revisions.numbered(case.kind, case.code, 1)
    with transaction():
        actions.restore(case.author, first)
    assert case.page_says()
    case.publish()
    assert not case.page_says()
    after = LISTINGS[case.kind].read(case.code)
    assert after is not None
    assert LISTINGS[case.kind].tidy(after.content) == LISTINGS[case.kind].tidy(before.content)
    assert not case.search_finds()


@pytest.mark.parametrize("case", sorted(set(LISTINGS) - {"product", "producer"}), indirect=True)
def test_whoever_only_reads_the_office_writes_nothing(case: Case) -> None:
    registrar = Actor(8, "Hà", frozenset({"registrar"}))
    for actor in (VIEWER, REVIEWER, registrar, Actor(9, "Lan", speaks_for={"anybody": "owner"})):
        with pytest.raises(NotAllowed), transaction():
            actions.open_draft(actor, case.kind, case.code)
        with pytest.raises(NotAllowed), transaction():
            actions.archive(actor, case.kind, case.code)
    assert revisions.open_revision(case.kind, case.code) is None


@pytest.mark.parametrize("case", sorted(set(LISTINGS) - {"product", "producer"}), indirect=True)
def test_what_leaves_the_catalogue_is_on_no_page_and_comes_back_whole(case: Case) -> None:
    before = LISTINGS[case.kind].read(case.code)
    assert before is not None
    if case.kind in {"home", "about"}:  # these words came with the site
        with pytest.raises(RuleBroken), transaction():
            actions.archive(case.author, case.kind, case.code)
        return
    with transaction():
        actions.archive(case.author, case.kind, case.code)
    client = case.app.test_client()
    assert client.get("/en/").status_code == 200
    assert client.get("/en/routes").status_code == 200
    gone = LISTINGS[case.kind].read(case.code)
    assert gone is not None
    assert gone.archived_at is not None
    with transaction():
        number = revisions.last_number(case.kind, case.code)
        actions.restore(case.author, revisions.numbered(case.kind, case.code, number))
    case.publish()
    db.session.expire_all()
    after = LISTINGS[case.kind].read(case.code)
    assert after is not None
    assert (after.archived_at, after.content) == (None, before.content)


@pytest.mark.parametrize("case", ["village", "home"], indirect=True)
def test_what_is_planned_shows_itself_at_its_moment(case: Case) -> None:
    planned = now().replace(microsecond=0) + timedelta(days=300)
    with transaction():
        draft = actions.open_draft(case.author, case.kind, case.code)
        actions.save_draft(case.author, draft, {case.field: {"vi": WORD, "en": WORD}}, draft.version)
        actions.submit(case.author, draft)
    with transaction():
        deciding.approve(REVIEWER, case.open(), case.open().version)
        deciding.schedule(REVIEWER, case.open(), planned)
    for moment, shown in ((planned - timedelta(seconds=1), False), (planned, True)):
        with time_machine.travel(moment, tick=False):
            assert case.page_says() == shown


NAME = {"vi": "Đồi thử Zirkonia", "en": "Zirkonia trial hill"}
# The least that a new one of each kind says.
NEW: dict[str, dict[str, object]] = {
    "village": {"name": NAME, "summary": NAME, "craft": "brocade", "recognition": "none-found"},
    "sight": {"name": NAME, "summary": NAME, "sight_kind": "lake"},
    "route": {"name": NAME, "summary": NAME, "days": 1, "mode": "car", "stops": [{"at": "sight:cho-da-lat"}]},
    "milestone": {"event": NAME, "date": "2027-01"},
    "home": {"title": NAME, "text": NAME},
    "about": {"name": NAME, "text": NAME},
    "notice": {"title": NAME, "first_day": "2020-01-01", "last_day": "2120-01-01", "everywhere": "on"},
}


def test_a_new_one_of_every_kind_that_grows_has_its_place_and_leaves_it(changed: Flask) -> None:
    grows = {kind for kind, listing in LISTINGS.items() if listing.grows} - {"product", "producer"}
    assert set(NEW) == grows
    with changed.app_context():
        for kind, content in NEW.items():
            with transaction():
                draft = actions.begin(CURATOR, kind, OFFICE, content)
                actions.save_draft(CURATOR, draft, content, draft.version)
            case = Case(changed, kind, draft.code, CURATOR, "")
            case.publish()
            assert case.page_says(), kind
            assert case.code == ("step-10" if kind == "milestone" else "doi-thu-zirkonia")
        assert changed.test_client().get("/en/villages").status_code == 200
        codes = {kind: "step-10" if kind == "milestone" else "doi-thu-zirkonia" for kind in NEW}
        paths = {kind: Case(changed, kind, code, CURATOR, "").address() for kind, code in codes.items()}
        with transaction():
            for kind, code in codes.items():
                actions.archive(CURATOR, kind, code)
        for kind, path in paths.items():
            assert WORD not in changed.test_client().get(path).text, kind


def test_every_kind_of_listing_is_walked_here() -> None:
    assert set(SHOWN_IN) == set(LISTINGS)

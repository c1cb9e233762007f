"""The translation desk: what is missing or stale is told by how many pages show it, and mended there."""

from __future__ import annotations

import pytest
from flask import Flask

from catalogue.database import transaction
from catalogue.editorial import actions, deciding, revisions, rules, translation_desk
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.models import Revision
from catalogue.editorial.translating import pieces, translate
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import today
from catalogue.kernel.errors import NotAllowed, RuleBroken
from catalogue.products.models import Product
from catalogue.records import by_code
from tests.integration.editorial.conftest import CURATOR, REVIEWER, SHAWL, WEAVER

TRANSLATOR = Actor(11, "Thảo", frozenset({"translator"}))
CODE = "khan-tho-cam"


def publish() -> None:
    with transaction():
        draft = revisions.open_revision("product", CODE)
        assert draft is not None
        if draft.state != "submitted":
            actions.submit(WEAVER, draft)
        deciding.approve(REVIEWER, draft, draft.version)
        deciding.publish(REVIEWER, draft)


@pytest.fixture
def shawl(catalogue: Flask) -> Flask:
    with transaction():
        actions.begin(WEAVER, "product", "to-det", SHAWL)
    publish()
    return catalogue


def came_back() -> Revision:
    """A translator's proposal that a reviewer sent back."""
    with transaction():
        translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Wofen."}}, (), 0)
        draft = revisions.open_revision("product", CODE)
        assert draft is not None
        deciding.send_back(REVIEWER, draft, draft.version, ["words"], None)
    return draft


def tasks(lacking: str = "") -> dict[str, translation_desk.Task]:
    return {
        f"{one.kind}:{one.code}": one
        for one in translation_desk.tasks(list(translation_desk.MODELS), lacking, 0, 100)[0]
    }


def test_what_lacks_a_language_is_told_with_the_pages_that_show_it(shawl: Flask) -> None:
    found = tasks()
    assert found[f"product:{CODE}"].missing == {"vi": 0, "en": 1}  # the summary
    assert found["producer:to-det"].impact == 2  # its own page and the shawl's
    assert list(found) == ["producer:to-det", f"product:{CODE}", "producer:lo-tra"]
    assert tasks("vi") == {}


def test_a_proposal_is_reviewed_and_then_the_task_is_done(shawl: Flask) -> None:
    with transaction():
        state = translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Woven for seven days."}}, (), 0)
    assert state == "submitted"
    draft = revisions.open_revision("product", CODE)
    assert draft is not None
    assert draft.answer_by == today() + rules.ANSWER_WITHIN
    product = by_code(Product, CODE)
    assert product is not None
    assert product.summary.en is None
    publish()
    assert product.summary.en == "Woven for seven days."
    assert f"product:{CODE}" not in tasks()


def test_a_changed_source_makes_the_translation_stale_until_somebody_says_otherwise(shawl: Flask) -> None:
    with transaction():
        translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Woven for seven days."}}, (), 0)
    publish()
    with transaction():
        draft = actions.open_draft(WEAVER, "product", CODE)
        new = {"vi": "Dệt tay tám ngày.", "en": "Woven for seven days."}
        actions.save_draft(WEAVER, draft, {"summary": new}, draft.version)
    publish()
    assert tasks("stale")[f"product:{CODE}"].stale == ["summary.en"]
    before = next(one for one in translation_desk.coverage() if one.kind == "product")
    with transaction():
        assert translate(TRANSLATOR, "product", CODE, {"en": {}}, {("summary", "en")}, 0) is None
    assert tasks("stale") == {}
    after = next(one for one in translation_desk.coverage() if one.kind == "product")
    assert (after.both, after.total) == (before.both + 1, before.total)


def test_a_draft_that_somebody_writes_takes_the_translation_along(shawl: Flask) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", CODE)
        actions.save_draft(WEAVER, draft, {"summary": {"vi": "Dệt tám ngày.", "en": None}}, draft.version)
    with transaction():
        state = translate(
            TRANSLATOR, "product", CODE, {"en": {"summary": "Woven for eight days."}}, (), draft.version
        )
    assert state == "draft"
    assert draft.content["summary"] == {"vi": "Dệt tám ngày.", "en": "Woven for eight days."}
    assert rules.stale(draft.content, draft.known_marks) == []


def test_a_proposal_that_came_back_goes_to_the_reviewers_again(shawl: Flask) -> None:
    came_back()
    with transaction():
        state = translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Woven for seven days."}}, (), 1)
    assert state == "submitted"
    draft = revisions.open_revision("product", CODE)
    assert draft is not None
    assert (draft.number, draft.answer_by) == (2, today() + rules.ANSWER_AGAIN_WITHIN)
    publish()
    product = by_code(Product, CODE)
    assert product is not None
    assert product.summary.en == "Woven for seven days."


def test_a_proposal_in_which_somebody_else_writes_by_now_stays_with_her(shawl: Flask) -> None:
    draft = came_back()
    with transaction():
        actions.save_draft(WEAVER, draft, {"material": {"vi": "bông", "en": None}}, draft.version)
    with transaction():
        state = translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Woven."}}, (), draft.version)
    assert state == "returned"


def test_nothing_but_the_asked_language_is_written(shawl: Flask) -> None:
    with transaction():
        translate(
            TRANSLATOR, "product", CODE, {"en": {"summary": "Woven.", "price": "1", "nothing": "x"}}, (), 0
        )
    draft = revisions.open_revision("product", CODE)
    assert draft is not None
    live = revisions.live_revision("product", CODE)
    assert live is not None
    assert [one.field for one in rules.diff(live.content, draft.content)] == ["summary"]
    assert draft.content["summary"]["vi"] == SHAWL["summary"]["vi"]


@pytest.mark.parametrize("actor", [WEAVER, CURATOR, REVIEWER])
def test_only_translators_write_at_the_desk(shawl: Flask, actor: Actor) -> None:
    with pytest.raises(NotAllowed), transaction():
        translate(actor, "product", CODE, {"en": {"summary": "Woven."}}, (), 0)


def test_what_is_with_the_reviewers_stays_as_it_was_sent(shawl: Flask) -> None:
    with transaction():
        translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Woven."}}, (), 0)
    with pytest.raises(RuleBroken), transaction():
        translate(TRANSLATOR, "product", CODE, {"en": {"summary": "Spun."}}, (), 0)


def test_each_note_of_a_stop_is_a_text_of_its_own(changed: Flask) -> None:
    with changed.app_context():
        live = LISTINGS["route"].read("da-lat-lang-biang")
        assert live is not None
        keys = [piece.key for piece in pieces("route", live.content, ())]
        assert "stops/sight:cho-da-lat" in keys
        with transaction():
            translate(
                TRANSLATOR,
                "route",
                "da-lat-lang-biang",
                {"en": {"stops/sight:cho-da-lat": "Meet here."}},
                (),
                0,
            )
        draft = revisions.open_revision("route", "da-lat-lang-biang")
        assert draft is not None
        first, *others = draft.content["stops"]
        assert first["note"]["en"] == "Meet here."
        assert others == live.content["stops"][1:]


def test_of_the_real_data_every_kind_is_counted(loaded: Flask) -> None:
    with loaded.app_context():
        found = {one.kind: one for one in translation_desk.coverage()}
        assert set(found) == set(translation_desk.COUNTED)
        assert all(0 <= one.both <= one.total for one in found.values())
        assert found["village"].percent == 100
        assert found["product"].total >= 2 * len(LISTINGS["product"].owners())

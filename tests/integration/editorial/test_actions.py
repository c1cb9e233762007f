"""A listing's way from a draft to the public page and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from catalogue import audit
from catalogue.archive import archived_too
from catalogue.database import db, transaction
from catalogue.editorial import actions, deciding, revisions, rules
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import State
from catalogue.kernel.clock import now
from catalogue.kernel.errors import Conflict, NotAllowed, RuleBroken
from catalogue.outbox import OutboxMessage
from catalogue.products.models import Product
from catalogue.records import by_code
from tests.integration.editorial.conftest import CURATOR, OTHER, REVIEWER, SECOND_REVIEWER, SHAWL, WEAVER


@pytest.fixture
def draft(catalogue: Flask) -> Revision:
    with transaction():
        return actions.begin(WEAVER, "product", "to-det", SHAWL)


@pytest.fixture
def live(draft: Revision) -> Revision:
    approve(draft)
    return draft


def approve(revision: Revision) -> None:
    with transaction():
        actions.submit(WEAVER, revision)
        deciding.approve(REVIEWER, revision, revision.version)
        deciding.publish(REVIEWER, revision)


def product() -> Product | None:
    return by_code(Product, "khan-tho-cam")


def save(revision: Revision, seen: int | None = None, **content: Any) -> None:
    with transaction():
        actions.save_draft(WEAVER, revision, content, revision.version if seen is None else seen)


def test_a_new_listing_is_no_product_until_it_is_published(draft: Revision) -> None:
    assert (draft.code, draft.number, draft.state) == ("khan-tho-cam", 1, State.DRAFT)
    with transaction():
        actions.submit(WEAVER, draft)
    assert product() is None
    with transaction():
        deciding.approve(REVIEWER, draft, draft.version)
    assert product() is None
    with transaction():
        deciding.publish(REVIEWER, draft)
    shown = product()
    assert shown is not None
    assert (shown.name.vi, shown.name.en, shown.slug_vi) == ("Khăn thổ cẩm", "Brocade shawl", "khan-tho-cam")
    assert shown.published_at == draft.published_at


def test_the_live_page_does_not_change_until_a_revision_is_published(live: Revision) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    save(draft, summary={"vi": "Dệt tay mười ngày.", "en": None})
    assert product().summary.vi == "Dệt tay bảy ngày."
    approve(draft)
    assert product().summary.vi == "Dệt tay mười ngày."
    assert [each.state for each in revisions.history("product", live.code)] == ["published", "archived"]


def test_two_people_never_overwrite_each_other(draft: Revision) -> None:
    seen = draft.version
    save(draft, seen, material={"vi": "bông", "en": None})
    with pytest.raises(Conflict):
        save(draft, seen, material={"vi": "lanh", "en": None})
    assert draft.content["material"]["vi"] == "bông"


def test_a_form_that_is_sent_twice_is_saved_once(draft: Revision) -> None:
    seen = draft.version
    save(draft, seen, material={"vi": "bông", "en": None})
    save(draft, seen, material={"vi": "bông", "en": None})
    assert draft.version == seen + 1


def test_another_makers_listing_is_refused(draft: Revision) -> None:
    for step in (
        lambda: actions.save_draft(OTHER, draft, SHAWL, draft.version),
        lambda: actions.submit(OTHER, draft),
        lambda: actions.set_aside(OTHER, draft),
        lambda: actions.restore(OTHER, draft),
        lambda: actions.open_draft(OTHER, "product", draft.code),
        lambda: actions.archive(OTHER, "product", draft.code),
        lambda: actions.begin(OTHER, "product", "to-det", SHAWL),
        lambda: actions.change_alone(OTHER, "product", draft.code, {"stock": "in_stock"}),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_only_a_reviewer_who_did_not_write_it_decides(draft: Revision) -> None:
    with transaction():
        actions.save_draft(REVIEWER, draft, {"material": {"vi": "bông", "en": None}}, draft.version)
        actions.submit(WEAVER, draft)
    for actor in (WEAVER, CURATOR, REVIEWER):
        with pytest.raises(NotAllowed):
            deciding.approve(actor, draft, draft.version)
        with pytest.raises(NotAllowed):
            deciding.send_back(actor, draft, draft.version, ["words"], None)
    deciding.approve(SECOND_REVIEWER, draft, draft.version)
    assert draft.state == State.APPROVED


def test_a_reviewer_decides_about_what_she_saw_and_nothing_newer(draft: Revision) -> None:
    with transaction():
        actions.submit(WEAVER, draft)
    seen = draft.version
    with transaction():
        actions.take_back(WEAVER, draft)
    save(draft, material={"vi": "bông", "en": None})
    with transaction():
        actions.submit(WEAVER, draft)
    with pytest.raises(Conflict):
        deciding.approve(REVIEWER, draft, seen)
    with pytest.raises(Conflict):
        deciding.send_back(REVIEWER, draft, seen, ["words"], None)


def test_what_is_sent_back_says_why_and_can_be_sent_again(draft: Revision) -> None:
    with transaction():
        actions.submit(WEAVER, draft)
    with pytest.raises(RuleBroken, match=r"review.without_reason"):
        deciding.send_back(REVIEWER, draft, draft.version, [], "  ")
    with transaction():
        deciding.send_back(REVIEWER, draft, draft.version, ["photograph"], "Chụp gần cửa sổ.")
    assert (draft.state, draft.reasons, draft.reason) == ("returned", ["photograph"], "Chụp gần cửa sổ.")
    approve(draft)
    assert product() is not None


def test_a_name_of_any_length_gets_a_code_that_fits_an_address(catalogue: Flask) -> None:
    with transaction():
        first, second = (
            actions.begin(WEAVER, "product", "to-det", SHAWL | {"name": {"vi": "khăn " * 9000, "en": None}})
            for _ in range(2)
        )
    assert first.code != second.code
    assert max(len(first.code), len(second.code)) <= actions.MOST_CODE + 10


def test_an_incomplete_listing_is_not_sent(catalogue: Flask) -> None:
    with transaction():
        draft = actions.begin(WEAVER, "product", "to-det", {"name": {"vi": "Khăn", "en": None}})
    with pytest.raises(RuleBroken) as refused:
        actions.submit(WEAVER, draft)
    assert refused.value.parameters["faults"] == {"category": "needed", "summary": "needed"}


def test_vietnamese_may_be_missing_until_it_is_published(catalogue: Flask) -> None:
    english = SHAWL | {"name": {"vi": None, "en": "Shawl"}, "summary": {"vi": None, "en": "Woven."}}
    with transaction():
        draft = actions.begin(WEAVER, "product", "to-det", english)
        actions.submit(WEAVER, draft)
    with pytest.raises(RuleBroken) as refused:
        deciding.approve(REVIEWER, draft, draft.version)
    assert refused.value.parameters["faults"] == {
        "name": "vietnamese_missing",
        "summary": "vietnamese_missing",
    }


def test_a_maker_changes_price_stock_and_season_alone(live: Revision) -> None:
    with transaction():
        actions.change_alone(
            WEAVER,
            "product",
            live.code,
            {"price": "680.000", "currency": "VND", "stock": "sold_out", "season_months": ["3"]},
        )
    shown = product()
    assert (int(shown.price), shown.currency, shown.stock, shown.season_months) == (
        680000,
        "VND",
        "sold_out",
        [3],
    )
    with pytest.raises(RuleBroken, match=r"revision.needs_review"):
        actions.change_alone(WEAVER, "product", live.code, {"name": {"vi": "Khác", "en": None}})


def test_a_price_changed_alone_survives_the_draft_that_was_open_beside_it(live: Revision) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    save(draft, summary={"vi": "Mới.", "en": None})
    with transaction():
        actions.change_alone(WEAVER, "product", live.code, {"price": "500", "currency": "USD"})
    approve(draft)
    assert (product().summary.vi, int(product().price)) == ("Mới.", 500)


@pytest.mark.parametrize("planned", [True, False])
def test_what_was_changed_at_once_after_a_draft_was_made_is_not_taken_back_by_it(
    live: Revision, monkeypatch: pytest.MonkeyPatch, planned: bool
) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    save(draft, price="50.000", currency="VND", summary={"vi": "Mới.", "en": None})
    with transaction():
        actions.submit(WEAVER, draft)
        if planned:
            moment = now() + timedelta(hours=1)
            deciding.approve(REVIEWER, draft, draft.version)
            deciding.schedule(REVIEWER, draft, moment)
    with transaction():
        actions.change_alone(WEAVER, "product", live.code, {"price": "49.000", "currency": "VND"})
    with transaction():
        if planned:
            monkeypatch.setattr(deciding, "now", lambda: moment)
            assert deciding.publish_due() == 1
        else:
            deciding.approve(REVIEWER, draft, draft.version)
            deciding.publish(REVIEWER, draft)
    assert (product().summary.vi, int(product().price), product().currency) == ("Mới.", 49000, "VND")
    told = audit.lines(audit.Asked(kind="product", target=live.code), 0, 1)[0]
    assert (told.verb, told.detail["kept"]) == ("publish", ["price"])


def test_a_draft_that_changes_only_the_stock_needs_no_review(live: Revision) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    save(draft, stock="to_order")
    with transaction():
        actions.publish_alone(WEAVER, draft)
    assert product().stock == "to_order"


def test_what_is_planned_is_public_from_its_moment_on(
    draft: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now() + timedelta(hours=1)
    with transaction():
        actions.submit(WEAVER, draft)
        deciding.approve(REVIEWER, draft, draft.version)
        with pytest.raises(RuleBroken, match=r"review.moment_is_past"):
            deciding.schedule(REVIEWER, draft, now() - timedelta(seconds=1))
        deciding.schedule(REVIEWER, draft, moment)
        assert deciding.publish_due() == 0
    monkeypatch.setattr(deciding, "now", lambda: moment)
    with transaction():
        assert deciding.publish_due() == 1
    assert product().published_at == moment
    assert revisions.next_planned() is None


def test_an_archived_listing_is_gone_and_can_come_back(live: Revision) -> None:
    with transaction():
        actions.archive(WEAVER, "product", live.code)
    assert product() is None
    assert db.session.scalar(select(func.count()).select_from(Product)) == 0
    assert db.session.execute(select(Product.id, Product.code)).all() == []
    with archived_too():
        assert product() is not None
    with transaction():
        draft = actions.restore(WEAVER, revisions.numbered("product", live.code, 1))
    approve(draft)
    assert product() is not None
    assert draft.code == live.code


def test_restoring_sets_the_open_draft_aside_and_loses_nothing(live: Revision) -> None:
    with transaction():
        second = actions.open_draft(WEAVER, "product", live.code)
    save(second, summary={"vi": "Nháp.", "en": None})
    with transaction():
        third = actions.restore(WEAVER, live)
    assert (second.state, second.content["summary"]["vi"]) == ("archived", "Nháp.")
    assert third.content == live.content
    with transaction():
        fourth = actions.restore(WEAVER, second)
    assert fourth.content["summary"]["vi"] == "Nháp."


def test_whoever_wrote_what_is_brought_back_does_not_decide_about_it(draft: Revision) -> None:
    with transaction():
        actions.save_draft(REVIEWER, draft, {"material": {"vi": "bông", "en": None}}, draft.version)
        actions.set_aside(WEAVER, draft)
        restored = actions.restore(WEAVER, draft)
        actions.submit(WEAVER, restored)
    with pytest.raises(NotAllowed):
        deciding.approve(REVIEWER, restored, restored.version)
    deciding.approve(SECOND_REVIEWER, restored, restored.version)
    assert restored.writers == [WEAVER.user_id, REVIEWER.user_id]


def test_what_staff_write_waits_for_the_makers_yes(draft: Revision) -> None:
    with transaction():
        actions.save_draft(REVIEWER, draft, {"material": {"vi": "bông", "en": None}}, draft.version)
    assert [each.id for each in revisions.unconfirmed(["to-det"])] == [draft.id]
    with pytest.raises(NotAllowed):
        actions.confirm(REVIEWER, draft)
    with transaction():
        actions.confirm(WEAVER, draft)
    assert revisions.unconfirmed(["to-det"]) == []
    assert draft.confirmed_by == "Ka Lan"


def test_what_the_catalogue_holds_from_elsewhere_is_the_first_revision(live: Revision) -> None:
    with transaction():
        product().summary = type(product().summary)("Từ nguồn khác.", None)
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    assert draft.content["summary"]["vi"] == "Từ nguồn khác."
    assert [each.state for each in revisions.history("product", live.code)] == [
        "draft",
        "published",
        "archived",
    ]


def test_the_office_hears_of_a_draft_and_the_index_of_a_publication(live: Revision) -> None:
    topics = [*db.session.scalars(select(OutboxMessage.topic))]
    assert {"revision.submitted", "revision.published", "search.apply"} <= set(topics)


def test_a_translation_is_stale_once_its_source_changes(live: Revision) -> None:
    with transaction():
        draft = actions.open_draft(WEAVER, "product", live.code)
    save(draft, summary={"vi": "Dệt tay bảy ngày.", "en": "Seven days by hand."})
    assert rules.stale(draft.content, draft.known_marks) == []
    save(draft, summary={"vi": "Dệt tay mười ngày.", "en": "Seven days by hand."})
    assert rules.stale(draft.content, draft.known_marks) == [("summary", "en")]
    save(draft, summary={"vi": "Dệt tay mười ngày.", "en": "Ten days by hand."})
    assert rules.stale(draft.content, draft.known_marks) == []

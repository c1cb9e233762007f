"""What changed, what is merged, who may do what, and when a translation is stale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from catalogue.editorial import rules
from catalogue.editorial.rules import State, Step
from catalogue.kernel.actor import Actor

MOMENT = datetime(2026, 11, 26, tzinfo=UTC)
MAKER = Actor(1, "Lan", speaks_for={"to-det": "owner"})
REVIEWER = Actor(2, "Hạnh", frozenset({"reviewer"}))


def text(vi: str | None, en: str | None = None) -> dict[str, str | None]:
    return {"vi": vi, "en": en}


def test_only_what_differs_is_a_change_and_nothing_equals_nothing() -> None:
    live = {"name": text("Khăn"), "unit": None, "keywords": None}
    proposed = {"name": text("Khăn mới"), "unit": "piece", "keywords": {"vi": [], "en": []}}
    assert [(one.field, one.before, one.after) for one in rules.diff(live, proposed)] == [
        ("name", text("Khăn"), text("Khăn mới")),
        ("unit", None, "piece"),
    ]


def test_what_the_author_left_alone_follows_the_live_page() -> None:
    base = {"name": text("Khăn"), "price": 500}
    merged = rules.merge(base, {"name": text("Khăn mới"), "price": 500}, {"name": text("Khăn"), "price": 680})
    assert merged == {"name": text("Khăn mới"), "price": 680}


@pytest.mark.parametrize("theirs", [text("9–16"), None])
def test_each_language_of_a_text_is_changed_by_itself(theirs: object) -> None:
    base = {"hours": text("8–17") if theirs else None}
    mine = {"hours": {"vi": base["hours"] and "8–17", "en": "8 to 5"}}
    merged = rules.merge(base, mine, {"hours": theirs})
    assert merged == {"hours": {"vi": theirs and "9–16", "en": "8 to 5"}}
    assert rules.clashes(base, mine, {"hours": theirs}) == []
    assert rules.clashes(base, mine, {"hours": {"vi": None, "en": "9 to 4"}}) == ["hours.en"]


def test_a_price_its_currency_and_on_request_are_one_thing() -> None:
    base: dict[str, object] = {"price": None, "currency": None, "price_on_request": None, "stock": None}
    priced = base | {"price": 33000, "currency": "VND"}
    asked = base | {"price_on_request": True}
    assert rules.clashes(base, priced, asked) == ["price"]
    merged = rules.merge(base, priced, base | {"stock": "sold_out"})
    assert merged == priced | {"stock": "sold_out"}
    assert rules.clashes(base, priced, priced) == []


def test_of_what_clashes_only_what_is_changed_at_once_stays() -> None:
    base = {"price": 50, "material": text("bông")}
    mine, live = {"price": 60, "material": text("lanh")}, {"price": 49, "material": text("tơ")}
    assert rules.clashes(base, mine, live) == ["price", "material.vi"]
    kept = rules.changed_alone("product", base, mine, live)
    assert kept == ["price"]
    assert rules.merge(base, mine, live, kept) == {"price": 49, "material": text("lanh")}


def test_a_field_that_the_author_emptied_stays_empty() -> None:
    assert rules.merge({"unit": "kg"}, {"unit": None}, {"unit": "kg"}) == {"unit": None}


@pytest.mark.parametrize(
    ("proposed", "live", "clashing"),
    [
        ({"price": 500, "stock": "sold_out"}, {"price": 680, "stock": None}, []),
        ({"price": 700, "stock": None}, {"price": 680, "stock": None}, ["price"]),
        ({"price": 680, "stock": None}, {"price": 680, "stock": None}, []),
        ({"price": None, "stock": None}, {"price": 680, "stock": "to_order"}, ["price"]),
    ],
)
def test_two_people_clash_where_both_changed_a_field_to_something_else(
    proposed: dict[str, object], live: dict[str, object], clashing: list[str]
) -> None:
    assert rules.clashes({"price": 500, "stock": None}, proposed, live) == clashing


@pytest.mark.parametrize(
    ("changed", "is_live", "allowed"),
    [
        ({"price", "currency"}, True, True),
        ({"stock"}, True, True),
        ({"price", "name"}, True, False),
        ({"price"}, False, False),
        (set(), True, False),
    ],
)
def test_price_stock_and_season_need_no_review_on_a_live_page(
    changed: set[str], is_live: bool, allowed: bool
) -> None:
    assert rules.may_publish_alone("product", changed, is_live=is_live) is allowed


def test_nobody_reviews_what_they_wrote_and_only_reviewers_review() -> None:
    assert rules.may_review(REVIEWER, [1])
    assert not rules.may_review(REVIEWER, [1, 2])
    assert not rules.may_review(MAKER, [])
    assert not rules.may_review(Actor(3, "", frozenset({"administrator"})), [])


def test_a_maker_confirms_and_staff_cannot_confirm_for_it() -> None:
    assert rules.may_confirm(MAKER, "to-det")
    assert not rules.may_confirm(REVIEWER, "to-det")


def test_what_waits_is_not_written_on_and_what_is_public_is_not_submitted() -> None:
    assert not rules.can(Step.SAVE, State.SUBMITTED)
    assert not rules.can(Step.SUBMIT, State.PUBLISHED)
    assert rules.can(Step.SEND_BACK, State.APPROVED)


def marks(*steps: dict[str, str | None]) -> list[rules.Mark]:
    known: list[rules.Mark] = []
    for before, after in zip(({}, *steps), steps, strict=False):
        known = rules.marks_after({"name": before} if before else {}, {"name": after}, known, "Lan", MOMENT)
    return known


@pytest.mark.parametrize(
    ("steps", "stale"),
    [
        ([text("a"), text("a", "A")], []),
        ([text("a"), text("a", "A"), text("b", "A")], [("name", "en")]),
        ([text("a"), text("a", "A"), text("b", "A"), text("b", "B")], []),
        ([text(None, "A"), text("a", "A"), text("a", "B")], [("name", "vi")]),
        ([text("a", "A"), text("b", "B")], []),
        ([text("a", "A"), text("b", "A"), text("b", None)], []),
        ([text("a"), text("a", "A"), text("a ", "A")], []),
    ],
)
def test_a_translation_is_stale_when_its_source_changed_since(
    steps: list[dict[str, str | None]], stale: list[tuple[str, str]]
) -> None:
    assert rules.stale({"name": steps[-1]}, marks(*steps)) == stale


def test_an_old_translation_of_unknown_origin_becomes_stale_when_the_vietnamese_changes() -> None:
    known = rules.marks_after({"name": text("a", "A")}, {"name": text("b", "A")}, [], "Lan", MOMENT)
    assert rules.stale({"name": text("b", "A")}, known) == [("name", "en")]


@pytest.mark.parametrize(
    ("sent", "came_back", "day"),
    [
        (datetime(2026, 11, 26, 16, 59, tzinfo=UTC), False, date(2026, 12, 1)),
        (datetime(2026, 11, 26, 17, 0, tzinfo=UTC), False, date(2026, 12, 2)),  # midnight in Đà Lạt
        (datetime(2026, 11, 26, 16, 59, tzinfo=UTC), True, date(2026, 11, 28)),
    ],
)
def test_an_answer_is_promised_within_five_days_and_sooner_for_what_came_back(
    sent: datetime, came_back: bool, day: date
) -> None:
    assert rules.answer_by(sent, came_back=came_back) == day


def test_what_lacks_a_language_or_is_out_of_date_is_to_be_translated() -> None:
    content = {
        "name": text("Khăn", "Shawl"),
        "summary": text("Dệt tay."),
        "material": text(None, "cotton"),
        "technique": text(None),
        "description": text("Mười ngày.", "Seven days."),
        "keywords": {"vi": ["khăn"], "en": []},
        "price": 500,
    }
    outdated = rules.Mark("description", "en", rules.source_hash("Bảy ngày."), "human", "Lan", MOMENT)
    assert rules.to_translate(content, [outdated]) == [
        ("summary", "en"),
        ("material", "vi"),
        ("description", "en"),
    ]


@pytest.mark.parametrize(
    ("role", "sees", "takes", "translates"),
    [
        ("viewer", True, False, False),
        ("translator", True, False, True),
        ("reviewer", True, True, True),
        ("administrator", True, False, False),
        ("registrar", False, False, False),
        ("curator", False, False, False),
    ],
)
def test_the_desk_is_open_to_those_who_work_there_or_look_on(
    role: str, sees: bool, takes: bool, translates: bool
) -> None:
    actor = Actor(5, "Sơn", frozenset({role}))
    asked = (rules.may_see_reviews(actor), rules.may_take_reviews(actor), rules.may_add_language(actor))
    assert asked == (sees, takes, translates)


@pytest.mark.parametrize("state", State)
def test_a_decision_is_undone_while_nobody_has_seen_its_effect(state: State) -> None:
    assert rules.can(Step.UNDO, state) is (state in {State.APPROVED, State.RETURNED})


def test_a_note_of_a_stop_that_changed_makes_its_translation_stale_and_a_new_order_does_not() -> None:
    def stops(*notes: tuple[str, str, str]) -> dict[str, object]:
        return {"stops": [{"at": at, "minutes": None, "note": {"vi": vi, "en": en}} for at, vi, en in notes]}

    before = stops(("sight:a", "Nghỉ", "Rest"), ("sight:b", "Ăn", "Eat"))
    turned = stops(("sight:b", "Ăn", "Eat"), ("sight:a", "Nghỉ", "Rest"))
    marks = rules.marks_after({}, before, (), "Lan", MOMENT)
    assert rules.stale(turned, rules.marks_after(before, turned, marks, "Lan", MOMENT)) == []
    changed = stops(("sight:a", "Nghỉ trưa", "Rest"), ("sight:b", "Ăn", "Eat"))
    assert rules.stale(changed, rules.marks_after(before, changed, marks, "Lan", MOMENT)) == [("stops", "en")]

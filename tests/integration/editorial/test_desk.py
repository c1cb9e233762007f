"""The reviewers' desk: in which order, in whose hands, undone in time, translated in place, and noted."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from catalogue import audit, slugs
from catalogue.audit import AuditEvent
from catalogue.database import db, transaction
from catalogue.editorial import actions, deciding, desk, queue, revisions
from catalogue.editorial.models import Revision
from catalogue.editorial.queue import Show, Sort, Wanted
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now, today
from catalogue.kernel.errors import Conflict, NotAllowed, RuleBroken
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.producers.rules import ProducerKind
from tests.integration.editorial.conftest import CURATOR, REVIEWER, SECOND_REVIEWER, SHAWL, WEAVER

REGISTRAR = Actor(78, "Nga", frozenset({"registrar"}))
TRANSLATOR = Actor(6, "Vy", frozenset({"translator"}))
VIEWER = Actor(7, "Bình", frozenset({"viewer"}))


def sent(name: str = "Khăn thổ cẩm", **changed: Any) -> Revision:
    """A new listing that waits at the office."""
    with transaction():
        draft = actions.begin(
            WEAVER, "product", "to-det", SHAWL | {"name": {"vi": name, "en": "Shawl"}} | changed
        )
        actions.submit(WEAVER, draft)
    return draft


def done(act: Callable[..., object], *given: Any, **named: Any) -> None:
    with transaction():
        act(*given, **named)


def names(wanted: Wanted, reviewer: Actor = REVIEWER) -> list[str]:
    return [one.content["name"]["vi"] for one in queue.files(wanted, reviewer.user_id, 0, 50)[0]]


def test_the_file_whose_answer_is_due_first_comes_first(catalogue: Flask) -> None:
    with time_machine.travel("2026-11-20T03:00:00Z", tick=False):
        early = sent("Sớm")
        done(deciding.send_back, REVIEWER, early, early.version, ["words"], None)
    with time_machine.travel("2026-11-22T03:00:00Z", tick=False):
        sent("Giữa")
    with time_machine.travel("2026-11-23T03:00:00Z", tick=False):
        sent("Muộn")
        done(actions.submit, WEAVER, early)  # mended: answered within two days
        assert names(Wanted()) == ["Sớm", "Giữa", "Muộn"]
        done(desk.promise, REVIEWER, revisions.open_revision("product", "muon"), today())
        assert names(Wanted()) == ["Muộn", "Sớm", "Giữa"]
        assert names(Wanted(sort=Sort.NEWEST))[-1] == "Giữa"


def test_a_day_that_is_over_cannot_be_promised(catalogue: Flask) -> None:
    waiting = sent()
    with pytest.raises(RuleBroken, match=r"review.day_is_past"):
        desk.promise(REVIEWER, waiting, today() - timedelta(days=1))
    with pytest.raises(RuleBroken, match=r"review.day_too_far"):
        desk.promise(REVIEWER, waiting, today().replace(year=9999))


def test_two_who_ask_for_the_next_file_never_get_the_same(catalogue: Flask) -> None:
    for name in ("Một", "Hai"):
        sent(name)
    with transaction():
        first, second = desk.take_next(REVIEWER), desk.take_next(SECOND_REVIEWER)
    assert {first.code, second.code} == {"mot", "hai"}
    with transaction():
        assert desk.take_next(REVIEWER) is None
    assert names(Wanted(Show.MINE)) == ["Một"]
    assert names(Wanted(Show.FREE)) == []


def test_what_a_colleague_has_in_hand_is_decided_by_nobody_else(catalogue: Flask) -> None:
    waiting = sent()
    done(desk.take, REVIEWER, waiting)
    for act in (
        lambda: desk.take(SECOND_REVIEWER, waiting),
        lambda: deciding.approve(SECOND_REVIEWER, waiting, waiting.version),
        lambda: deciding.send_back(SECOND_REVIEWER, waiting, waiting.version, ["words"], None),
    ):
        with pytest.raises(Conflict, match=r"review.taken"):
            act()
    done(desk.take, SECOND_REVIEWER, waiting, over=True)
    done(deciding.approve, SECOND_REVIEWER, waiting, waiting.version)
    with pytest.raises(Conflict, match=r"review.taken"):
        deciding.publish(REVIEWER, waiting)


def test_a_file_laid_back_is_everybodys_again(catalogue: Flask) -> None:
    waiting = sent()
    done(desk.take, REVIEWER, waiting)
    with pytest.raises(RuleBroken, match=r"review.not_in_hand"):
        desk.let_go(SECOND_REVIEWER, waiting)
    done(desk.let_go, REVIEWER, waiting)
    done(desk.take, SECOND_REVIEWER, waiting)
    assert waiting.taken_by == "Sơn"


def test_what_was_mended_comes_back_to_who_sent_it_back(catalogue: Flask) -> None:
    waiting = sent()
    done(deciding.send_back, REVIEWER, waiting, waiting.version, ["words"], None)
    done(actions.submit, WEAVER, waiting)
    assert names(Wanted(Show.MINE)) == ["Khăn thổ cẩm"]


@pytest.mark.parametrize("actor", [CURATOR, TRANSLATOR, VIEWER, WEAVER])
def test_only_reviewers_work_through_the_queue(catalogue: Flask, actor: Actor) -> None:
    waiting = sent()
    for act in (
        lambda: desk.take(actor, waiting),
        lambda: desk.take_next(actor),
        lambda: desk.let_go(actor, waiting),
        lambda: desk.promise(actor, waiting, today()),
        lambda: deciding.undo(actor, waiting),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_takes_what_they_wrote_themselves(catalogue: Flask) -> None:
    waiting = sent()
    done(actions.take_back, WEAVER, waiting)
    done(actions.save_draft, REVIEWER, waiting, {"material": {"vi": "bông", "en": None}}, waiting.version)
    done(actions.submit, WEAVER, waiting)
    with pytest.raises(NotAllowed):
        desk.take(REVIEWER, waiting)
    with transaction():
        assert desk.take_next(REVIEWER) is None


def test_a_plan_is_undone_until_its_moment(catalogue: Flask) -> None:
    waiting = sent()
    done(deciding.approve, REVIEWER, waiting, waiting.version)
    done(deciding.schedule, REVIEWER, waiting, now() + timedelta(days=1))
    done(deciding.undo, REVIEWER, waiting)
    assert (waiting.state, waiting.publish_at, waiting.decided_by) == ("submitted", None, None)
    assert revisions.next_planned() is None
    done(deciding.approve, REVIEWER, waiting, waiting.version)
    done(deciding.publish, REVIEWER, waiting)
    with pytest.raises(RuleBroken, match=r"revision.not_in_this_state"):
        deciding.undo(REVIEWER, waiting)


def test_what_was_sent_back_is_undone_until_the_maker_goes_on(catalogue: Flask) -> None:
    waiting = sent()
    done(deciding.send_back, REVIEWER, waiting, waiting.version, ["words"], "Viết rõ hơn.")
    done(deciding.undo, REVIEWER, waiting)
    assert (waiting.state, waiting.reasons, waiting.reason) == ("submitted", [], None)
    done(deciding.send_back, REVIEWER, waiting, waiting.version, ["words"], None)
    done(actions.save_draft, WEAVER, waiting, {"material": {"vi": "bông", "en": None}}, waiting.version)
    done(actions.submit, WEAVER, waiting)
    with pytest.raises(RuleBroken, match=r"revision.not_in_this_state"):
        deciding.undo(REVIEWER, waiting)


def test_a_missing_language_is_written_in_place_and_another_decides(catalogue: Flask) -> None:
    waiting = sent()
    seen = waiting.version
    done(desk.take, REVIEWER, waiting)
    wanted = {("summary", "en"): " Woven by hand in seven days. ", ("name", "vi"): "Đổi tên"}
    done(desk.translate, REVIEWER, waiting, wanted, seen)
    assert waiting.content["summary"] == {"vi": "Dệt tay bảy ngày.", "en": "Woven by hand in seven days."}
    assert waiting.content["name"]["vi"] == "Khăn thổ cẩm"  # only what was missing
    assert (waiting.state, waiting.taken_by, waiting.assisted) == ("submitted", None, True)
    assert [(mark.field, mark.language, mark.author) for mark in waiting.known_marks] == [
        ("name", "en", "Ka Lan"),
        ("summary", "en", "Hạnh"),
    ]
    with pytest.raises(NotAllowed):
        deciding.approve(REVIEWER, waiting, waiting.version)
    with pytest.raises(Conflict):
        deciding.approve(SECOND_REVIEWER, waiting, seen)
    done(deciding.approve, SECOND_REVIEWER, waiting, waiting.version)


def test_a_translation_of_something_older_is_a_conflict_and_nothing_is_none(catalogue: Flask) -> None:
    waiting = sent()
    with pytest.raises(Conflict):
        desk.translate(TRANSLATOR, waiting, {("summary", "en"): "Woven."}, waiting.version - 1)
    with pytest.raises(RuleBroken, match=r"revision.nothing_changed"):
        desk.translate(TRANSLATOR, waiting, {("summary", "en"): "  "}, waiting.version)
    with pytest.raises(RuleBroken, match=r"revision.incomplete"):
        desk.translate(TRANSLATOR, waiting, {("summary", "en"): "x" * 301}, waiting.version)
    with pytest.raises(NotAllowed):
        desk.translate(CURATOR, waiting, {("summary", "en"): "Woven."}, waiting.version)


def test_filters_narrow_the_queue(catalogue: Flask) -> None:
    sent("Khăn một", summary={"vi": "Dệt.", "en": "Woven."})
    sent("Khăn hai")
    assert names(Wanted(untranslated=True)) == ["Khăn hai"]
    assert names(Wanted(words="khăn MỘT")) == ["Khăn một"]
    assert names(Wanted(words="Tổ dệt")) == ["Khăn một", "Khăn hai"]
    assert names(Wanted(kind="producer")) == []
    assert names(Wanted(is_new=False)) == []
    assert queue.numbers(REVIEWER.user_id) == {
        Show.WAITING: 2,
        Show.MINE: 0,
        Show.FREE: 2,
        Show.PLANNED: 0,
        Show.RETURNED: 0,
    }


def test_a_file_is_found_by_the_names_that_the_desk_shows(catalogue: Flask) -> None:
    sent("Khăn một")
    with transaction():
        draft = actions.begin(WEAVER, "product", "to-det", SHAWL | {"name": {"vi": "Khăn hai", "en": None}})
        renamed = {"name": {"vi": "Tấm choàng K’Ho", "en": "Wrap"}}
        actions.save_draft(WEAVER, draft, renamed, draft.version)
        actions.submit(WEAVER, draft)
        maker = db.session.scalars(select(Producer).where(Producer.code == "to-det")).one()
        maker.name = Bilingual("Hợp tác xã Đạ Sar", None)
        slugs.address(maker)
    for words in ("tam choang", "choàng k'ho", "WRAP", "khan-hai"):
        assert names(Wanted(words=words)) == ["Tấm choàng K’Ho"], words
    assert names(Wanted(words="hop tac xa", sort=Sort.FILE, descending=True)) == [
        "Khăn một",
        "Tấm choàng K’Ho",
    ]
    assert queue.files(Wanted(words="đạ sar"), None, 1, 1)[1] == 2
    assert names(Wanted(words="jambuxyz")) == []


def test_every_act_on_a_listing_leaves_a_line(catalogue: Flask) -> None:
    """Told by what each act is called in the log; an act without a line has no entry here and fails."""
    lines = {
        "begin": "begin",
        "begin_producer": "enter maker",
        "open_draft": "begin",
        "save_draft": "write",
        "add_photograph": None,  # a save like any other: the revision says who wrote in it
        "set_aside": "set_aside",
        "restore": "restore",
        "submit": "submit",
        "take_back": "take_back",
        "publish_alone": "publish",
        "change_alone": "publish",
        "confirm": "confirm",
        "archive": "archive",
        "send_back": "send_back",
        "approve": "approve",
        "schedule": "plan",
        "publish": "publish",
        "undo": "undo",
        "publish_due": "publish",
        "take": "take",
        "take_next": "take",
        "let_go": "let_go",
        "promise": "promise",
        "translate": "translate",
    }
    acts = {
        name
        for module in (actions, deciding, desk)
        for name, act in inspect.getmembers(module, inspect.isfunction)
        if act.__module__ == module.__name__ and not name.startswith("_")
    }
    assert acts == set(lines)

    waiting = sent()
    done(desk.take, REVIEWER, waiting)
    done(desk.let_go, REVIEWER, waiting)
    done(desk.promise, REVIEWER, waiting, today())
    done(desk.translate, TRANSLATOR, waiting, {("summary", "en"): "Woven."}, waiting.version)
    done(deciding.send_back, REVIEWER, waiting, waiting.version, ["words"], "Viết rõ hơn.")
    done(deciding.undo, REVIEWER, waiting)
    done(actions.take_back, WEAVER, waiting)
    done(actions.save_draft, CURATOR, waiting, {"material": {"vi": "bông", "en": None}}, waiting.version)
    done(actions.submit, WEAVER, waiting)
    done(actions.confirm, WEAVER, waiting)
    done(deciding.approve, REVIEWER, waiting, waiting.version)
    done(deciding.schedule, REVIEWER, waiting, now() + timedelta(days=1))
    done(deciding.publish, REVIEWER, waiting)
    done(actions.change_alone, WEAVER, "product", waiting.code, {"stock": "in_stock"})
    with transaction():
        second = actions.open_draft(WEAVER, "product", waiting.code)
        actions.set_aside(WEAVER, second)
        third = actions.restore(WEAVER, second)
        actions.set_aside(WEAVER, third)
        actions.archive(WEAVER, "product", waiting.code)
        actions.begin_producer(REGISTRAR, "Tổ mới", ProducerKind.HOUSEHOLD, None, "Lan")
    noted = {event.verb for event in db.session.scalars(select(AuditEvent))}
    assert noted == {verb for verb in lines.values() if verb}
    told = audit.lines(audit.Asked(verb="send_back"))[0]
    assert (told.kind, told.target, told.actor, told.reason) == (
        "product",
        waiting.code,
        "Hạnh",
        "Viết rõ hơn.",
    )
    assert told.detail == {"number": 1, "reasons": ["words"]}
    assert audit.verify() is None

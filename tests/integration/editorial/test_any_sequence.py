"""Whatever anybody does in whatever order: one version is live, one at most is open, nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

import config
from catalogue import audit, create_app
from catalogue.archive import archived_too
from catalogue.database import db, transaction
from catalogue.editorial import actions, deciding, desk, revisions
from catalogue.editorial.models import Revision
from catalogue.editorial.rules import OPEN
from catalogue.kernel.actor import Actor
from catalogue.kernel.clock import now
from catalogue.kernel.errors import CatalogueError
from catalogue.products.models import Product
from catalogue.records import by_code
from tests.integration.editorial.conftest import REVIEWER, SECOND_REVIEWER, SHAWL, WEAVER, fill

TEXTS = st.sampled_from(["Bảy ngày.", "Mười ngày.", "Một tháng.", ""])
REVIEWERS = st.sampled_from([REVIEWER, SECOND_REVIEWER])
TRANSLATOR = Actor(6, "Vy", frozenset({"translator"}))
CODE = "khan-tho-cam"


class Editing(RuleBasedStateMachine):
    """A maker, a reviewer and the clock over one listing; a step that is not allowed changes nothing."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        with transaction():
            for row in (*db.session.scalars(select(Revision)), *self._products()):
                db.session.delete(row)
        with transaction():
            actions.begin(WEAVER, "product", "to-det", SHAWL)
        self.known: dict[int, dict[str, Any]] = {}
        self.clock = timedelta()

    def teardown(self) -> None:
        self.context.pop()

    def _products(self) -> list[Product]:
        with archived_too():
            return list(db.session.scalars(select(Product)))

    def _try(self, step: Any) -> None:
        try:
            with transaction():
                step()
        except CatalogueError:
            db.session.expire_all()

    def _on_open(self, step: Any) -> None:
        revision = revisions.open_revision("product", CODE)
        if revision is not None:
            self._try(lambda: step(revision))

    @rule(text=TEXTS)
    def edit(self, text: str) -> None:
        def step() -> None:
            draft = actions.open_draft(WEAVER, "product", CODE)
            actions.save_draft(WEAVER, draft, {"summary": {"vi": text, "en": None}}, draft.version)

        self._try(step)

    @rule(seen=st.integers(0, 3))
    def edit_what_was_seen_long_ago(self, seen: int) -> None:
        self._on_open(
            lambda one: actions.save_draft(WEAVER, one, {"material": {"vi": "lanh", "en": None}}, seen)
        )

    @rule(stock=st.sampled_from(["in_stock", "to_order", "sold_out"]))
    def change_alone(self, stock: str) -> None:
        self._try(lambda: actions.change_alone(WEAVER, "product", CODE, {"stock": stock}))

    @rule()
    def submit(self) -> None:
        self._on_open(lambda one: actions.submit(WEAVER, one))

    @rule()
    def take_back(self) -> None:
        self._on_open(lambda one: actions.take_back(WEAVER, one))

    @rule()
    def send_back(self) -> None:
        self._on_open(lambda one: deciding.send_back(REVIEWER, one, one.version, ["words"], None))

    @rule()
    def approve(self) -> None:
        self._on_open(lambda one: deciding.approve(REVIEWER, one, one.version))

    @rule()
    def schedule(self) -> None:
        self._on_open(lambda one: deciding.schedule(REVIEWER, one, now() + timedelta(milliseconds=1)))

    @rule(reviewer=REVIEWERS, over=st.booleans())
    def take(self, reviewer: Actor, over: bool) -> None:
        self._on_open(lambda one: desk.take(reviewer, one, over=over))

    @rule(reviewer=REVIEWERS)
    def take_next(self, reviewer: Actor) -> None:
        self._try(lambda: desk.take_next(reviewer))

    @rule(reviewer=REVIEWERS)
    def let_go(self, reviewer: Actor) -> None:
        self._on_open(lambda one: desk.let_go(reviewer, one))

    @rule(reviewer=REVIEWERS)
    def undo(self, reviewer: Actor) -> None:
        self._on_open(lambda one: deciding.undo(reviewer, one))

    @rule(text=TEXTS)
    def translate(self, text: str) -> None:
        self._on_open(lambda one: desk.translate(TRANSLATOR, one, {("summary", "en"): text}, one.version))

    @rule()
    def publish(self) -> None:
        self._on_open(lambda one: deciding.publish(REVIEWER, one))

    @rule()
    def let_time_pass(self) -> None:
        self._try(deciding.publish_due)

    @rule()
    def publish_alone(self) -> None:
        self._on_open(lambda one: actions.publish_alone(WEAVER, one))

    @rule()
    def set_aside(self) -> None:
        self._on_open(lambda one: actions.set_aside(WEAVER, one))

    @rule()
    def archive(self) -> None:
        self._try(lambda: actions.archive(WEAVER, "product", CODE))

    @rule(number=st.integers(1, 12))
    def restore(self, number: int) -> None:
        self._try(lambda: actions.restore(WEAVER, revisions.numbered("product", CODE, number)))

    @invariant()
    def one_is_live_and_one_at_most_is_open(self) -> None:
        history = revisions.history("product", CODE)
        assert sum(one.state == "published" for one in history) <= 1
        assert sum(one.state in OPEN for one in history) <= 1

    @invariant()
    def the_history_is_complete_and_what_is_closed_never_changes(self) -> None:
        history = revisions.history("product", CODE)
        assert [one.number for one in history] == list(range(len(history), 0, -1))
        closed = {one.number: one.content for one in history if one.state in ("published", "archived")}
        for number, content in self.known.items():
            assert closed[number] == content
        self.known = closed

    @invariant()
    def nobody_decided_about_their_own_words_and_the_log_is_whole(self) -> None:
        for one in revisions.history("product", CODE):
            assert one.decided_by_id is None or one.decided_by_id not in one.writers
        assert audit.verify() is None

    @invariant()
    def readers_see_what_is_live_and_nothing_else(self) -> None:
        live = revisions.live_revision("product", CODE)
        shown = by_code(Product, CODE)
        assert (shown is None) == (live is None)
        if shown is not None and live is not None:
            assert shown.summary.vi == live.content["summary"]["vi"]
            assert shown.stock == live.content["stock"]


@pytest.mark.slow
def test_any_sequence_of_steps_keeps_the_promises(migrated_instance: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Editing.app = create_app(
            config.Testing(shutil.copytree(migrated_instance, Path(folder) / "instance"))
        )
        with Editing.app.app_context():
            fill()
        run_state_machine_as_test(
            Editing,
            settings=settings(
                max_examples=25,
                stateful_step_count=30,
                suppress_health_check=list(HealthCheck),
            ),
        )
        with Editing.app.app_context():
            db.engine.dispose()

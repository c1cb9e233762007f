"""Files are made by the worker, all at once; what is lost is made again, and what nothing names goes."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

import config
from catalogue import create_app, outbox
from catalogue.adapters.storage import Blob
from catalogue.database import db, transaction
from catalogue.kernel.photo import RECIPE
from catalogue.kernel.photo_likeness import Print, alike
from catalogue.media import actions, queries, upkeep
from catalogue.media.models import Rendition
from catalogue.media.queries import Picture
from catalogue.media.rules import SubjectKind
from catalogue.media.upkeep import Swept
from tests import s3
from tests.integration.media.conftest import Darkroom, photograph

LATER = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture(params=["disk", "s3"])
def darkroom(request: pytest.FixtureRequest, migrated_instance: Path, tmp_path: Path) -> Darkroom:
    """An empty site on each kind of storage."""
    settings = config.Testing(shutil.copytree(migrated_instance, tmp_path / "instance"))
    if request.param == "s3":
        s3.keep_there(settings, request.getfixturevalue("s3_address"), tmp_path.name)
    return Darkroom(create_app(settings))


@pytest.fixture
def code(darkroom: Darkroom) -> str:
    """A photograph that is shown, with all its files."""
    code = darkroom.upload(photograph()).asset.code
    darkroom.show(code)
    darkroom.work()
    return code


def picture(darkroom: Darkroom) -> Picture:
    with darkroom.app.app_context():
        return queries.shown_for(SubjectKind.PRODUCT, ["gom"])["gom"][0]


def paths(darkroom: Darkroom) -> set[str]:
    with darkroom.app.app_context():
        return set(db.session.scalars(select(Rendition.path)))


def sweep(darkroom: Darkroom, before: datetime = LATER) -> Swept:
    with darkroom.app.app_context(), transaction():
        return upkeep.sweep(darkroom.store, before)


@pytest.fixture
def new_recipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What a release with another recipe brings."""
    for module in ("catalogue.media.upkeep", "catalogue.media.models", "catalogue.media.queries"):
        monkeypatch.setattr(f"{module}.RECIPE", "next")
    return "next"


def test_making_them_twice_changes_nothing(darkroom: Darkroom, code: str) -> None:
    before = paths(darkroom)
    with darkroom.app.app_context(), transaction():
        outbox.announce(actions.RENDER, asset_id=darkroom.asset(code).id)
    darkroom.work()
    assert paths(darkroom) == before


def test_a_turned_photograph_stays_as_it_is_until_its_files_are_made(darkroom: Darkroom, code: str) -> None:
    lying = picture(darkroom)
    with darkroom.app.app_context(), transaction():
        actions.turn("A", darkroom.asset(code), 90)
    assert picture(darkroom) == lying
    darkroom.work()
    standing = picture(darkroom)
    assert (standing.width, standing.height) == (320, 448)
    assert {file.path for file in standing.views}.isdisjoint(file.path for file in lying.views)
    assert standing.focus == pytest.approx((1 - lying.focus[1], lying.focus[0]))


def test_another_focus_makes_another_card_and_is_kept(darkroom: Darkroom, code: str) -> None:
    before = picture(darkroom)
    with darkroom.app.app_context(), transaction():
        actions.set_focus("A", darkroom.asset(code), (0.9, 0.1))
    darkroom.work()
    after = picture(darkroom)
    assert after.focus == (0.9, 0.1)
    assert before.card
    assert after.card
    assert before.card.path != after.card.path
    assert before.views == after.views


class SlowStorage:
    """The darkroom's own store, in which somebody turns the photograph while its first file is put."""

    def __init__(self, darkroom: Darkroom, code: str) -> None:
        self.darkroom, self.code, self.turned = darkroom, code, False

    def read(self, key: str) -> bytes:
        return self.darkroom.store.read(key)

    def put(self, key: str, body: bytes, *, kind: str) -> None:
        self.darkroom.store.put(key, body, kind=kind)
        if not self.turned:
            self.turned = True
            with self.darkroom.app.app_context(), transaction():
                actions.turn("B", self.darkroom.asset(self.code), 180)


def test_what_is_turned_while_it_is_rendered_is_rendered_once_more(darkroom: Darkroom, code: str) -> None:
    with darkroom.app.app_context(), transaction():
        actions.turn("A", darkroom.asset(code), 90)
    darkroom.app.extensions["storage"] = SlowStorage(darkroom, code)
    darkroom.work()
    assert (picture(darkroom).width, picture(darkroom).height) == (640, 457)
    assert {path.split("/")[0] for path in paths(darkroom)} == {f"{RECIPE}-180"}


def test_what_is_rendered_while_it_is_being_turned_is_rendered_once_more(darkroom: Darkroom) -> None:
    code = darkroom.upload(photograph()).asset.code
    darkroom.show(code)
    with darkroom.app.app_context(), transaction():
        asset = darkroom.asset(code)
        darkroom.work()
        actions.turn("A", asset, 90)
    darkroom.work()
    assert {path.split("/")[0] for path in paths(darkroom)} == {f"{RECIPE}-90"}


def test_a_new_recipe_renders_in_the_background(darkroom: Darkroom, code: str, new_recipe: str) -> None:
    old = picture(darkroom)
    with darkroom.app.app_context(), transaction():
        assert queries.progress() == queries.Progress(made=0, total=1)
        assert upkeep.complete() == 1
        assert upkeep.complete() == 1, "asked twice, announced once"
    assert darkroom.waiting() == 1
    assert picture(darkroom) == old
    darkroom.work()
    assert {path.split("/")[0] for path in paths(darkroom)} == {new_recipe}
    with darkroom.app.app_context():
        assert queries.progress() == queries.Progress(made=1, total=1)
    assert sweep(darkroom).orphans == len({file.path for file in old.views}) + 1


def test_all_files_can_be_deleted_and_made_again(darkroom: Darkroom, code: str) -> None:
    before = {key: darkroom.store.read(key) for key in darkroom.keys("renditions/")}
    for key in before:
        darkroom.store.delete(key)

    assert sweep(darkroom).made_again == 1
    darkroom.work()

    assert {key: darkroom.store.read(key) for key in darkroom.keys("renditions/")} == before


def test_a_sweep_takes_what_nothing_names_and_nothing_else(darkroom: Darkroom, code: str) -> None:
    kept = darkroom.keys()
    darkroom.store.put("originals/nobody-s.jpg", b"1", kind="image/jpeg")
    darkroom.store.put("renditions/0/x/y-320.jpg", b"1", kind="image/jpeg")

    assert sweep(darkroom, datetime.now(UTC) - timedelta(hours=1)) == Swept(), "an upload may be under way"
    assert sweep(darkroom).orphans == 2
    assert darkroom.keys() == kept
    assert sweep(darkroom) == Swept()


class BusyStorage:
    """The darkroom's own store, in which a worker writes a file that nothing names once more, right after
    somebody has looked what there is."""

    def __init__(self, darkroom: Darkroom, key: str) -> None:
        self.store, self.key = darkroom.store, key

    def blobs(self, prefix: str) -> Iterator[Blob]:
        yield from list(self.store.blobs(prefix))
        self.store.put(self.key, b"2", kind="image/jpeg")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def test_what_is_written_again_while_it_is_swept_stays(darkroom: Darkroom, code: str) -> None:
    key = "renditions/0/x/y-320.jpg"
    darkroom.store.put(key, b"1", kind="image/jpeg")
    time.sleep(2.1)  # S3 tells whole seconds
    with darkroom.app.app_context(), transaction():
        upkeep.sweep(BusyStorage(darkroom, key), datetime.now(UTC) - timedelta(seconds=1))
    assert darkroom.store.read(key) == b"2"


def test_a_lost_original_is_named(darkroom: Darkroom, code: str) -> None:
    (key,) = darkroom.keys("originals/")
    darkroom.store.delete(key)
    assert sweep(darkroom).lost == [key]


def test_a_rendition_that_fails_is_tried_again_and_its_trouble_is_kept(
    darkroom: Darkroom, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    other = darkroom.upload(photograph(1)).asset
    darkroom.store.delete(other.original_key)
    with caplog.at_level(logging.CRITICAL, "catalogue"):
        darkroom.work()
    with darkroom.app.app_context():
        assert outbox.standing().waiting == {actions.RENDER: 1}
        trouble = db.session.scalar(select(outbox.OutboxMessage.trouble))
    assert trouble
    assert "FileNotFoundError" in trouble


def test_what_was_given_up_is_not_asked_for_again_by_itself(darkroom: Darkroom, code: str) -> None:
    lost = darkroom.upload(photograph(1)).asset
    darkroom.store.delete(lost.original_key)
    with darkroom.app.app_context(), transaction():
        message = db.session.scalars(select(outbox.OutboxMessage)).one()
        message.parked_at, message.trouble = datetime.now(UTC), "lost"
    with darkroom.app.app_context(), transaction():
        assert upkeep.complete() == 1
    assert darkroom.waiting() == 1
    assert darkroom.work() == 0


def test_every_view_decodes_to_the_size_its_row_names(darkroom: Darkroom, code: str) -> None:
    with darkroom.app.app_context():
        rows = list(db.session.scalars(select(Rendition)))
    assert rows
    for row in rows:
        made = Image.open(BytesIO(darkroom.store.read(f"renditions/{row.path}")))
        made.load()
        assert made.size == (row.width, row.height)


def test_the_worker_notes_what_there_is_to_advise(darkroom: Darkroom) -> None:
    body = BytesIO()
    Image.effect_noise((1000, 700), 8).point(lambda level: level // 8).convert("RGB").save(body, "PNG")
    code = darkroom.upload(body.getvalue()).asset.code
    darkroom.work()
    with darkroom.app.app_context():
        assert darkroom.asset(code).advice == ["too_dark"]


def test_copies_of_a_photograph_are_found_by_what_the_worker_noted(darkroom: Darkroom) -> None:
    codes = [darkroom.upload(photograph(size=size)).asset.code for size in ((1400, 1000), (700, 500))]
    darkroom.work()
    with darkroom.app.app_context():
        one, other = (Print(code, darkroom.asset(code).fingerprint or "", None) for code in codes)
        assert [found.code for found in alike(one, [other])] == [other.code]

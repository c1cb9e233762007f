"""Photographs of many listings in one ZIP file: matched by code, taken in by the worker, never trusted."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.adapters import archives
from catalogue.database import db, transaction
from catalogue.editorial import actions, batches, revisions
from catalogue.editorial.batches import TAKE_IN
from catalogue.editorial.models import PhotographBatch
from catalogue.jobs.worker import drain
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import RuleBroken
from catalogue.media.models import MediaAsset
from tests.integration.media.conftest import photograph
from tests.people import Browser, make_person, product_of, two_makers


def packed(files: dict[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in files.items():
            file.writestr(name, body)
    return archive.getvalue()


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    return browser


def send(browser: Browser, body: bytes) -> str:
    browser.get("/studio/sheets/photographs")
    answer = browser.send("archive", {"archive": (io.BytesIO(body), "photographs.zip")})
    answer.request.environ["wsgi.input"].close()  # the client's own file, which it forgets
    if answer.status_code == 303:
        browser.get(answer.location)
    return browser.words()


def work(app: Flask) -> None:
    """Let the worker take in what was sent."""
    drain(app, "test:1", [TAKE_IN])


def photographs_of(app: Flask, code: str) -> list[str]:
    with app.app_context():
        draft = revisions.open_revision("product", code)
        return list((draft.content.get("photographs") if draft else None) or [])


def test_each_goes_to_the_listing_whose_code_its_name_begins_with(changed: Flask, maker: Browser) -> None:
    code = product_of(changed, two_makers(changed)[0])
    words = send(
        maker,
        packed(
            {
                f"Ảnh/{code}.JPG": photograph(1),
                f"../../{code}_Mặt sau.png": photograph(2, kind="PNG"),
                f"{code}-3.jpg": b"no picture",
                "someone-else.jpg": photograph(3),
                f"__MACOSX/._{code}.jpg": b"x",
                ".DS_Store": b"x",
            }
        ),
    )
    assert "1 of 4 are done" in words
    assert "No listing of yours has a code" in words
    assert maker.answer.headers["Refresh"] == "3"
    page = maker.answer.request.path
    work(changed)
    maker.get(page)
    assert "4 of 4 are done" in maker.words()
    assert "Refresh" not in maker.answer.headers
    assert len(photographs_of(changed, code)) == 2


def swept(app: Flask, before: datetime) -> int:
    with app.app_context(), transaction():
        return batches.sweep(app.extensions["storage"], before)


def test_an_archive_stays_until_its_last_photograph_is_committed(changed: Flask, maker: Browser) -> None:
    code, later = product_of(changed, two_makers(changed)[0]), datetime.now(UTC) + timedelta(days=1)
    store = changed.extensions["storage"]
    send(maker, packed({f"{code}.jpg": photograph(1)}))
    with changed.app_context():  # whoever takes it in is killed before the commit
        (batch,) = db.session.scalars(select(PhotographBatch))
        actor = Actor(batch.user_id, "Lan", speaks_for={two_makers(changed)[0]: "owner"})
        batches.take_in_next(actor, store, batch)
        db.session.rollback()
    assert swept(changed, later) == 0
    work(changed)
    assert len(photographs_of(changed, code)) == 1
    store.put("archives/nobody-s.zip", b"1", kind="application/zip")
    assert swept(changed, datetime.now(UTC) - timedelta(hours=1)) == 0, "an upload may be under way"
    assert swept(changed, later) == 2
    assert list(store.keys("archives/")) == []


def test_sent_twice_they_are_there_once(changed: Flask, maker: Browser) -> None:
    code = product_of(changed, two_makers(changed)[0])
    for _ in range(2):
        send(maker, packed({f"{code}.jpg": photograph(1)}))
        work(changed)
    assert len(photographs_of(changed, code)) == 1
    with changed.app_context():
        assert len(db.session.scalars(select(MediaAsset)).all()) == 1


def test_what_is_with_the_office_is_left_there(changed: Flask, maker: Browser) -> None:
    producer = two_makers(changed)[0]
    code, actor = product_of(changed, producer), Actor(1, "Lan", speaks_for={producer: "owner"})
    with changed.app_context(), transaction():
        draft = actions.open_draft(actor, "product", code)
        actions.save_draft(actor, draft, {"packaging": {"vi": "Túi giấy mới"}}, draft.version)
        actions.submit(actor, draft)
    send(maker, packed({f"{code}.jpg": photograph(1)}))
    page = maker.answer.request.path
    work(changed)
    assert "The listing is with the office" in maker.get(page).text
    assert photographs_of(changed, code) == []


def test_nobody_adds_to_what_is_another_s(changed: Flask, maker: Browser) -> None:
    other = product_of(changed, two_makers(changed)[1])
    assert "No listing of yours" in send(maker, packed({f"{other}.jpg": photograph(1)}))
    assert photographs_of(changed, other) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "cannot be read|without a password|Choose a ZIP file"),
        (b"no archive", "without a password"),
        (packed({f"{n}.jpg": b"x" for n in range(archives.MOST_FILES + 1)}), "at most 200 photographs"),
        (packed({f"{n}.jpg": bytes(60_000_000) for n in range(9)}), "at most 60 megabytes"),
    ],
    ids=["nothing", "no archive", "too many", "too large when unpacked"],
)
def test_an_archive_that_is_none_or_too_much_is_refused(maker: Browser, body: bytes, told: str) -> None:
    words = send(maker, body)
    assert maker.answer.status_code == 422
    assert any(one in words for one in told.split("|"))


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(RuleBroken, match="unreadable"):
        archives.unpacked(packed({"a.jpg": bytes(30_000_000)}), 0)

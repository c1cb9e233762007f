"""Photographs in pieces, whatever the network does to them: each arrives whole, and once."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

import config
from catalogue import create_app
from catalogue.database import db, transaction
from catalogue.editorial import revisions
from catalogue.editorial.models import Revision
from catalogue.kernel.clock import now
from catalogue.media import uploads
from catalogue.media.models import MediaAsset, Upload
from tests.people import Browser, make_person, two_makers
from tests.pictures import encoded, mpo, scene

CODE = "khan-tung-phan"
KEY = "a-key-of-the-phone-1"
SCRIPT = {"Accept": "application/json"}


class Phone:
    """What the workshop's script does, one request at a time."""

    def __init__(self, browser: Browser) -> None:
        self.reader = browser.reader
        self.token = self.reader.get("/studio/uploads", headers=SCRIPT).json["token"]

    def begin(self, body: bytes, key: str = KEY, code: str = CODE, **other: object) -> TestResponse:
        told = {
            "room": "listings",
            "code": code,
            "name": "image.jpg",
            "length": len(body),
            "sha256": hashlib.sha256(body).hexdigest(),
        } | other
        headers = {**SCRIPT, "Idempotency-Key": key, "X-CSRFToken": self.token}
        return self.reader.post("/studio/uploads", data=told, headers=headers)

    def piece(self, address: str, offset: int, body: bytes) -> TestResponse:
        headers = {**SCRIPT, "Upload-Offset": str(offset), "X-CSRFToken": self.token}
        return self.reader.patch(
            address, data=body, headers=headers, content_type="application/offset+octet-stream"
        )

    def send(self, body: bytes, key: str = KEY, size: int = 20_000, **other: object) -> TestResponse:
        answer = self.begin(body, key, **other)
        address, offset = answer.json["address"], answer.json["offset"]
        while offset < len(body):
            answer = self.piece(address, offset, body[offset : offset + size])
            if answer.status_code != 200:
                break
            offset = answer.json["offset"]
        return answer


@pytest.fixture
def maker(changed: Flask) -> Browser:
    browser = Browser(changed)
    browser.sign_in(make_person(changed, speaks_for=two_makers(changed)[0]))
    browser.get("/studio/listings/new")
    browser.send("name_vi", {"name_vi": "Khăn từng phần", "category": "brocade"})
    return browser


@pytest.fixture
def phone(maker: Browser) -> Phone:
    return Phone(maker)


@pytest.fixture(scope="module")
def photograph() -> bytes:
    return encoded(scene(900, 700), "JPEG", quality=90)


def stored(app: Flask) -> list[tuple[str, str]]:
    """Code and SHA-256 as received of every photograph."""
    with app.app_context():
        return [tuple(row) for row in db.session.execute(select(MediaAsset.code, MediaAsset.received_sha256))]


def on_draft(app: Flask, code: str = CODE) -> list[str]:
    with app.app_context():
        return revisions.open_revision("product", code).content.get("photographs") or []


def test_a_photograph_arrives_in_pieces_as_it_was_and_joins_the_draft(
    changed: Flask, phone: Phone, photograph: bytes
) -> None:
    answer = phone.send(photograph)
    assert answer.json["asset"]
    assert stored(changed) == [(answer.json["asset"], hashlib.sha256(photograph).hexdigest())]
    assert on_draft(changed) == [answer.json["asset"]]
    assert list(changed.extensions["pieces"].numbers()) == []


def test_whoever_is_cut_off_asks_how_far_it_came_and_goes_on_there(phone: Phone, photograph: bytes) -> None:
    address = phone.begin(photograph).json["address"]
    phone.piece(address, 0, photograph[:1000])
    state = phone.reader.head(address, headers=SCRIPT)
    assert state.headers["Upload-Offset"] == "1000"
    assert phone.begin(photograph).json["offset"] == 1000
    assert phone.send(photograph).json["asset"]


def test_a_piece_that_comes_twice_or_from_elsewhere_changes_nothing(phone: Phone, photograph: bytes) -> None:
    address = phone.begin(photograph).json["address"]
    phone.piece(address, 0, photograph[:1000])
    for offset in (0, 500, 2000):
        refused = phone.piece(address, offset, photograph[offset : offset + 1000])
        assert (refused.status_code, refused.headers["Upload-Offset"]) == (409, "1000")
    assert phone.send(photograph).json["asset"]


def test_the_last_piece_twice_gives_the_same_answer(changed: Flask, phone: Phone, photograph: bytes) -> None:
    first = phone.send(photograph)
    address = first.json["address"]
    assert phone.piece(address, len(photograph), b"").json == first.json
    assert phone.piece(address, len(photograph) - 5, photograph[-5:]).status_code == 409
    assert phone.begin(photograph).json == first.json
    assert len(stored(changed)) == len(on_draft(changed)) == 1


def test_the_same_key_with_another_photograph_is_refused(changed: Flask, phone: Phone) -> None:
    bodies = [encoded(scene(400, 300 + 10 * number), "JPEG") for number in range(2)]
    phone.send(bodies[0])
    assert phone.begin(bodies[1]).status_code == 409
    assert phone.begin(bodies[0], name="other.jpg").status_code == 409
    assert [sha for _, sha in stored(changed)] == [hashlib.sha256(bodies[0]).hexdigest()]


def test_everything_at_the_same_moment_is_done_once(
    changed: Flask, maker: Browser, photograph: bytes
) -> None:
    phones = [Phone(maker) for _ in range(2)]
    for phone in phones:
        phone.reader = changed.test_client()
        phone.reader._cookies = dict(maker.reader._cookies)
    begun: list[TestResponse] = []
    together(*(lambda phone=phone: begun.append(phone.begin(photograph)) for phone in phones))
    assert len({answer.json["address"] for answer in begun}) == 1
    address, ended = begun[0].json["address"], []
    together(*(lambda phone=phone: ended.append(phone.piece(address, 0, photograph)) for phone in phones))
    assert sorted(answer.status_code for answer in ended) in ([200, 200], [200, 409])
    assert len(stored(changed)) == len(on_draft(changed)) == 1


def test_bytes_that_are_not_those_announced_are_sent_once_more(
    changed: Flask, phone: Phone, photograph: bytes
) -> None:
    address = phone.begin(photograph).json["address"]
    spoilt = phone.piece(address, 0, photograph[:-1] + b"\0")
    assert (spoilt.status_code, spoilt.json["error"]) == (422, "upload.damaged")
    assert phone.send(photograph).json["asset"]
    assert len(stored(changed)) == 1


def test_what_is_no_photograph_is_refused_in_words_and_not_kept(changed: Flask, phone: Phone) -> None:
    answer = phone.send(b"<html>" * 100)
    assert (answer.status_code, answer.json["error"]) == (422, "photograph.refused")
    assert "We cannot read pictures of this kind" in answer.json["text"]
    with changed.app_context():
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


@pytest.mark.parametrize(
    "other",
    [{"length": 50_000_000}, {"length": 0}, {"length": "x"}, {"sha256": "x"}, {"room": "x"}],
)
def test_what_cannot_be_a_photograph_is_not_begun(phone: Phone, other: dict[str, object]) -> None:
    assert phone.begin(b"x", **other).status_code == 422


def test_more_than_was_announced_is_not_taken(phone: Phone, photograph: bytes) -> None:
    address = phone.begin(photograph).json["address"]
    assert phone.piece(address, 0, photograph + b"x").status_code == 422
    assert phone.begin(photograph).json["offset"] == 0


def test_a_listing_at_the_office_lets_the_photograph_wait(
    changed: Flask, phone: Phone, photograph: bytes
) -> None:
    with changed.app_context(), transaction():
        revisions.open_revision("product", CODE).state = "submitted"
    waiting = phone.send(photograph)
    assert (waiting.status_code, waiting.json["error"]) == (422, "revision.not_in_this_state")
    with changed.app_context(), transaction():
        revisions.open_revision("product", CODE).state = "draft"
    address = phone.begin(photograph).json["address"]
    assert phone.piece(address, len(photograph), b"").json["asset"]
    assert len(on_draft(changed)) == 1


def test_whoever_is_signed_out_is_told_so_and_goes_on_after_signing_in(
    changed: Flask, maker: Browser, phone: Phone, photograph: bytes
) -> None:
    address = phone.begin(photograph).json["address"]
    phone.piece(address, 0, photograph[:1000])
    cookies, maker.reader._cookies = dict(maker.reader._cookies), {}
    assert phone.piece(address, 1000, photograph[1000:]).status_code == 401
    assert phone.reader.get("/studio/uploads", headers=SCRIPT).status_code == 401
    maker.reader._cookies = cookies
    assert phone.send(photograph).json["asset"]


def test_a_server_that_starts_again_knows_what_it_had(
    changed: Flask, maker: Browser, phone: Phone, photograph: bytes
) -> None:
    address = phone.begin(photograph).json["address"]
    phone.piece(address, 0, photograph[:1000])
    cookies = dict(maker.reader._cookies)
    phone.reader = create_app(config.Testing(Path(changed.instance_path))).test_client()
    phone.reader._cookies = cookies
    assert phone.begin(photograph).json["offset"] == 1000
    assert phone.send(photograph).json["asset"]


def test_a_token_that_ran_out_is_asked_for_anew(phone: Phone, photograph: bytes) -> None:
    phone.token = "stale"
    assert phone.begin(photograph).status_code == 400
    phone.token = phone.reader.get("/studio/uploads", headers=SCRIPT).json["token"]
    assert phone.send(photograph).json["asset"]


def test_nobody_sees_or_continues_anothers_upload(changed: Flask, phone: Phone, photograph: bytes) -> None:
    address = phone.begin(photograph).json["address"]
    other = Browser(changed)
    other.sign_in(make_person(changed, "ha@example.test", speaks_for=two_makers(changed)[1]))
    theirs = Phone(other)
    assert theirs.piece(address, 0, photograph).status_code == 404
    assert theirs.begin(photograph, "another-key-entirely").status_code == 403


def test_photographs_of_one_name_stay_apart(changed: Flask, phone: Phone) -> None:
    """field-case s08: iPhones name every picture image.jpg."""
    bodies = [encoded(scene(400, 300 + 10 * number), "JPEG") for number in range(3)]
    codes = [phone.send(body, f"key-of-photograph-{n}").json["asset"] for n, body in enumerate(bodies)]
    again = phone.send(bodies[0], "key-of-photograph-9").json["asset"]
    assert again == codes[0]
    assert on_draft(changed) == codes
    assert len(set(codes)) == 3


def test_a_multi_picture_file_of_a_cheap_phone_is_taken(changed: Flask, phone: Phone) -> None:
    """field-case s09."""
    assert phone.send(mpo()).json["asset"] == on_draft(changed)[0]


def test_what_was_given_up_is_swept(changed: Flask, phone: Phone, photograph: bytes) -> None:
    phone.piece(phone.begin(photograph).json["address"], 0, photograph[:1000])
    pieces = changed.extensions["pieces"]
    with changed.app_context(), transaction():
        assert uploads.sweep(pieces, now() - timedelta(days=1)) == 0
        assert uploads.sweep(pieces, now() + timedelta(days=1)) == 1
    assert list(pieces.numbers()) == []
    assert phone.send(photograph).json["asset"]


def test_a_listing_made_without_a_network_and_its_photograph_are_there_once(
    changed: Flask, maker: Browser, phone: Phone, photograph: bytes
) -> None:
    """field-case s20: each request reaches the server twice."""
    typed = {"name_vi": "Gùi ngoài đồng", "category": "brocade", "csrf_token": phone.token}
    headers = {**SCRIPT, "Idempotency-Key": "a-listing-of-the-phone"}
    ways = {maker.reader.post("/studio/listings/new", data=typed, headers=headers).location for _ in range(2)}
    assert len(ways) == 1
    code = ways.pop().split("/")[3]
    assert len({phone.send(photograph, code=code).text for _ in range(2)}) == 1
    other = maker.reader.post("/studio/listings/new", data=typed | {"name_vi": "Khác"}, headers=headers)
    assert other.status_code in {409, 422}
    with changed.app_context():
        counted = select(func.count()).select_from(Revision).where(Revision.code.startswith("gui-ngoai"))
        assert db.session.scalar(counted) == 1
    assert len(on_draft(changed, code)) == 1


def together(*works: object) -> None:
    """Do all at the same moment."""
    start = threading.Barrier(len(works))

    def run(work: object) -> None:
        start.wait()
        work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

"""Kept pages of the real site: never older than the last commit, the day or the index, in any process."""

from __future__ import annotations

import http.client
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import inf
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

import config
from catalogue import create_app, version
from catalogue.adapters.search_index import Document, SearchIndex
from catalogue.certification.models import Certificate
from catalogue.database import Model, db, transaction
from catalogue.enquiries.models import CorrectionRequest
from catalogue.enquiries.rules import CorrectionKind
from catalogue.kernel import clock
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.web import caching
from tests.postgres import new_database
from tests.served import serve

# How often a commit is made and read back; `make soak` asks for the thousand of the goal.
ROUNDS = int(os.environ.get("VERSION_ROUNDS", "60"))
PAGES = (
    *("/vi/", "/en/products", "/vi/san-pham?category=coffee&evidence=reported", "/vi/tim?q=tra"),
    *("/en/villages", "/vi/tuyen", "/en/flower-trading-centre", "/vi/chung-nhan", "/api/v1/products"),
    *("/api/v1/villages.geojson", "/open-data/villages.csv"),
)
CODINGS = ("br", "zstd", "gzip", "identity")


@pytest.fixture
def kept(loaded_instance: Path, tmp_path: Path) -> Flask:
    """The application with its shelf, over a copy of the real data."""
    settings = config.Testing(shutil.copytree(loaded_instance, tmp_path / "instance"))
    settings.PAGE_CACHE_BYTES = config.Config.PAGE_CACHE_BYTES
    return create_app(settings)


@pytest.fixture(scope="module")
def reading(loaded_instance: Path) -> FlaskClient:
    """A reader of the real site with its shelf, shared by tests that change nothing."""
    settings = config.Testing(loaded_instance)
    settings.PAGE_CACHE_BYTES = config.Config.PAGE_CACHE_BYTES
    return create_app(settings).test_client()


def product() -> Product:
    found: Product | None = db.session.scalars(select(Product).order_by(Product.code).limit(1)).first()
    assert found
    return found


def rename(words: str) -> str:
    """Give a product another summary; its English page."""
    with transaction():
        one = product()
        one.summary = Bilingual(vi=words, en=words)
        return f"/en/products/{one.slug_en}"


def tagged(answer: TestResponse) -> str:
    assert answer.status_code == 200
    return answer.headers["ETag"]


# ---------------------------------------------------------------- what every page says
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sent_once_to_whoever_has_it(reading: FlaskClient, path: str) -> None:
    for coding in CODINGS:
        first = reading.get(path, headers={"Accept-Encoding": coding})
        assert first.headers.get("Content-Encoding", "identity") == coding
        assert first.vary.as_set() == {"accept-encoding"}
        assert first.headers["Cache-Control"] == "public, no-cache"
        again = reading.get(
            path, headers={"Accept-Encoding": coding, "If-None-Match": f'"other", {tagged(first)}'}
        )
        assert (again.status_code, again.data) == (304, b"")
        # RFC 9110 §15.4.5: the rest is kept with the page; another release has another tag.
        assert dict(again.headers) == {
            name: first.headers[name] for name in ("Cache-Control", "ETag", "Vary")
        }
        head = reading.head(path, headers={"Accept-Encoding": coding})
        assert (head.status_code, head.data, head.headers) == (200, b"", first.headers)


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_is_the_page(reading: FlaskClient, client: FlaskClient, path: str) -> None:
    assert reading.get(path).data == reading.get(path).data == client.get(path).data


@pytest.mark.parametrize("path", ["/vi/dinh-chinh", "/en/corrections?record=product:none"])
def test_the_page_of_a_form_is_kept_by_nobody(reading: FlaskClient, path: str) -> None:
    for _ in range(2):
        answer = reading.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


@pytest.mark.parametrize("path", ["/vi/khong-co", "/en/products/none", "/api/v1/products/none", "/", "/vi"])
def test_what_is_no_page_has_no_tag(reading: FlaskClient, path: str) -> None:
    page = tagged(reading.get("/vi/"))
    answer = reading.get(path, headers={"If-None-Match": page})
    assert answer.status_code in {301, 302, 308, 404}
    assert "ETag" not in answer.headers


def test_a_made_up_host_is_not_kept_for_others(reading: FlaskClient) -> None:
    evil = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}
    poisoned = reading.get("/en/routes?month=3", headers=evil)
    assert b"evil.example" not in poisoned.data
    assert reading.get("/en/routes?month=3").data == poisoned.data


def test_a_list_asked_for_by_a_script_is_the_whole_list(reading: FlaskClient) -> None:
    """field-s25: there are no fragments that a browser could keep in the place of the page."""
    path = "/en/products?category=coffee"
    plain = reading.get(path)
    for headers in ({"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}, {"Accept": "*/*"}):
        asked = reading.get(path, headers=headers)
        assert (asked.data, asked.headers["ETag"]) == (plain.data, plain.headers["ETag"])
    assert b"<html" in plain.data
    assert b"<title>" in plain.data


def test_files_are_packed_for_everybody(reading: FlaskClient, loaded: Flask) -> None:
    for path in ("css/site.css", "js/swap.js", "mark.svg"):
        address = f"/static/{loaded.extensions['static-version']}/{path}"
        for coding in ("br", "gzip"):
            answer = reading.get(address, headers={"Accept-Encoding": coding})
            assert answer.headers["Content-Encoding"] == coding
            assert "immutable" in answer.headers["Cache-Control"]
            again = reading.get(address, headers={"If-None-Match": answer.headers["ETag"]})
            assert again.status_code == 304


# ---------------------------------------------------------------- what makes a page old
def test_a_commit_makes_every_page_old(kept: Flask) -> None:
    reader = kept.test_client()
    before = tagged(reader.get("/vi/"))
    with kept.app_context():
        rename("Other words")
    after = reader.get("/vi/", headers={"If-None-Match": before})
    assert tagged(after) != before
    assert tagged(reader.get("/vi/")) == after.headers["ETag"]


def test_a_change_that_was_undone_and_a_letter_to_the_staff_make_no_page_old(kept: Flask) -> None:
    reader = kept.test_client()
    before = tagged(reader.get("/vi/"))
    with kept.app_context():
        product().hs_code = "0000"
        db.session.flush()
        db.session.rollback()
        with transaction():
            db.session.add(
                CorrectionRequest(
                    kind=next(iter(CorrectionKind)).value,
                    about="A shop",
                    text="Wrong",
                    contact="a@example.test",
                    language="en",
                    received=clock.now(),
                    suspect=False,
                    fingerprint="1",
                )
            )
    assert tagged(reader.get("/vi/")) == before


def test_another_day_makes_every_page_old(kept: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """field-s26: a certificate that ended at midnight in Đà Lạt is in force on no page of the next minute."""
    with kept.app_context(), transaction():
        certificate = db.session.scalars(
            select(Certificate).where(Certificate.product_id.isnot(None))
        ).first()
        assert certificate
        certificate.number, certificate.evidence = "1/QĐ", "register"
        certificate.confirmed_on, certificate.expires = date(2026, 1, 1), "2026-12-31"
        held = db.session.get(Product, certificate.product_id)
        assert held
        pages = [f"/en/products/{held.slug_en}", f"/en/certificates/{certificate.code}"]
        pages += ["/en/products?evidence=confirmed", "/en/", f"/api/v1/certificates/{certificate.code}"]
    reader = kept.test_client()
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 16, 50, tzinfo=UTC))
    before = {page: reader.get(page) for page in pages}
    assert b"1 product" in before["/en/products?evidence=confirmed"].data
    for answer in before.values():
        assert answer.headers["Cache-Control"] == "public, no-cache"
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 17, 5, tzinfo=UTC))
    for page, answer in before.items():
        after = reader.get(page, headers={"If-None-Match": tagged(answer)})
        assert tagged(after) != tagged(answer), page
        assert after.data != answer.data, page


def test_another_index_makes_every_page_old(kept: Flask) -> None:
    reader = kept.test_client()
    before = tagged(reader.get("/vi/tim?q=tra"))
    index: SearchIndex = kept.extensions["search_index"]
    index.put([Document("product", 1, names=["Trà"])])
    time.sleep(caching.ASK_AGAIN_S)
    changed = tagged(reader.get("/vi/tim?q=tra"))
    index.rebuild([Document("product", 1, names=["Trà"])])
    time.sleep(caching.ASK_AGAIN_S)
    assert len({before, changed, tagged(reader.get("/vi/tim?q=tra"))}) == 3


def test_another_release_or_setting_makes_every_page_old(kept: Flask) -> None:
    settings = config.Testing(Path(kept.instance_path))
    settings.TRADE_PROMOTION_EMAIL = "help@example.test"
    tags = {tagged(app.test_client().get("/en/help")) for app in (kept, create_app(settings))}
    assert len(tags) == 2


def test_nobody_keeps_pages_while_templates_are_being_changed(
    loaded_instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert "ETag" not in create_app(config.Testing(loaded_instance)).test_client().get("/en/help").headers


def test_the_version_is_read_from_the_file_that_is_there_now(kept: Flask, tmp_path: Path) -> None:
    file = Path(kept.instance_path) / "catalogue.db"
    with kept.app_context():
        watch = version.Watch(db.engine)
        db.session.remove()
        now = version.current()
    assert watch.read() == (now, None)
    with sqlite3.connect(shutil.copy(file, tmp_path / "other.db")) as other:
        other.execute("UPDATE catalogue_version SET number = 12345")
    other.close()
    file.rename(tmp_path / "away.db")
    assert watch.read() is None
    (tmp_path / "other.db").rename(file)
    for left in ("-wal", "-shm"):
        file.with_name(file.name + left).unlink(missing_ok=True)
    assert watch.read() == (12345, None)


def test_what_leaves_no_mark_is_seen_a_moment_later(kept: Flask) -> None:
    """A database that was changed by hand."""
    reader = kept.test_client()
    before = tagged(reader.get("/vi/"))
    with sqlite3.connect(Path(kept.instance_path) / "catalogue.db") as by_hand:
        by_hand.execute("UPDATE catalogue_version SET number = number + 1")
    by_hand.close()
    time.sleep(caching.ASK_AGAIN_S)
    assert tagged(reader.get("/vi/")) != before


def test_a_word_is_asked_for_again_only_when_it_can_have_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2026, 12, 31, 16, 50, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    marks, asked, holds_until = [b"1"], [], (moment + timedelta(hours=1)).timestamp()

    def ask() -> tuple[str, float]:
        asked.append(moment)
        return f"word {len(asked)}", holds_until

    word = caching.Kept(ask, lambda: marks[-1])
    assert [word(), word()] == ["word 1", "word 1"]
    marks.append(b"2")
    assert [word(), word()] == ["word 2", "word 2"]
    moment += timedelta(seconds=caching.ASK_AGAIN_S)
    assert word() == "word 3"
    moment -= timedelta(seconds=1)  # a clock that was put back
    assert word() == "word 4"


def test_without_a_mark_a_word_is_asked_for_every_time() -> None:
    words = iter(["one", "two"])
    word = caching.Kept(lambda: (next(words), inf), lambda: None)
    assert [word(), word()] == ["one", "two"]


# ---------------------------------------------------------------- two processes
@pytest.fixture
def two_workers(kept: Flask) -> Iterator[tuple[str, int]]:
    """The same data served by other processes, as `make run` serves it."""
    with serve(Path(kept.instance_path)) as address:
        where = urlsplit(address)
        assert where.hostname
        assert where.port
        yield where.hostname, where.port


def test_the_next_request_to_another_process_sees_what_was_committed(
    kept: Flask, two_workers: tuple[str, int]
) -> None:
    tag = ""
    for number in range(ROUNDS):
        words = f"Words of round {number}."
        with kept.app_context():
            path = rename(words)
        for headers in ({"If-None-Match": tag}, {}):  # a connection each: either worker may take it
            connection = http.client.HTTPConnection(*two_workers, timeout=30)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read().decode()
            connection.close()
            assert (answer.status, words in body) == (200, True), f"round {number} {headers}"
        tag = answer.headers["ETag"]


@pytest.mark.postgres
def test_the_version_on_postgresql_is_the_committed_one(postgres_url: str, tmp_path: Path) -> None:
    app = create_app(config.Testing(tmp_path, new_database(postgres_url, "watched")))
    with app.app_context():
        watch = version.Watch(db.engine)
        assert watch.read() is None  # there is no table yet
        Model.metadata.create_all(db.engine)
        assert watch.read() == (0, None)
        with db.engine.connect() as elsewhere:
            elsewhere.execute(version.CatalogueVersion.__table__.insert().values(id=1, number=7))
            assert watch.read() == (0, None)
            elsewhere.commit()
        assert watch.read() == (7, None)
        db.session.remove()
        db.engine.dispose()

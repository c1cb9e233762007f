"""What readers see of drafts (nothing), of what is planned, and of what was archived: everywhere alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from catalogue.database import db, transaction
from catalogue.editorial import actions, deciding, revisions
from catalogue.kernel.actor import Actor
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.search.actions import refresh
from tests.integration.editorial.conftest import REVIEWER

MAKER_OF = db.select(Producer.code).join(Product, Product.producer_id == Producer.id)


def maker(code: str) -> Actor:
    owner = db.session.scalar(MAKER_OF.where(Product.code == code))
    return Actor(9, "Người làm", speaks_for={owner: "owner"})


def places(client: FlaskClient, word: str) -> dict[str, str]:
    """Everything that anonymous readers and programs can ask, by address."""
    addresses = (
        f"/vi/tim?q={word}",
        f"/vi/san-pham?q={word}",
        f"/api/v1/search?q={word}",
        f"/api/v1/suggest?q={word}",
        "/api/v1/products?page_size=100",
        "/feeds/vi/products.atom",
        "/sitemaps/products.xml",
        "/open-data/products.csv",
    )
    return {address: client.get(address).get_data(as_text=True) for address in addresses}


@pytest.fixture
def site(changed: Flask) -> Flask:
    return changed


def one_product() -> str:
    code = db.session.scalar(db.select(Product.code).order_by(Product.code).limit(1))
    assert code
    return code


def write(code: str, **content: Any) -> int:
    with transaction():
        draft = actions.open_draft(maker(code), "product", code)
        actions.save_draft(maker(code), draft, content, draft.version)
        actions.submit(maker(code), draft)
    return draft.id


def apply_log(site: Flask) -> None:
    """What the worker does a moment after the commit."""
    with transaction():
        refresh(site.extensions["search_index"])


def test_a_draft_is_found_nowhere_and_a_published_one_everywhere_until_it_is_archived(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        code = one_product()
        shown = by_code(Product, code)
        path, name = f"/vi/san-pham/{shown.slug_vi}", shown.name.vi
        draft = write(code, summary={"vi": "Có zirconia bên trong.", "en": "With zirconia inside."})
        apply_log(site)
    before = places(client, "zirconia")
    assert not any("bên trong" in text for text in before.values())
    assert "zirconia" not in client.get(path).get_data(as_text=True)
    with site.app_context():
        with transaction():
            revision = revisions.revision(draft)
            deciding.approve(REVIEWER, revision, revision.version)
            deciding.publish(REVIEWER, revision)
        apply_log(site)
    assert "zirconia" in client.get(path).get_data(as_text=True)
    assert name in client.get("/vi/tim?q=zirconia").get_data(as_text=True)
    assert code in client.get("/api/v1/search?q=zirconia").get_data(as_text=True)
    with site.app_context():
        with transaction():
            actions.archive(maker(code), "product", code)
        apply_log(site)
    assert client.get(path).status_code == 404
    after = places(client, "zirconia")
    assert not any("bên trong" in text for text in after.values())
    assert not any(f"/{code}" in text or f'"{code}"' in text for text in after.values())
    assert client.get(f"/api/v1/products/{code}").status_code == 404


def test_what_is_planned_is_public_from_its_minute_on_without_any_worker(site: Flask) -> None:
    client = site.test_client()
    moment = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)  # 08:00 in Đà Lạt
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False), site.app_context():
        owner = Actor(9, "Người làm", speaks_for={"nhom-det-bno-c": "owner"})
        with transaction():
            draft = actions.begin(
                owner,
                "product",
                "nhom-det-bno-c",
                {
                    "name": {"vi": "Khăn xirconi", "en": None},
                    "category": "brocade",
                    "summary": {"vi": "Mới.", "en": None},
                },
            )
            actions.submit(owner, draft)
            deciding.approve(REVIEWER, draft, draft.version)
            deciding.schedule(REVIEWER, draft, moment)
    path = "/vi/san-pham/khan-xirconi"
    with time_machine.travel(datetime(2026, 12, 20, 0, 59, 59, tzinfo=UTC), tick=False):
        assert client.get(path).status_code == 404
        assert not any("khan-xirconi" in text for text in places(client, "xirconi").values())
    with time_machine.travel(moment, tick=False):
        for address in ("/vi/tim?q=xirconi", "/api/v1/search?q=xirconi", "/api/v1/suggest?q=xirconi"):
            assert "khan-xirconi" in client.get(address).get_data(as_text=True), address
        assert client.get(path).status_code == 200
        for address in ("/sitemaps/products.xml", "/feeds/vi/products.atom"):
            assert "khan-xirconi" in client.get(address).get_data(as_text=True), address
        assert client.get("/api/v1/products/khan-xirconi").status_code == 200
        assert "2026-12-20T01:00:00" in client.get("/feeds/vi/products.atom").get_data(as_text=True)


def test_an_archived_maker_takes_its_products_along_and_brings_them_back(site: Flask) -> None:
    client = site.test_client()
    with site.app_context():
        code = db.session.scalar(MAKER_OF.group_by(Producer.id).order_by(db.func.count().desc()).limit(1))
        owner = Actor(9, "", speaks_for={code: "owner"})
        total = db.session.scalar(db.select(db.func.count()).select_from(Product))
        with transaction():
            actions.archive(owner, "producer", code)
        left = db.session.scalar(db.select(db.func.count()).select_from(Product))
        assert left < total
    for address in (
        "/vi/",
        "/vi/san-pham",
        "/vi/nha-san-xuat",
        "/vi/chung-nhan",
        "/vi/tuyen",
        "/vi/xuat-khau",
    ):
        assert client.get(address).status_code == 200, address
    with site.app_context():
        with transaction():
            draft = actions.restore(owner, revisions.numbered("producer", code, 1))
            actions.submit(owner, draft)
            deciding.approve(REVIEWER, draft, draft.version)
            deciding.publish(REVIEWER, draft)
        assert db.session.scalar(db.select(db.func.count()).select_from(Product)) == total

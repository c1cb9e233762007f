"""A site of its own with pictures that the tests make."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image, ImageDraw

from catalogue import outbox
from catalogue.adapters.storage import Storage
from catalogue.database import db, transaction
from catalogue.jobs.worker import drain
from catalogue.kernel.language import Bilingual
from catalogue.media import actions
from catalogue.media.actions import Received
from catalogue.media.models import MediaAsset
from catalogue.media.rules import NOBODY, OFFICE, Consent, SubjectKind, Words

SHOWABLE = Words(
    alt=Bilingual("Gốm đỏ trên bàn", "Red pottery on a table"),
    caption=Bilingual("Mẻ gốm đầu năm", "The year’s first firing"),
    credit="Nguyễn Văn A",
    licence="CC BY 4.0",
    consent=Consent(None, None, NOBODY),
)
Photograph = Callable[..., bytes]


def photograph(seed: int = 0, size: tuple[int, int] = (700, 500), kind: str = "JPEG") -> bytes:
    """A file with a scene of its own for each seed."""
    picture = Image.new("RGB", size, (40 + seed * 37 % 200, 90, 60))
    pen = ImageDraw.Draw(picture)
    pen.ellipse(
        (size[0] // 9, size[1] // 7, size[0] // 2, size[1] // 2), fill=(200, 40 + seed * 53 % 200, 40)
    )
    stored = BytesIO()
    picture.save(stored, kind)
    return stored.getvalue()


class Darkroom:
    """What tests do with photographs, each step in a transaction of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.store: Storage = app.extensions["storage"]

    def upload(self, body: bytes, name: str = "image.jpg", actor: str = "A", owner: str = OFFICE) -> Received:
        """Receive a file."""
        with self.app.app_context(), transaction():
            received = actions.accept_upload(self.store, actor, owner, body, name)
            db.session.flush()
            db.session.refresh(received.asset)
            db.session.expunge(received.asset)
        return received

    def show(self, code: str, on: str = "gom", kind: SubjectKind = SubjectKind.PRODUCT) -> None:
        """Describe a photograph wholly, publish it and place it."""
        with self.app.app_context(), transaction():
            asset = self.asset(code)
            actions.describe("A", asset, SHOWABLE)
            actions.publish("A", asset)
            actions.place("A", asset, kind, on)

    def asset(self, code: str) -> MediaAsset:
        """Inside an application context: one photograph."""
        return db.session.query(MediaAsset).filter_by(code=code).one()

    def work(self) -> int:
        """Let a worker do all that is due."""
        return drain(self.app, "test:1")

    def waiting(self) -> int:
        """How many photographs wait for a worker."""
        with self.app.app_context():
            return len(outbox.asked(actions.RENDER))

    def keys(self, prefix: str = "") -> set[str]:
        """What is kept."""
        return set(self.store.keys(prefix))


@pytest.fixture
def darkroom(app: Flask) -> Darkroom:
    """An empty site to work on photographs."""
    return Darkroom(app)

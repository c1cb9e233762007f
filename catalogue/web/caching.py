"""What a finished page rests on: release, catalogue, search index and day. Together they are its tag."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask

import config
from catalogue import version
from catalogue.adapters.search_index import SearchIndex
from catalogue.database import db
from catalogue.kernel import clock
from catalogue.web import planned
from catalogue.web.assets import STATIC
from catalogue.web.page_cache import PageCache

# Whatever pages are made from, besides the data; the programs' packages by their lock file.
CODE = ("catalogue", "templates", "translations", "config.py", "requirements.txt")
# Settings that pages show.
SHOWN = ("SITE_URL", "TRADE_PROMOTION_EMAIL", "TILE_URL", "TILE_ATTRIBUTION")


def register(app: Flask) -> None:
    """Keep finished pages in front of the application; not while somebody is changing its templates.

    Either way the catalogue is brought up to date before it is read.
    """

    @cache
    def watch() -> version.Watch:
        with app.app_context():
            return version.Watch(db.engine)

    if app.debug:

        @app.before_request
        def catch_up() -> None:
            planned.catch_up(app, watch())

        return

    index: SearchIndex = app.extensions["search_index"]
    release = _release(tuple(str(app.config[name]) for name in SHOWN))

    def state() -> str | None:
        number = planned.catch_up(app, watch())
        return None if number is None else f"{release}.{number}.{clock.today()}.{index.state()}"

    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        state,
        app.config["SESSION_COOKIE_NAME"],
        app.config["PAGE_CACHE_BYTES"],
        passed_by="/media/",
    )


def _release(settings: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join((_code(), *settings)).encode()).hexdigest()[:12]


@cache
def _code() -> str:
    """A hash of the program and its look, once for each process."""
    digest = hashlib.sha256()
    for top in (*(config.ROOT / name for name in CODE), STATIC):
        for path in sorted(_files(top)):
            digest.update(f"{path.relative_to(config.ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(top: Path) -> list[Path]:
    if top.is_file():
        return [top]
    return [path for path in top.rglob("*") if path.is_file() and "__pycache__" not in path.parts]

"""What a finished page rests on: release, catalogue, search index and day. Together they are its tag."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from math import inf
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
# How long a word is believed that no mark made old.
ASK_AGAIN_S = 0.05


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

    def state() -> tuple[str | None, float]:
        known = planned.catch_up(app, watch())
        if known is None:
            return None, inf
        number, due = known
        word = f"{release}.{number}.{clock.today()}.{index.state()}"
        return word, min(clock.end_of_hour(), due.timestamp() if due else inf)

    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        Kept(state, lambda: watch().mark()),
        app.config["SESSION_COOKIE_NAME"],
        app.config["PAGE_CACHE_BYTES"],
        passed_by="/media/",
    )


class Kept:
    """A word that changes whenever any page may change, asked for again only when that can have happened.

    `ask` gives the word and until when it holds at most, in seconds since 1970. It is asked again after
    every commit of this machine, which `mark` shows at once; and every twentieth of a second, for what leaves
    no mark: a database that was replaced or changed by hand, an index that was built anew. To ask takes
    system calls, and at each of them Python's threads take turns: more than the rest of a kept page. Without
    a mark (another machine may write) it is asked every time.
    """

    def __init__(self, ask: Callable[[], tuple[str | None, float]], mark: Callable[[], bytes | None]) -> None:
        self._ask, self._mark = ask, mark
        self._known: tuple[bytes, float, float, str] = (b"", 0, 0, "")

    def __call__(self) -> str | None:
        mark, moment = self._mark(), clock.now().timestamp()
        known, since, until, word = self._known
        if mark == known and since <= moment < until:
            return word
        # What is committed while it is asked makes another mark than the one it is kept under.
        asked, holds_until = self._ask()
        if mark is not None and asked is not None:
            self._known = (mark, moment, min(moment + ASK_AGAIN_S, holds_until), asked)
        return asked


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

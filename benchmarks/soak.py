"""Sixteen clients on the served site for ten minutes, and whatever goes wrong meanwhile: `make soak`.

Fails on a lost worker, an answer of 500 or more, a dropped connection, a traceback, “database is locked”, or
memory in the last round more than a tenth above the second round's. `SOAK_S` makes it shorter. After each
round a commit is made here and read back from the serving processes.
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask
from sqlalchemy import select

from benchmarks import generate
from catalogue.database import db
from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from tests.served import serve

CLIENTS = 16
ROUND_S = 30.0
MOST_GROWTH = 1.1
FORM = "/en/corrections"
WORDS = ("tra", "ca phe", "tho cam", "dau tay", "gom", "silk", "wine")
TROUBLE = re.compile(r"Traceback \(most recent call last\)|database is locked|Unexpected exit from worker")
FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Seen:
    """What the clients saw, by status and by what went wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, what: str, status: int) -> None:
        """Note an answer; too many messages from one reader is no trouble but a rule."""
        with self.lock:
            self.statuses[status] += 1
            if status >= 500:
                self.troubles[f"{status} {what}"] += 1

    def trouble(self, what: str) -> None:
        """Note what is no answer."""
        with self.lock:
            self.troubles[what] += 1


class Client:
    """One reader on one connection: lists, products, searches, and now and then a message."""

    def __init__(self, netloc: str, number: int, products: list[str], seen: Seen) -> None:
        self.netloc, self.number, self.products, self.seen = netloc, number, products, seen
        self.connection = http.client.HTTPConnection(netloc, timeout=30)
        self.turn = 0

    def run_until(self, moment: float) -> None:
        """Ask until then; a connection that breaks is a trouble, and another one is opened."""
        while time.monotonic() < moment:
            self.turn += 1
            what = self._next()
            try:
                self._message() if what == FORM else self._ask("GET", what)
            except (OSError, http.client.HTTPException) as error:
                self.seen.trouble(f"{type(error).__name__} at {what}")
                self.connection.close()

    def _next(self) -> str:
        place = self.number * 7919 + self.turn
        match self.turn % 8:
            case 0:
                return FORM
            case 1 | 2:
                return f"/vi/san-pham?page={place % 400 + 1}"
            case 3:
                return f"/en/search?q={quote(WORDS[place % len(WORDS)])}"
            case 4:
                return f"/vi/san-pham?q={quote(WORDS[place % len(WORDS)])}&month={place % 12 + 1}"
            case _:
                return f"/vi/san-pham/{self.products[place % len(self.products)]}"

    def _ask(self, method: str, path: str, body: str | None = None, cookie: str = "") -> tuple[str, str]:
        headers = {"Accept-Encoding": "identity" if path == FORM else "br"}
        if cookie:
            headers["Cookie"] = cookie
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        self.seen.answer(f"{method} {path}", answer.status)
        return text.decode("utf-8", "replace") if path == FORM else "", answer.getheader("Set-Cookie", "")

    def _message(self) -> None:
        page, cookie = self._ask("GET", FORM)
        token = FIELD.search(page)
        if token is None:
            self.seen.trouble("no form")
            return
        message = {
            "csrf_token": token[1],
            "kind": "fact",
            "about": f"Client {self.number}",
            "text": f"Turn {self.turn} of the soak.",
            "contact": "0912 345 678",
            "draft": f"{self.number}-{self.turn}",
        }
        self._ask("POST", FORM, urlencode(message), cookie.partition(";")[0])


def main(seconds: float) -> int:
    """Soak and say what was seen; 1 where anything went wrong."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        instance = Path(folder) / "instance"
        print("Making the catalogue …", flush=True)
        app = generate.generate(instance)
        generate.index(app)
        with app.app_context():
            products = list(db.session.scalars(select(Product.slug_vi).order_by(Product.code)))
            db.session.remove()
        seen, memory = Seen(), []
        with serve(instance) as address:
            netloc = urlsplit(address).netloc
            server = _processes(instance)
            clients = [Client(netloc, number, products, seen) for number in range(CLIENTS)]
            for _ in range(max(1, round(seconds / ROUND_S))):
                _round(clients, min(seconds, ROUND_S))
                _commit(app, netloc, products[0], seen)
                memory.append(_megabytes(server))
                print(f"{sum(seen.statuses.values()):8,} answers, {memory[-1]:.0f} MB", flush=True)
            lost = {pid for pid in server if not Path(f"/proc/{pid}").exists()}
        log = (instance / "server.log").read_text("utf-8", "replace")
    for found in TROUBLE.findall(log):
        seen.trouble(f"in the log: {found}")
    if not seen.statuses[303]:
        seen.trouble("no message was kept")
    if lost:
        seen.trouble(f"lost processes: {sorted(lost)}")
    if len(memory) > 2 and memory[-1] > memory[1] * MOST_GROWTH:
        seen.trouble(f"memory grew from {memory[1]:.0f} to {memory[-1]:.0f} MB")
    print(f"{sum(seen.statuses.values()):,} answers: {dict(sorted(seen.statuses.items()))}")
    for what, times in seen.troubles.most_common(20):
        print(f"✗ {times} × {what}", file=sys.stderr)
    return 1 if seen.troubles else 0


def _round(clients: list[Client], seconds: float) -> None:
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.run_until, args=(until,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _commit(app: Flask, netloc: str, slug: str, seen: Seen) -> None:
    """Change a product here, and read it from whichever process answers."""
    words = f"Changed at {time.time_ns()}"
    with app.app_context():
        product = db.session.scalars(select(Product).where(Product.slug_vi == slug)).one()
        product.summary = Bilingual(words, words)
        db.session.commit()
    for _ in range(4):
        connection = http.client.HTTPConnection(netloc, timeout=30)
        connection.request("GET", f"/vi/san-pham/{slug}")
        if words not in connection.getresponse().read().decode():
            seen.trouble("an old page after a commit")
        connection.close()


def _processes(instance: Path) -> set[int]:
    """The programs that serve this instance: those whose environment names it."""
    named = f"CATALOGUE_INSTANCE={instance}\0".encode()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes() + b"\0"
        except OSError:
            continue
        if named in environment:
            found.add(int(process.name))
    return found


def _megabytes(processes: set[int]) -> float:
    """What they hold in memory together."""
    listed = subprocess.run(  # noqa: S603
        ["/bin/ps", "-o", "rss=", "-p", ",".join(map(str, processes))],
        capture_output=True,
        text=True,
        check=False,
    )
    return sum(map(int, listed.stdout.split())) / 1024


if __name__ == "__main__":
    sys.exit(main(float(os.environ.get("SOAK_S", "600"))))

"""How quickly and how lightly the main pages answer, on the data of the instance folder: `make bench`.

For each page: the first answer (it fills what a process keeps in memory), the median and the slowest of the
answers after it, SQL statements, and the size of the HTML as sent.
"""

from __future__ import annotations

import re
import time
from statistics import median

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.test import TestResponse

from catalogue import create_app

ROUNDS = 20
LISTS = ("/vi/san-pham", "/vi/nha-san-xuat", "/vi/lang-nghe", "/vi/tuyen", "/vi/chung-nhan")
OTHERS = ("/vi/", "/vi/san-pham?q=ca+phe", "/vi/san-pham?evidence=reported&sort=name", "/vi/tim?q=tho+cam")

statements = 0


@event.listens_for(Engine, "before_cursor_execute")
def _count(*_details: object) -> None:
    global statements  # noqa: PLW0603 - the listener has no other place to count
    statements += 1


def main() -> None:
    client = create_app().test_client()
    print(f"{'page':<58}{'first ms':>10}{'median ms':>11}{'slowest ms':>12}{'SQL':>5}{'kB':>7}")
    for address in pages(client):
        print(measured(client, address), flush=True)


def pages(client: FlaskClient) -> list[str]:
    """The lists, the first record of each, and pages that ask more."""
    records = [first_link(client, address, below=address) for address in LISTS]
    certificate = first_link(client, records[0], below="/vi/giay-chung-nhan")
    return [page for page in (*LISTS, *records, certificate, *OTHERS) if page]


def first_link(client: FlaskClient, address: str, below: str) -> str:
    """The first link on a page that leads below an address; empty when there is none."""
    found = re.search(rf'href="({re.escape(below)}/[^"?#]+)"', client.get(address).text) if address else None
    return found[1] if found else ""


def measured(client: FlaskClient, address: str) -> str:
    """One line of the table."""
    first, _ = timed(client, address)
    before = statements
    rounds = [timed(client, address) for _ in range(ROUNDS)]
    per_answer = (statements - before) / ROUNDS
    times = [duration for duration, _ in rounds]
    size = len(rounds[0][1].data) / 1000
    return (
        f"{address:<58}{first:>10.1f}{median(times):>11.1f}{max(times):>12.1f}{per_answer:>5.0f}{size:>7.1f}"
    )


def timed(client: FlaskClient, address: str) -> tuple[float, TestResponse]:
    """Milliseconds to an answer, and the answer."""
    began = time.perf_counter()
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    return (time.perf_counter() - began) * 1000, answer


if __name__ == "__main__":
    main()

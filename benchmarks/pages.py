"""How quickly and how lightly the main pages answer, in process."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from catalogue.database import db

PAGES = (
    "/vi/",
    "/vi/san-pham",
    "/vi/san-pham?category=coffee&evidence=reported",
    "/vi/san-pham?q=ca+phe",
    "/vi/nha-san-xuat",
    "/vi/lang-nghe",
    "/vi/tuyen",
    "/vi/chung-nhan",
    "/vi/tim?q=tho+cam",
)
ROUNDS = 15


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements that run within the block."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def table(app: Flask) -> list[str]:
    """A line a page: median processor time, SQL statements, packed size. The application keeps no page."""
    client = app.test_client()
    lines = ["| page | median ms of processor | statements | KB gzip |", "|---|---:|---:|---:|"]
    for page in PAGES:
        client.get(page)
        spent = []
        for _ in range(ROUNDS):
            began = time.process_time()
            client.get(page)
            spent.append((time.process_time() - began) * 1000)
        with counted_statements(app) as statements:
            body = client.get(page).data
        packed = len(gzip.compress(body, 6)) / 1024
        lines.append(f"| {page} | {statistics.median(spent):.1f} | {len(statements)} | {packed:.1f} |")
    return lines

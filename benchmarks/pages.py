"""How quickly and how lightly the main pages answer, in process, on the data that `make run` has loaded."""

from __future__ import annotations

import gzip
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from flask import Flask
from sqlalchemy import event

from catalogue import create_app
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


def main() -> None:
    """Print a line a page: median processor time, SQL statements, HTML packed by gzip."""
    app = create_app()
    client = app.test_client()
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'page':50} {'median ms':>9} {'statements':>10} {'KB gzip':>8}")
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
        print(f"{page:50} {statistics.median(spent):9.1f} {len(statements):10} {packed:8.1f}")


if __name__ == "__main__":
    main()

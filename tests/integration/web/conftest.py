"""Reading pages: their document, and the statements they take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import lxml.html
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

Read = Callable[..., lxml.html.HtmlElement]
Count = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def read(client: FlaskClient) -> Read:
    """The document at an address, which must be there."""

    def document(address: str) -> lxml.html.HtmlElement:
        response = client.get(address)
        assert response.status_code == 200, address
        return lxml.html.document_fromstring(response.data)

    return document


@pytest.fixture
def statements() -> Count:
    """`with statements() as run:` collects the SQL that the block sends."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        run: list[str] = []

        def note(_connection, _cursor, statement: str, *_more: object) -> None:
            run.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield run
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting

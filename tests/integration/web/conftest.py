"""Reading pages: their document, the statements they take, and a copy of the real data to change."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

import config
from catalogue import create_app

Read = Callable[..., lxml.html.HtmlElement]
Count = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def changed(loaded_instance: Path, tmp_path: Path) -> Flask:
    """The application over a copy of the real data, for one test to change."""
    return create_app(config.Testing(shutil.copytree(loaded_instance, tmp_path / "instance")))


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

"""The server of `make run` under readers who misbehave, and pages that nobody has."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.served import serve

HALVES = (
    b"GET /vi/ HTTP/1.1\r\nHost: a\r\n",
    b"POST /en/corrections HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab",
    (
        b"POST /en/join HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        b"Content-Length: 9000\r\n\r\n--b\r\n"
    ),
)


def test_requests_sent_by_halves_stop_nobody_else(loaded_instance: Path) -> None:
    with serve(loaded_instance) as address, ExitStack() as held:
        where = urlsplit(address)
        assert where.hostname
        for number in range(36):
            slow = held.enter_context(
                socket.create_connection((where.hostname, where.port or 80), timeout=10)
            )
            slow.sendall(HALVES[number % len(HALVES)])
        time.sleep(0.5)
        for path in ("/vi/", "/en/corrections", "/vi/tim?q=tra"):
            connection = http.client.HTTPConnection(where.netloc, timeout=30)
            connection.request("GET", path)
            assert connection.getresponse().status == 200
            connection.close()


@pytest.mark.parametrize("path", ["/vi/san-pham", "/en/search?q=tea", "/api/v1/products", "/en/producers"])
@pytest.mark.parametrize(
    "number", ["99999999999999999999", "9223372036854775807", "-1", "0", "abc", "１", "1e3", "", "%00"]
)
@pytest.mark.parametrize("name", ["page", "page_size"])
def test_no_page_number_breaks_a_list(client: FlaskClient, path: str, number: str, name: str) -> None:
    """field-s29: whatever is asked, the answer is a page, or says that there is none."""
    answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}={number}")
    assert answer.status_code in {200, 404, *((400, 422) if path.startswith("/api/") else ())}

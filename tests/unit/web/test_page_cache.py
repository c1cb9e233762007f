"""The shelf of finished pages in front of a made-up application of one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client
from werkzeug.wsgi import ClosingIterator

from catalogue.web.page_cache import BOOKKEEPING_BYTES, LARGEST_SHARE, Page, PageCache, Shelf

PUBLIC = ("Cache-Control", "public, no-cache")


class Site:
    """An application that counts how often it is asked, and says what it was asked."""

    def __init__(self, *headers: tuple[str, str], status: str = "200 OK", is_long: bool = False) -> None:
        self.asked = 0
        self.state: str | None = "release.1.day."
        self.headers = headers
        self.status = status
        self.body = b"page"
        self.is_long = is_long  # a document whose length is not known when it begins
        self.made = self.closed = 0

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        self.asked += 1
        asked = "{REQUEST_METHOD} {QUERY_STRING} {HTTP_ACCEPT_ENCODING}".format_map(environ)
        parts = (self.body, b" ", asked.encode())
        length = [] if self.is_long else [("Content-Length", str(sum(map(len, parts))))]
        start_response(self.status, [("Content-Type", "text/html"), *length, *self.headers])
        return ClosingIterator(self.making(parts), self.close)

    def making(self, parts: Iterable[bytes]) -> Iterable[bytes]:
        for part in parts:
            self.made += 1
            yield part

    def close(self) -> None:
        self.closed += 1

    def reader(self, most_bytes: int = 1_000_000) -> Client:
        return Client(PageCache(self, lambda: self.state, "form", most_bytes, "/files/"), use_cookies=False)


def test_a_page_is_made_once_for_each_state_and_coding() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    first = reader.get("/a")
    assert reader.get("/a").data == first.data == b"page GET  identity"
    assert site.asked == 1
    assert reader.get("/a", headers={"Accept-Encoding": "gzip"}).data == b"page GET  gzip"
    assert site.asked == 2
    site.state = "release.2.day."
    reader.get("/a")
    reader.get("/a")
    assert (site.asked, site.closed) == (3, 3)


def test_only_whoever_has_the_page_of_this_state_is_told_so() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    tag = reader.get("/a").headers["ETag"]
    for asked in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*", f"{tag},W/"):
        answer = reader.get("/a", headers={"If-None-Match": asked})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert "Content-Type" not in answer.headers
    for asked in ('"other"', "", tag[:-2], tag.replace('"', ""), ",,,W/", '"' + "x" * 3000):
        assert reader.get("/a", headers={"If-None-Match": asked}).status_code == 200
    site.state = "release.2.day."
    stale = reader.get("/a", headers={"If-None-Match": tag})
    assert stale.status_code == 200
    assert stale.headers["ETag"] != tag


def test_a_process_that_never_made_the_page_knows_the_tag() -> None:
    tag = Site(PUBLIC).reader().get("/a").headers["ETag"]
    assert Site(PUBLIC).reader().get("/a", headers={"If-None-Match": tag}).status_code == 304


# ---------------------------------------------------------------- documents that are sent while being made
def test_a_long_document_is_handed_on_while_it_is_being_made_and_then_kept() -> None:
    site = Site(PUBLIC, is_long=True)
    reader = site.reader()
    first = reader.get("/a", buffered=False)
    parts = iter(first.iter_encoded())
    assert (next(parts), site.made) == (b"page", 1)
    assert (b"".join(parts), site.made) == (b" GET  identity", 3)
    first.close()
    again = reader.get("/a")
    assert (again.data, site.asked, site.closed) == (b"page GET  identity", 1, 1)
    assert again.headers["ETag"] == first.headers["ETag"]
    site.state = "release.2.day."
    assert reader.get("/a").headers["ETag"] != first.headers["ETag"]


def test_a_long_document_that_was_left_half_read_is_not_kept() -> None:
    site = Site(PUBLIC, is_long=True)
    reader = site.reader()
    with reader.get("/a", buffered=False) as left:
        next(iter(left.iter_encoded()))
    assert site.closed == 1
    assert reader.get("/a").data == b"page GET  identity"
    assert site.asked == 2


def test_a_document_too_long_for_the_shelf_is_whole_and_not_kept() -> None:
    site = Site(PUBLIC, is_long=True)
    site.body = b"x" * 70_000
    reader = site.reader(1_000_000)
    for _ in range(2):
        assert reader.get("/a").data == site.body + b" GET  identity"
    assert site.asked == 2


def test_whoever_has_a_long_document_waits_for_none_of_it() -> None:
    tag = Site(PUBLIC, is_long=True).reader().get("/a").headers["ETag"]
    site = Site(PUBLIC, is_long=True)
    for ask in (
        lambda reader: reader.get("/a", headers={"If-None-Match": tag}),
        lambda reader: reader.head("/a"),
    ):
        answer = ask(site.reader())
        assert (answer.data, answer.headers["ETag"]) == (b"", tag)
        answer.close()
    assert (site.made, site.asked, site.closed) == (0, 2, 2)


@pytest.mark.parametrize("kept_before", [True, False])
@pytest.mark.parametrize("headers", [[PUBLIC], [("Cache-Control", "no-store")]])
def test_head_says_what_get_says(kept_before: bool, headers: list[tuple[str, str]]) -> None:
    site = Site(*headers)
    reader = site.reader()
    if kept_before:
        reader.get("/a").close()
    with reader.head("/a") as head, reader.get("/a") as get:
        assert (head.status_code, head.data, get.data) == (200, b"", b"page GET  identity")
    assert head.headers == get.headers
    assert site.closed == site.asked


@pytest.mark.parametrize(
    "site",
    [
        Site(("Cache-Control", "no-store")),
        Site(("Cache-Control", "private")),
        Site(PUBLIC, ("Cache-Control", "no-store")),
        Site(),
        Site(PUBLIC, ("Set-Cookie", "a=b")),
        Site(PUBLIC, ("Vary", "Accept-Encoding, Cookie")),
        Site(PUBLIC, ("Vary", "*")),
        Site(PUBLIC, status="404 NOT FOUND"),
        Site(PUBLIC, status="301 MOVED PERMANENTLY"),
        Site(PUBLIC, status="503 SERVICE UNAVAILABLE"),
    ],
)
def test_what_may_differ_or_is_no_page_is_neither_kept_nor_tagged(site: Site) -> None:
    reader = site.reader()
    assert "ETag" not in reader.get("/a").headers
    assert reader.get("/a", headers={"If-None-Match": "*"}).status_code == int(site.status[:3])
    assert site.asked == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE"])
def test_only_reading_is_answered_from_the_shelf(method: str) -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    reader.get("/a")
    answer = reader.open("/a", method=method, headers={"Accept-Encoding": "gzip"})
    assert answer.data == f"page {method}  gzip".encode()
    assert site.asked == 2


def test_a_part_of_a_file_is_asked_of_the_application() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    reader.get("/a")
    reader.get("/a", headers={"Range": "bytes=0-1", "Accept-Encoding": "gzip"})
    assert site.asked == 2


def test_whoever_has_a_session_gets_no_page_of_others_and_leaves_none() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    signed_in = {"Cookie": "form=abc; other=1"}
    reader.get("/a", headers=signed_in)
    reader.get("/a", headers=signed_in)
    reader.get("/a")
    assert site.asked == 3
    reader.get("/a", headers={"Cookie": "other=1"})
    assert site.asked == 3


def test_nothing_is_kept_while_nobody_can_tell_the_state() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    reader.get("/a")
    site.state = None
    assert "ETag" not in reader.get("/a").headers
    assert reader.get("/a").status_code == 200
    assert site.asked == 3


def test_a_change_while_a_page_is_made_is_seen_by_the_next_reader() -> None:
    site = Site(PUBLIC)

    def change_meanwhile(environ, start_response):
        answer = list(site(environ, start_response))
        site.state = "release.2.day."
        return answer

    reader = Client(PageCache(change_meanwhile, lambda: site.state, "form", 1_000_000, "/files/"))
    assert reader.get("/a").headers["ETag"] == 'W/"release.1.day."'
    assert reader.get("/a").headers["ETag"] == 'W/"release.2.day."'
    assert site.asked == 2


def test_a_file_of_this_release_outlives_every_change() -> None:
    site = Site(("Cache-Control", "public, max-age=31536000, immutable"), ("Last-Modified", "yesterday"))
    reader = site.reader()
    first = reader.get("/static/1/a.css")
    assert first.headers["ETag"] == 'W/"release"'
    assert "Last-Modified" not in first.headers
    site.state = "release.2.day."
    assert reader.get("/static/1/a.css", headers={"If-None-Match": 'W/"release"'}).status_code == 304
    assert site.asked == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*;q=0", "identity"),
        ("identity;q=0", "identity"),
        ("gzip;q=abc, *;q=0", "identity"),
        ("", "identity"),
        ("deflate", "identity"),
        ("x" * 5000, "identity"),
    ],
)
def test_one_coding_is_chosen(accepted: str, coding: str) -> None:
    answer = Site(PUBLIC).reader().get("/a", headers={"Accept-Encoding": accepted})
    assert answer.data.decode().split()[-1] == coding


def test_every_query_has_its_own_page() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    queries = ("", "a=1", "a=1&b=2", "b=2&a=1")
    answers = {reader.get(f"/a?{query}").data for query in queries}
    assert len(answers) == len(queries)


# ---------------------------------------------------------------- the shelf
def page(size: int) -> Page:
    return Page("state", '"tag"', [], [], b"x" * size)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 40_000)), max_size=60))
def test_the_shelf_never_holds_more_than_it_may(puts: list[tuple[str, int]]) -> None:
    most = 16 * 20_000
    shelf = Shelf(most)
    newest: dict[str, Page] = {}
    for path, size in puts:
        shelf.put((path, "", "br"), newest.setdefault(path, page(size)))
        held = [kept for key in "abcdefgh" if (kept := shelf.get((key, "", "br")))]
        assert sum(len(kept.body) + BOOKKEEPING_BYTES for kept in held) <= most
        assert len(held) == len(shelf)


def test_the_page_that_nobody_has_read_for_longest_goes_first() -> None:
    size = 10_000
    shelf = Shelf((size + BOOKKEEPING_BYTES + 10) * LARGEST_SHARE)
    for number in range(LARGEST_SHARE):
        shelf.put((f"/{number}", "", ""), page(size))
    assert shelf.get(("/0", "", ""))
    shelf.put(("/new", "", ""), page(size))
    assert shelf.get(("/0", "", ""))
    assert shelf.get(("/1", "", "")) is None


def test_a_new_state_takes_away_the_pages_of_the_one_before_and_leaves_the_files() -> None:
    shelf = Shelf(16 * 20_000)
    before, after = page(10), replace(page(10), state="after")
    shelf.put(("/a", "", ""), before)
    shelf.put(("/b", "", ""), before)
    shelf.put(("/static/c", "", ""), replace(page(10), state=None))
    shelf.put(("/b", "", ""), after)
    assert shelf.get(("/a", "", "")) is None
    assert shelf.get(("/b", "", "")) is after
    assert len(shelf) == 2
    for _ in range(3):  # the weight is counted down with them
        shelf.put(("/d", "", ""), replace(page(15_000), state=None))
    assert len(shelf) == 3


def test_an_endless_query_is_not_worth_keeping() -> None:
    site = Site(PUBLIC)
    reader = site.reader()
    for _ in range(2):
        reader.get("/a?q=" + "a" * 1000)
    assert site.asked == 2


def test_files_that_may_be_taken_back_are_never_kept() -> None:
    site = Site(("Cache-Control", "public, max-age=31536000, immutable"))
    reader = site.reader()
    assert [reader.get("/files/a", headers={"Accept-Encoding": "br"}).status_code for _ in range(2)] == [
        200,
        200,
    ]
    assert site.asked == 2

"""Finished pages, kept in front of the application: packed, tagged, and never older than the catalogue.

Kept is what is the same for everybody: answers 200 to GET that may be kept and that depend on nothing but the
address and the coding. Before a kept page is given, the state of the site is asked for; a page that was made
in another state is made again. So a commit in one process is seen by the next request to any other.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug.datastructures import Accept, Headers
from werkzeug.http import parse_accept_header
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OK, NOT_MODIFIED = "200 OK", "304 NOT MODIFIED"
CODINGS = ("br", "zstd", "gzip")
# Of the whole shelf, how much one page may take, and the longest query that is worth keeping.
LARGEST_SHARE = 16
LONGEST_QUERY = 400
BOOKKEEPING_BYTES = 3000  # about what a page weighs besides its body
# All that a 304 tells (RFC 9110 §15.4.5): the reader keeps the rest with the page.
OF_304 = {"cache-control", "content-location", "etag", "expires", "vary"}

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A finished answer. `state`: in which it was made; None for a file that is the same for ever."""

    state: str | None
    tag: str
    headers: list[tuple[str, str]]
    headers_of_304: list[tuple[str, str]]
    body: bytes


class Shelf:
    """Pages by address and coding, up to so many bytes; for all threads of a process.

    The first page of a new state takes away all pages of the state before, which nobody is given any more.
    """

    def __init__(self, most_bytes: int) -> None:
        self.largest = most_bytes // LARGEST_SHARE
        self._most = most_bytes
        self._bytes = 0
        self._state: str | None = None
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        """A page that is there, in whatever state it was made."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        """Keep a page, in the place of the one made before; too big a one is not kept."""
        weight = _weight(key, page)
        if weight > self.largest or len(key[1]) > LONGEST_QUERY:
            return
        with self._lock:
            if page.state and page.state != self._state:
                self._state = page.state
                for old in [one for one, kept in self._pages.items() if kept.state]:
                    self._bytes -= _weight(old, self._pages.pop(old))
            if before := self._pages.pop(key, None):
                self._bytes -= _weight(key, before)
            self._pages[key] = page
            self._bytes += weight
            while self._bytes > self._most:
                self._bytes -= _weight(*self._pages.popitem(last=False))

    def __len__(self) -> int:
        return len(self._pages)


def _weight(key: Key, page: Page) -> int:
    return len(page.body) + sum(map(len, key)) + BOOKKEEPING_BYTES


class PageCache:
    """Answers from the shelf what it can, else from the application.

    `state`: a word that changes whenever any page may change, None where nobody can tell. A request that
    brings the session's cookie is always answered by the application, and so are addresses below
    `passed_by`: large files, which lie on the disk already and which may be taken back.
    """

    def __init__(
        self,
        application: WSGIApplication,
        state: Callable[[], str | None],
        session_cookie: str,
        most_bytes: int,
        passed_by: str,
    ) -> None:
        self.application = application
        self.shelf = Shelf(most_bytes)
        self._state = state
        self._session = f"{session_cookie}="
        self._passed_by = passed_by

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if method not in {"GET", "HEAD"} or "HTTP_RANGE" in environ or path.startswith(self._passed_by):
            return self.application(environ, start_response)
        asked = environ.pop("HTTP_IF_NONE_MATCH", "")
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)  # no page says when it was changed
        key = _key(environ)
        anonymous = self._session not in environ.get("HTTP_COOKIE", "")
        page = self.shelf.get(key) if anonymous else None
        if page is None or page.state is not None:
            # Asked before the page is made: what is committed meanwhile makes it newer than its tag.
            state = self._state()
            if page is None or page.state != state or state is None:
                page, answer = self._make(environ, start_response, state, asked, key if anonymous else None)
                if page is None:
                    return answer
                if anonymous:
                    self.shelf.put(key, page)
        if asked and _has(asked, page.tag):
            start_response(NOT_MODIFIED, page.headers_of_304[:])
            return []
        start_response(OK, page.headers[:])
        # A list: granian sends one at once, and anything else piece by piece from its own threads.
        return [] if method == "HEAD" else [page.body]

    def _make(
        self,
        environ: WSGIEnvironment,
        start_response: StartResponse,
        state: str | None,
        asked: str,
        key: Key | None,
    ) -> tuple[Page | None, Iterable[bytes]]:
        """The application's answer as a page; else, with its start made, what is handed on.

        HEAD is asked as GET, so that both say the same. Handed on is what may not be kept, and a document
        that the application is still making; `key` is where that one stands once it was read to its end.
        """
        began: list[tuple[str, list[tuple[str, str]]]] = []

        def take(
            status: str, headers: list[tuple[str, str]], _trouble: object = None
        ) -> Callable[[bytes], object]:
            began.append((status, headers))
            return _no_writing

        bodiless = environ["REQUEST_METHOD"] == "HEAD"
        environ["REQUEST_METHOD"] = "GET"
        chunks = self.application(environ, take)
        status, headers = began[-1]
        if state is None or status != OK or not _is_for_everybody(named := Headers(headers)):
            start_response(status, headers)
            return None, ClosingIterator((), getattr(chunks, "close", None)) if bodiless else chunks
        if "Content-Length" not in named and not _is_lasting(named):
            page = _page(named, None, state)
            known = bool(asked) and _has(asked, page.tag)
            start_response(NOT_MODIFIED if known else OK, page.headers_of_304 if known else page.headers[:])
            handed_on = () if known or bodiless else self._hand_on(chunks, page, key)
            return None, ClosingIterator(handed_on, getattr(chunks, "close", None))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", _nothing)()
        return _page(named, body, state), ()

    def _hand_on(self, chunks: Iterable[bytes], page: Page, key: Key | None) -> Iterator[bytes]:
        """The document as it is being made; kept when it was read to its end and is not too long."""
        read: list[bytes] = []
        left = self.shelf.largest if key else 0
        for chunk in chunks:
            left -= len(chunk)
            if left >= 0:
                read.append(chunk)
            else:
                read.clear()
            yield chunk
        if key and left >= 0:
            body = b"".join(read)
            headers = [*page.headers, ("Content-Length", str(len(body)))]
            self.shelf.put(key, replace(page, headers=headers, body=body))


def _page(headers: Headers, body: bytes | None, state: str) -> Page:
    """`body` is None while it is still being made."""
    lasting = _is_lasting(headers)
    tag = f'"{state.partition(".")[0] if lasting else state}"'
    headers["ETag"] = f"W/{tag}"  # weak: the same page in every coding
    if body is not None:
        headers["Content-Length"] = str(len(body))
    headers.remove("Last-Modified")
    whole = headers.to_wsgi_list()
    of_304 = [(name, value) for name, value in whole if name.lower() in OF_304]
    return Page(None if lasting else state, tag, whole, of_304, body or b"")


def _is_lasting(headers: Headers) -> bool:
    """Whether it is a file whose address changes with its content."""
    return "immutable" in headers.get("Cache-Control", "")


def _key(environ: WSGIEnvironment) -> Key:
    """Where the answer stands on the shelf; the application hears of the one coding only.

    The query counts as it was written: a page repeats it in the address of its other language.
    """
    coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    environ["HTTP_ACCEPT_ENCODING"] = coding
    return environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""), coding


@lru_cache(maxsize=256)
def _coding(accepted: str) -> str:
    """The best of the codings that a reader takes, as the only one that the application hears of."""
    qualities = parse_accept_header(accepted, Accept)
    best = max(CODINGS, key=qualities.quality)
    return best if qualities.quality(best) > 0 else "identity"


def _has(asked: str, tag: str) -> bool:
    """Whether If-None-Match names this tag; compared weakly. No tag holds a quotation mark."""
    return tag in asked or asked.strip() == "*"


def _is_for_everybody(headers: Headers) -> bool:
    """Whether the answer may be kept, and is the same for every reader of this coding."""
    keeping = ",".join(headers.getlist("Cache-Control"))
    varies = {name.strip().lower() for name in ",".join(headers.getlist("Vary")).split(",")}
    varies -= {"", "accept-encoding"}
    is_public = "public" in keeping and "no-store" not in keeping
    return is_public and "Set-Cookie" not in headers and not varies


def _no_writing(_body: bytes) -> object:
    raise NotImplementedError("the application answers with what it returns")


def _nothing() -> None:
    pass

"""Whatever is asked gets a clear answer in the reader's language: properties over every route of the site."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

ROOM_FOR_ALL = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
INSIDES = re.compile(
    rb"Traceback \(most recent|File \"/|werkzeug\.|sqlalchemy\.|jinja2\.|sqlite3\.|whoosh\.|site-packages"
)
KNOWN = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PARAMETERS = (
    *(
        "q",
        "category",
        "scheme",
        "level",
        "evidence",
        "village",
        "place",
        "month",
        "visitable",
        "market",
        "kind",
    ),
    *("sort", "page", "of", "lang", "X-Fragment", "q[]", "", "\x00"),
)
NASTY = (
    *(
        "",
        " ",
        "'",
        '"bơ',
        "\\",
        "%",
        "%%",
        "%s%n",
        "{{7*7}}",
        "${7*7}",
        "<script>alert(1)</script>",
        "*",
        "(((",
        'name:"',
    ),
    *(
        "' OR 1=1 --",
        "bơ AND (",
        "NOT",
        "~~~",
        "^5",
        "[* TO *]",
        "/../../etc/passwd",
        "\x00",
        "a\x00b",
        "\x1b[31m",
    ),
    *(
        "\r\nX-Injected: 1",
        "\u202ebơ",
        "\u200b\u200d",
        "🌸" * 50,
        "ầ" * 4000,
        "ạ" + "\u0323" * 500,
        "a" * 8000,
    ),
    *(
        "đ Đ ð Ð",
        "ｃａ ｐｈｅ",
        "K'Ho ’ʼ`",
        "\ufffe",
        "\ufeff",
        "-1",
        "0",
        "1e9",
        "99999999999999999999",
        "9" * 5000,
    ),
    *("NaN", "0x10", "１２", "²", "١", "true", "null", "[]", "a,b,c", "../", "..%2f", "ﬃ", "İ", "ß"),
)

# The views that take what a reader writes.
WRITTEN_TO = {"public.corrections.write", "public.enquiries.write", "public.join.write"}

# Behind these stand forms too; who may send them is in tests/architecture/permissions.py.
PRIVATE = ("security.", "account.", "studio.", "staff.")

# What no page can hold, and what makes the words after it run the other way.
UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

letters = st.characters(exclude_categories=["Cs"])
nasty = st.sampled_from(NASTY) | st.text(letters, max_size=40)
queries = st.lists(st.tuples(st.sampled_from(PARAMETERS) | st.text(letters, max_size=8), nasty), max_size=5)
raw_queries = st.binary(max_size=60).map(lambda octets: octets.decode("latin-1"))


def judge(response: TestResponse, language: str | None = None) -> None:
    """No failure of ours, nothing of the insides, nothing injected, and the language of the address."""
    with response:
        assert response.status_code < 500
        assert not INSIDES.search(response.data)
        assert "X-Injected" not in response.headers
        assert b"<script>alert(1)</script>" not in response.data
        assert re.match(r"/(?![/\\])", response.location or "/")
        assert response.headers["Content-Security-Policy"]
        if response.mimetype == "text/html" and response.data:
            assert not UNSEEN.search(response.text)
            told = document_fromstring(response.data).get("lang")
            assert told in ([language] if language else ["vi", "en"])


def language_of(path: str) -> str | None:
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in {"vi", "en"} else None


def wsgi(text: str) -> str:
    """A path as a server hands it on: octets, each as one sign."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def routes(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def filled(rule: Rule, text: str) -> str:
    """The rule's address with a text for every variable part."""
    return re.sub(r"<[^>]+>", lambda _: text, rule.rule)


@pytest.fixture(scope="module")
def rules(loaded: Flask) -> list[Rule]:
    return routes(loaded)


def test_the_routes_are_those_of_the_whole_site(rules: list[Rule]) -> None:
    languages = {rule.rule.split("/")[1] for rule in rules}
    assert {"vi", "en"} <= languages
    assert len(rules) > 30


@ROOM_FOR_ALL
@given(data=st.data(), query=queries)
def test_any_query_on_every_route_is_answered(client: FlaskClient, rules: list[Rule], data, query) -> None:
    path = filled(data.draw(st.sampled_from(rules)), "none")
    judge(client.get(path, query_string=query), language_of(path))


@pytest.mark.parametrize("value", NASTY)
def test_a_nasty_value_is_answered_in_every_parameter(client: FlaskClient, value: str) -> None:
    lists = ("/vi/san-pham", "/vi/nha-san-xuat", "/en/exporters", "/en/villages", "/vi/tuyen")
    for path in (*lists, "/en/search", "/vi/chung-nhan/haccp"):
        judge(client.get(path, query_string=dict.fromkeys(PARAMETERS, value)), language_of(path))
    for path in ("/vi/san-pham", "/en/search"):
        judge(client.get(path, query_string={"q": value}), language_of(path))


def test_no_page_shows_signs_that_it_cannot_hold(client: FlaskClient, rules: list[Rule]) -> None:
    """Whatever a page reads from its address: words to look for, a site, a record, a day."""
    unseen = dict.fromkeys((*PARAMETERS[:-2], "host", "record", "date", "craft"), "\x00a\x07\u202eb")
    alone = [
        rule for rule in rules if not rule.arguments - {"language"} and rule.endpoint.startswith("public.")
    ]
    assert len(alone) > 50
    for rule in alone:
        response = client.get(rule.rule, query_string=unseen, follow_redirects=False)
        judge(response, language_of(rule.rule))


@ROOM_FOR_ALL
@given(data=st.data(), query=raw_queries)
@example(data=None, query="%").via("half an escape")
@example(data=None, query="%ff%fe").via("not UTF-8")
@example(data=None, query="q=%ed%a0%80").via("half of a surrogate pair")
@example(data=None, query="&".join(["a=1"] * 1500)).via("very many parameters")
def test_a_query_that_is_no_text_is_answered(
    client: FlaskClient, rules: list[Rule], data, query: str
) -> None:
    path = filled(data.draw(st.sampled_from(rules)), "none") if data else "/vi/san-pham"
    judge(client.get(path, environ_overrides={"QUERY_STRING": query}), language_of(path))


@ROOM_FOR_ALL
@given(data=st.data(), part=nasty)
def test_any_text_in_the_place_of_a_slug_is_answered(
    client: FlaskClient, rules: list[Rule], data, part
) -> None:
    rule = data.draw(st.sampled_from([rule for rule in rules if rule.arguments - {"language"}]))
    path = filled(rule, part)
    judge(client.get("/", environ_overrides={"PATH_INFO": wsgi(path)}), language_of(path))


@ROOM_FOR_ALL
@given(
    octets=st.binary(max_size=60),
    start=st.sampled_from(["", "/vi/", "/en/", "/vi/san-pham/", "/static/", "/weave/", "//"]),
)
@example(octets=b"\xff\xfe", start="/vi/")
@example(octets=b"\x00", start="/vi/san-pham/")
@example(octets=b"x" * 9000, start="/en/products/")
@example(octets=b"\r\nX-Injected: 1/", start="/vi/san-pham/")
def test_a_path_that_is_no_text_is_answered(client: FlaskClient, octets: bytes, start: str) -> None:
    path = start + octets.decode("latin-1")
    seen = "/" + path.lstrip("/")
    judge(client.get("/", environ_overrides={"PATH_INFO": path}), language_of(seen))


headers = st.sampled_from(
    (
        *(
            "Accept-Language",
            "Accept",
            "Accept-Encoding",
            "Accept-Charset",
            "Cookie",
            "If-None-Match",
            "If-Modified-Since",
        ),
        *(
            "If-Match",
            "Range",
            "Host",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-HTTP-Method-Override",
            "Authorization",
        ),
        *(
            "Content-Type",
            "Content-Length",
            "Referer",
            "User-Agent",
            "Origin",
            "X-Requested-With",
            "X-Fragment",
            "Expect",
        ),
    )
)
HEADER_VALUES = (
    *(
        "x" * 5000,
        "*;q=nan, vi;q=1e99, -;;;",
        "vi_VN@latin,,,;q",
        "\t;;;q=,",
        "gzip;q=abc, *;q=0",
        "identity;q=0",
    ),
    *('session=%%%; =;;; a="b', "session=eyJhIjoxfQ.AAAA.BBBB", '"' + "x" * 3000, ",,,W/", "yesterday"),
    *("Thu, 99 Foo 9999 99:99:99 GMT", "bytes=9-1", "bytes=0-0,-1,5-,x", "';--", "evil.example", "DELETE"),
    *("Basic %%%", "Bearer " + "x" * 3000, "x/y;charset=nope", "\x7f", "", "null", "-1", "results"),
)
header_values = st.sampled_from(HEADER_VALUES) | st.text(
    st.characters(min_codepoint=32, max_codepoint=255), max_size=40
)


@ROOM_FOR_ALL
@given(data=st.data(), name=headers, value=header_values)
def test_any_header_on_every_route_is_answered(
    client: FlaskClient, rules: list[Rule], data, name, value
) -> None:
    path = filled(data.draw(st.sampled_from(rules)), "none")
    judge(client.get(path, headers={name: value}), language_of(path))


@ROOM_FOR_ALL
@given(
    data=st.data(),
    method=st.sampled_from((*KNOWN, "PROPFIND", "BREW")),
    body=st.tuples(
        st.binary(max_size=200)
        | st.sampled_from((b"\x00" * 1000, b"[" * 20000, b"a=%ff&b=%", b"a" * 300_000)),
        st.sampled_from(
            (
                *("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
                *("multipart/form-data", "text/plain", "application/xml", "x/y;charset=nope", ""),
            )
        ),
    ),
)
def test_any_method_and_body_on_every_route_is_answered(
    client, rules: list[Rule], data, method, body
) -> None:
    rule = data.draw(st.sampled_from(rules))
    path, (octets, kind) = filled(rule, "none"), body
    judge(client.open(path, method=method, data=octets, content_type=kind), language_of(path))


@pytest.mark.parametrize("path", ["/vi/tuyen", "/studio/", "/account/sign-in"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_deeply_nested_body_breaks_nothing(client: FlaskClient, path: str, method: str) -> None:
    judge(client.open(path, method=method, data=b"[" * 20000, content_type="application/json"))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_page_is_only_read(client: FlaskClient, rules: list[Rule], method: str) -> None:
    written_to = {rule.rule for rule in rules if method in (rule.methods or ())}
    for rule in rules:
        if rule.rule in written_to:
            assert rule.endpoint in WRITTEN_TO or rule.endpoint.startswith(PRIVATE), rule
            continue
        assert client.open(filled(rule, "none"), method=method).status_code in {404, 405}, rule


@pytest.mark.parametrize("path", ["/vi/san-pham/\0", "/en/certificates/a\0b", "/\0"])
def test_a_nul_in_an_address_never_reaches_the_database(client: FlaskClient, statements, path: str) -> None:
    with statements() as run:
        judge(response := client.get("/", environ_overrides={"PATH_INFO": path}), language_of(path))
    assert (response.status_code, run) == (404, [])


def test_a_list_has_no_page_beyond_its_last(client: FlaskClient) -> None:
    for path in ("/vi/san-pham", "/en/producers", "/vi/xuat-khau", "/vi/chung-nhan/ocop-moi-xa-mot-san-pham"):
        assert client.get(f"{path}?page=9999").status_code == 404
        for value in ("", "0", "-1", "two", "²", "1.5", "%00"):
            assert client.get(f"{path}?page={quote(value, safe='%')}").status_code == 200


def test_the_site_is_well_after_all_this(client: FlaskClient) -> None:
    assert {client.get(path).status_code for path in ("/vi/", "/en/products", "/vi/chung-nhan")} == {200}

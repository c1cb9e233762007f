"""Whatever is typed is answered, and soon: ten thousand made-up questions, and the naughty strings."""

from __future__ import annotations

import json
import random
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from catalogue.search.asking import ask
from catalogue.search.everything import suggest
from tests.effort import seconds_for

NAUGHTY: list[str] = json.loads(
    (Path(__file__).parents[2] / "vendor" / "naughty-strings" / "blns.json").read_text("utf-8")
)
PATHOLOGICAL = (
    "a" * 10_000,
    "trà " * 2_500,
    "\u0301" * 10_000,
    "đ" * 10_000,
    "((((((((" * 1_000,
    "*" * 5_000,
    "a* " * 2_000,
    "aa" * 20,
    "nghieeng" * 30,
    "ca" * 20,
    "caphe" * 8,
    "\u202e" * 500 + "trà",
    "🍵" * 2_000,
    "K'" * 300 + "Ho",
    "a'b'c'd'e'f'g'h'i'j'k",
    "1" * 300,
    "0" * 38,
    "name:trà AND (q:* OR",
    "x^5~2 [a TO z]",
    "' OR 1=1; DROP TABLE--",
    "\x00\x01\x1b[31m",
    "\ud800\udfff",
    "\ufeff\u200b\u200d",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
)
PARTS = (
    "cà phê",
    "ca phe",
    "caf phee",
    "ca2 phe6",
    "thổ cẩm",
    "thoorcaamr",
    "K'Ho",
    "Cơ Ho",
    "dalat",
    "0901.21",
    "OCOP 4",
    "strawberies",
    "xyzzy",
    "bơ",
    "đường",
    "ruouvangdalat",
    "500 gr",
    "'",
    '"',
    "(",
    "*",
    "~",
    "^",
    ":",
    "AND",
    "NOT",
    "\u0301",
    "\u200f",
    "\u202e",
    "🍵",
    "\x00",
    "ａ",
    "ﬁ",
    "ß",
    "ı",
    "İ",
    "Ǆ",
    "अ",
    "ال",
    "한",
    "漢",
    "nghieengs",
    "w",
    "1",
)
LONGEST_S = 0.1


def made_up(number: int) -> list[str]:
    """Questions of known words, keys, joined and cut in every way, and signs of all kinds."""
    chance = random.Random(20261126)
    found = []
    for _ in range(number):
        parts = chance.choices(PARTS, k=chance.randint(1, 7))
        text = chance.choice(("", " ", " ", "-", "  ")).join(parts)
        if chance.random() < 0.4:
            cut = chance.randrange(len(text) + 1)
            text = (
                text[:cut]
                + chr(chance.choice((chance.randrange(32, 0x250), chance.randrange(0x110000))))
                + text[cut:]
            )
        found.append(text[chance.randrange(3) :])
    return found


def test_ten_thousand_made_up_questions_are_answered_in_time(loaded: Flask) -> None:
    with loaded.test_request_context("/vi/"):
        index = loaded.extensions["search_index"]
        ask(index, "cà phe xyz")  # opens what is opened once
        suggest(index, "ca", 10)
        slowest = (0.0, "")
        for text in made_up(10_000):
            slowest = max(slowest, (seconds_for(partial(ask, index, text)), text))
    assert slowest[0] < LONGEST_S, slowest


@pytest.mark.parametrize("text", PATHOLOGICAL, ids=lambda text: repr(text[:12]))
def test_what_is_made_to_be_slow_is_not(loaded: Flask, text: str) -> None:
    with loaded.test_request_context("/vi/"):
        index = loaded.extensions["search_index"]
        ask(index, "cà phe xyz")
        assert seconds_for(lambda: (ask(index, text), suggest(index, text, 10))) < LONGEST_S


def test_naughty_strings_get_a_page_and_an_answer(client: FlaskClient) -> None:
    broken = []
    for text in (*NAUGHTY, *PATHOLOGICAL):
        for address in ("/en/search?q=", "/api/v1/search?q=", "/api/v1/suggest?q="):
            status = client.get(address + quote(text.encode("utf-8", "surrogatepass"))).status_code
            if status not in ({200} if address.startswith("/en") else {200, 422}):
                broken.append((address, text, status))
    assert broken == []


def test_a_question_that_is_repeated_may_be_kept(client: FlaskClient) -> None:
    for address in ("/api/v1/suggest?q=tra", "/api/v1/search?q=tra", "/en/search?q=tra"):
        answer = client.get(address)
        assert "no-store" not in answer.headers["Cache-Control"]
        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

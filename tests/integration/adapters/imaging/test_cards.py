"""Cards for shared addresses: whole Vietnamese type, whatever the name, and the maker's own band."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from unicodedata import normalize

import pytest
from flask import Flask
from PIL import Image, ImageFont, features

from catalogue.adapters.imaging import cards
from catalogue.adapters.imaging.cards import draw_card, place_name
from catalogue.database import db
from catalogue.kernel import weave
from catalogue.kernel.card import Card
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute

STACKED = "ỄẬỖỮẰẲẴẶẤẦẨẪỐỒỔỘỚỜỞỠỢỨỪỬỰỶỸỴ"
TOP, BOTTOM = cards.NAME_TOP, cards.HEIGHT - 53 * cards.WEFT - 84
WIDTH = cards.WIDTH - 2 * cards.MARGIN


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def card(name: str = "Rượu cần", band: str = "det-bnor-c", note: str = "") -> Card:
    return Card(band, "Sản phẩm", name, note, "Đà Lạt")


def names(loaded: Flask) -> list[str]:
    with loaded.app_context():
        rows = [
            db.session.scalars(db.select(model)).all()
            for model in (Product, Producer, CraftVillage, TourRoute)
        ]
        return [text for kind in rows for row in kind for text in row.name.texts()]


def test_a_card_is_a_light_picture_of_the_size_that_sites_ask_for() -> None:
    drawn = draw_card(card())
    assert drawn.startswith(b"\x89PNG")
    assert opened(drawn).size == (1200, 630)
    assert len(drawn) < 60_000


def test_each_maker_has_its_own_band() -> None:
    for code in ("det-bnor-c", "htx-anh-dao"):
        picture = opened(draw_card(card(band=code)))
        draft = weave.draft(code, weave.Kind.BAND)
        floor = cards.HEIGHT - len(draft.rows) * cards.WEFT
        for y, row in enumerate(draft.rows):
            for x in range(0, draft.width, 5):
                wanted = Image.new("RGB", (1, 1), draft.dyes[row[x]]).getpixel((0, 0))
                got = picture.getpixel((x * cards.WEFT + 1, floor + y * cards.WEFT + 1))
                assert max(abs(a - b) for a, b in zip(wanted, got, strict=True)) < 12


def test_every_name_of_the_catalogue_lies_whole_in_its_room(loaded: Flask) -> None:
    for name in names(loaded):
        lines = place_name(name, WIDTH, TOP, BOTTOM)
        assert " ".join(line for _, line, _ in lines) == " ".join(normalize("NFC", name).split()), name
        boxes = [(baseline, *font.getbbox(line, anchor="ls")) for baseline, line, font in lines]
        ink = [(baseline + top, baseline + bottom) for baseline, _, top, _, bottom in boxes]
        assert ink[0][0] >= TOP - 8, name
        assert ink[-1][1] <= BOTTOM + 12, name
        assert all(right <= WIDTH for _, _, _, right, _ in boxes), name
        assert all(above[1] <= below[0] + 2 for above, below in pairwise(ink)), name


def test_stacked_marks_are_drawn_whole() -> None:
    (baseline, line, font), *_ = place_name(STACKED[:12], WIDTH, TOP, BOTTOM)
    picture = opened(draw_card(card(STACKED[:12])))
    _, top, _, bottom = font.getbbox(line, anchor="ls")
    strip = picture.crop((cards.MARGIN, baseline + top - 6, cards.WIDTH, baseline + bottom + 6))
    paper = strip.getpixel((strip.width - 1, 0))
    rows = [{strip.getpixel((x, y)) == paper for x in range(strip.width)} for y in range(strip.height)]
    assert rows[0] == rows[1] == rows[-1] == {True}  # nothing touches the edge of its box
    assert False in rows[7]  # and the marks reach up to the top of theirs


@pytest.mark.parametrize("engine", [ImageFont.Layout.BASIC, ImageFont.Layout.RAQM])
@pytest.mark.parametrize("path", [cards.DISPLAY, cards.TEXT, cards.STRONG], ids=lambda path: path.stem)
def test_the_type_has_every_sign_of_the_names(loaded: Flask, path, engine) -> None:
    if engine == ImageFont.Layout.RAQM and not features.check("raqm"):
        pytest.skip("this Pillow has no raqm")
    font = ImageFont.truetype(path, 40, layout_engine=engine)
    missing = bytes(font.getmask("\U0010fffd"))
    signs = {sign for name in names(loaded) for sign in normalize("NFC", name)} | set(
        STACKED + STACKED.lower()
    )
    assert [
        sign for sign in sorted(signs) if not sign.isspace() and bytes(font.getmask(sign)) == missing
    ] == []


def test_a_name_written_with_loose_marks_looks_the_same() -> None:
    name = "Hồng treo gió Đà Lạt"
    assert draw_card(card(normalize("NFD", name))) == draw_card(card(name))


def test_what_is_too_long_ends_in_dots_inside_the_card() -> None:
    lines = place_name("Trà ô long thượng hạng " * 20, WIDTH, TOP, BOTTOM)
    assert len(lines) == cards.NAME_LINES
    assert lines[-1][1].endswith("…")
    assert all(font.getlength(line) <= WIDTH for _, line, font in lines)
    unbroken = place_name("Ễ" * 300, WIDTH, TOP, BOTTOM)
    assert all(font.getlength(line) <= WIDTH for _, line, font in unbroken)
    assert opened(draw_card(card("Ễ" * 300, note="Ậ" * 300))).size == (1200, 630)


def test_a_card_without_words_is_still_a_card() -> None:
    assert opened(draw_card(Card("da-lat", "", "", "", ""))).size == (1200, 630)

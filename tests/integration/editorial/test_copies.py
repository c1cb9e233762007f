"""Nearly the same photograph twice: its maker is told, and staff where it is another maker's."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from catalogue.editorial.copies import makers_with_the_same, possible_copies
from catalogue.kernel.photo import Advice
from tests.integration.media.conftest import Darkroom, photograph
from tests.people import two_makers


@pytest.fixture
def darkroom(changed: Flask) -> Darkroom:
    return Darkroom(changed)


@pytest.fixture
def makers(changed: Flask) -> tuple[str, str]:
    """The codes of two of them."""
    return two_makers(changed)


def saved_again(body: bytes) -> bytes:
    """The same picture, smaller and in another format."""
    picture, stored = Image.open(BytesIO(body)), BytesIO()
    picture.resize((picture.width * 3 // 4, picture.height * 3 // 4)).save(stored, "PNG")
    return stored.getvalue()


def advice_of(darkroom: Darkroom, code: str) -> list[str]:
    with darkroom.app.app_context():
        return darkroom.asset(code).advice


def put_twice(darkroom: Darkroom, first_owner: str, second_owner: str) -> str:
    """A photograph of one maker, and the same saved again of another or the same, whose code it gives."""
    body = photograph(size=(1000, 700))
    darkroom.upload(body, owner=first_owner)
    darkroom.work()
    second = darkroom.upload(saved_again(body), owner=second_owner).asset.code
    darkroom.work()
    return second


def test_a_maker_is_told_of_a_second_picture_that_is_nearly_the_same(
    darkroom: Darkroom, makers: tuple[str, str]
) -> None:
    maker, _ = makers

    second = put_twice(darkroom, maker, maker)

    assert Advice.NEAR_COPY in advice_of(darkroom, second)
    with darkroom.app.app_context():
        assert possible_copies() == []


def test_staff_see_a_picture_that_another_maker_has_and_the_maker_is_not_told(
    darkroom: Darkroom, makers: tuple[str, str]
) -> None:
    maker, other = makers

    second = put_twice(darkroom, maker, other)

    assert Advice.NEAR_COPY not in advice_of(darkroom, second)
    with darkroom.app.app_context():
        (pair,) = possible_copies()
        found = makers_with_the_same([pair.one, pair.other, "nobody-s"])
    assert second in {pair.one, pair.other}
    (first,) = {pair.one, pair.other} - {second}
    assert found == {second: [maker], first: [other]}
    listed = darkroom.app.test_cli_runner().invoke(args=["media", "copies"])
    assert "1 possible copies." in listed.output
    assert "Ask who took it before it is shown." in listed.output


def test_different_pictures_are_no_copies(darkroom: Darkroom, makers: tuple[str, str]) -> None:
    maker, other = makers
    scenes = (Image.radial_gradient("L"), Image.effect_mandelbrot((900, 900), (-2.0, -1.5, 1.0, 1.5), 90))
    for scene, owner in zip(scenes, (maker, other), strict=True):
        stored = BytesIO()
        scene.resize((900, 900)).convert("RGB").save(stored, "PNG")
        darkroom.upload(stored.getvalue(), owner=owner)
    darkroom.work()
    with darkroom.app.app_context():
        assert possible_copies() == []

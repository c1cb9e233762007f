"""The position goes out of an original whatever bit of its Exif is the other way round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from catalogue.adapters.imaging.cleaning import clean_original
from catalogue.adapters.imaging.containers import exif, exif_cleaning, tiff
from catalogue.adapters.imaging.containers.anatomy import NotTaken
from tests import pictures

BLOCK = pictures.exif(6).removeprefix(b"Exif\0\0")
LITTLE = pictures.encoded(pictures.scene(24, 16), "TIFF", exif=pictures.tiff_exif())


def coordinates(block: bytes) -> set[bytes]:
    """Any two neighbouring numbers of the latitude and of the longitude."""
    gps = next(each for each in exif.directories(block) if each.name == "gps")
    threes = [block[each.start : each.start + each.size] for each in gps.entries if each.size == 24]
    assert len(threes) == 2
    return {three[at : at + 16] for three in threes for at in (0, 8)}


def flips(body: bytes, end: int | None = None) -> Iterator[bytes]:
    """The same bytes with one bit the other way round, for every bit up to there."""
    for place in range(len(body) if end is None else end):
        for bit in range(8):
            yield body[:place] + bytes((body[place] ^ 1 << bit,)) + body[place + 1 :]


def tells(clean: bytes, places: set[bytes]) -> bool:
    return exif.facts(clean).gps or any(place in clean for place in places)


def test_no_flipped_bit_keeps_the_position_in_a_block_of_exif() -> None:
    places = coordinates(BLOCK)
    assert tells(BLOCK, places)
    kept = [clean for clean in map(exif_cleaning.without_location, flips(BLOCK)) if tells(clean, places)]
    assert kept == []


def test_no_flipped_bit_keeps_the_position_in_a_tiff_file() -> None:
    places = coordinates(LITTLE)
    pixels = LITTLE.index(pictures.scene(24, 16).tobytes()[:48])
    cleaned = 0
    for broken in flips(LITTLE, pixels):
        if exif.byte_order(broken) is None:
            continue
        try:
            clean = tiff.without_location(broken)
        except NotTaken:
            continue
        cleaned += 1
        assert not tells(clean, places)
    assert cleaned > 3_000


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")  # Pillow's own reader
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIC"])
def test_a_directory_that_says_it_goes_on_behind_the_end_is_left_out(kind: str) -> None:
    gps = next(each for each in exif.directories(BLOCK) if each.name == "gps")
    broken = b"Exif\0\0" + BLOCK[: gps.place] + b"\xff\xff" + BLOCK[gps.place + 2 :]
    picture = pictures.scene(64, 48)
    body = (
        pictures.heic(picture, exif=broken)
        if kind == "HEIC"
        else pictures.encoded(picture, kind, exif=broken)
    )
    assert any(place in body for place in coordinates(BLOCK))
    clean = clean_original(body)
    assert not any(place in clean for place in coordinates(BLOCK))


def test_words_that_lie_upon_the_position_go_and_the_turning_stays() -> None:
    gps = next(each for each in exif.directories(BLOCK) if each.name == "gps")
    latitude = next(each for each in gps.entries if each.tag == 2)
    image = next(each for each in exif.directories(BLOCK) if each.name == "image")
    artist = next(each for each in image.entries if each.tag == exif.ARTIST)
    pointed = BLOCK[: artist.place + 8] + latitude.start.to_bytes(4, "big") + BLOCK[artist.place + 12 :]
    assert exif.byte_order(BLOCK) == ">"
    facts = exif.facts(exif_cleaning.without_location(pointed))
    assert (facts.artist, facts.copyright, facts.orientation) == ("", "© Cầu Đất 2026", 6)


def test_what_stays_is_told_as_before() -> None:
    before, after = exif.facts(BLOCK), exif.facts(exif_cleaning.without_location(BLOCK))
    assert (after.orientation, after.artist, after.copyright, after.owner) == (
        before.orientation,
        before.artist,
        before.copyright,
        before.owner,
    )
    assert not any((after.gps, after.serial, after.maker_note, after.thumbnail))

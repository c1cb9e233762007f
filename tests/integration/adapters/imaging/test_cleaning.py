"""The kept original: the same pixels, no place, no trailer; read back by a program that is not ours."""

from __future__ import annotations

from io import BytesIO

import pi_heif
import pytest
from PIL import Image

from catalogue.adapters.imaging.cleaning import clean_original
from catalogue.adapters.imaging.containers import xmp
from catalogue.adapters.imaging.reading import inspect
from tests import pictures
from tests.integration.adapters.imaging import exiftool

TELLING = sorted(kind for kind, body in pictures.kinds().items() if "gps" in inspect(body).metadata)


def pixels(body: bytes) -> bytes:
    if inspect(body).format == "heic":
        opened = pi_heif.open_heif(BytesIO(body))  # its pixels live as long as it does
        return bytes(opened.data)
    with Image.open(BytesIO(body)) as picture:
        return picture.tobytes()


@pytest.mark.parametrize("kind", pictures.kinds())
def test_pixels_stay_the_same_to_the_bit(kind: str) -> None:
    body = pictures.kinds()[kind]
    assert pixels(clean_original(body)) == pixels(body)


@pytest.mark.parametrize("kind", pictures.kinds())
def test_no_byte_of_the_place_stays(kind: str) -> None:
    clean = clean_original(pictures.kinds()[kind])
    assert pictures.SECRET.encode() not in clean
    assert not {"gps", "maker_note", "thumbnail", "trailer"} & set(inspect(clean).metadata)


def test_there_are_files_that_tell_the_place() -> None:
    assert len(TELLING) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("kind", TELLING)
def test_another_reader_finds_the_place_before_and_not_after(kind: str) -> None:
    body = pictures.kinds()[kind]
    assert exiftool.places(body)
    assert not exiftool.places(clean_original(body))


@pytest.mark.parametrize("kind", TELLING)
def test_author_rights_and_turning_stay(kind: str) -> None:
    body = pictures.kinds()[kind]
    before, after = inspect(body), inspect(clean_original(body))
    assert (after.credit, after.rights) == (before.credit, before.rights)
    assert (after.width, after.height) == (before.width, before.height)


def test_cleaning_twice_changes_nothing_more() -> None:
    for body in pictures.kinds().values():
        clean = clean_original(body)
        assert clean_original(clean) == clean


def test_a_turned_picture_stays_turned() -> None:
    body = pictures.encoded(pictures.turned(6)[1], "JPEG", exif=pictures.exif(6))
    with Image.open(BytesIO(clean_original(body))) as picture:
        assert picture.getexif()[0x0112] == 6


@pytest.mark.parametrize("kind", ["jpeg", "mpo", "png", "webp", "gif", "heic"])
def test_what_lies_behind_the_picture_is_cut(kind: str) -> None:
    body = pictures.kinds()[kind]
    assert clean_original(body + pictures.MOTION) == clean_original(body)


def test_a_multi_picture_file_keeps_its_first_picture_only() -> None:
    with Image.open(BytesIO(clean_original(pictures.mpo()))) as picture:
        assert (picture.format, picture.size, getattr(picture, "n_frames", 1)) == ("JPEG", (2000, 1500), 1)


def test_segments_of_phones_are_left_out() -> None:
    body = pictures.kinds()["jpeg"]
    phone = b"\xff\xe4" + (2 + 20).to_bytes(2, "big") + b"home 11.9404 108.45 "
    assert b"home" not in clean_original(body[:2] + phone + body[2:])


def test_position_goes_out_of_xmp_and_the_rest_stays() -> None:
    clean = xmp.without_location(pictures.XMP)
    assert len(clean) == len(pictures.XMP)
    assert not xmp.TELLING.search(clean)
    assert "Nguyễn Thị Gốm".encode() in clean


def test_xmp_that_cannot_be_understood_goes_whole() -> None:
    odd = "<x exif:GPSLatitude='11.9404".encode("utf-16-le")
    assert xmp.without_location(odd) == b" " * len(odd)


@pytest.mark.parametrize("orientation", [1, 3, 6])
def test_exif_that_old_programs_hid_in_png_text_is_cleaned_like_any_other(orientation: int) -> None:
    told = pictures.exif(orientation).hex().encode()
    body = pictures.kinds()["interlaced"]
    text = b"Raw profile type exif\0\nexif\n%8d\n" % (len(told) // 2) + told
    hidden = body[:33] + pictures.png([(b"tEXt", text)])[8:] + body[33:]
    before = inspect(hidden)
    assert "gps" in before.metadata
    clean = clean_original(hidden)
    after = inspect(clean)
    assert not {"gps", "maker_note"} & set(after.metadata)
    assert (after.width, after.height, after.credit) == (before.width, before.height, before.credit)
    assert pictures.SECRET.encode().hex().encode() not in clean
    assert clean == clean_original(pictures.with_chunk(body, b"eXIf", bytes.fromhex(told.decode())[6:]))


@pytest.mark.parametrize("kind", ["heic", "avif"])
def test_boxes_of_other_programs_are_blanked_and_the_pixels_stay(kind: str) -> None:
    body = pictures.with_box(pictures.kinds()[kind], b"made at home, 11.9404")
    clean = clean_original(body)
    assert b"made at home" not in clean
    assert pixels(clean) == pixels(body)


def test_all_pages_of_a_tiff_and_the_choice_among_them_stay() -> None:
    body = pictures.preview_first()
    with Image.open(BytesIO(clean_original(body))) as picture:
        assert getattr(picture, "n_frames", 1) == 2
    assert inspect(clean_original(body)) == inspect(body)

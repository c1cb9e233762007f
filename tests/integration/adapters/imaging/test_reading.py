"""What a received file is, by its content, and why another one is not taken."""

from __future__ import annotations

import struct
import time

import pytest
from PIL import Image, ImageCms

from catalogue.adapters.imaging.reading import inspect
from catalogue.kernel.photo import MOST_BYTES, Advice, Refusal
from tests import pictures

KINDS = {
    "jpeg": "jpeg",
    "progressive": "jpeg",
    "grey": "jpeg",
    "cmyk": "jpeg",
    "mpo": "mpo",
    "png": "png",
    "png16": "png",
    "alpha": "png",
    "palette": "png",
    "interlaced": "png",
    "webp": "webp",
    "webp-lossless": "webp",
    "avif": "avif",
    "heic": "heic",
    "tiff": "tiff",
    "tiff-deflate": "tiff",
    "tiff-jpeg": "tiff",
    "gif": "gif",
}
TELLING = {"jpeg", "progressive", "mpo", "png", "webp", "avif", "heic", "tiff"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_taken_and_named_by_its_content(kind: str) -> None:
    found = inspect(pictures.kinds()[kind])
    assert (found.accepted, found.reason, found.format) == (True, None, KINDS[kind])
    assert (found.width, found.height) == (400, 300)


@pytest.mark.parametrize("kind", sorted(TELLING))
def test_metadata_are_named_by_kind(kind: str) -> None:
    found = inspect(pictures.kinds()[kind])
    assert {"exif", "gps", "owner", "serial", "maker_note"} <= set(found.metadata)


def test_who_made_it_is_kept_as_data() -> None:
    found = inspect(pictures.kinds()["jpeg"])
    assert (found.credit, found.rights) == ("Lò gốm Cầu Đất", "© Cầu Đất 2026")
    bare = inspect(pictures.encoded(pictures.scene(), "JPEG", xmp=pictures.XMP))
    assert (bare.credit, bare.rights) == ("Nguyễn Thị Gốm", None)
    assert set(bare.metadata) == {"xmp", "gps", "owner"}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_sizes_are_those_of_the_upright_picture(kind: str, orientation: int) -> None:
    upright, stored = pictures.turned(orientation)
    found = inspect(pictures.encoded(stored, kind, exif=pictures.exif(orientation, secrets=False)))
    assert (found.width, found.height) == upright.size


@pytest.mark.parametrize(
    ("body", "format_"),
    [
        (pictures.encoded(Image.new("RGB", (9, 9)), "BMP"), "bmp"),
        (pictures.encoded(Image.new("RGB", (32, 32)), "ICO"), "ico"),
        (pictures.encoded(Image.new("RGB", (9, 9)), "PPM"), "ppm"),
        (pictures.encoded(Image.new("RGB", (9, 9)), "TGA"), None),
        (pictures.encoded(Image.new("RGB", (9, 9)), "JPEG2000"), "jp2"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b"Dear trade promotion centre,", None),
        (pictures.MOTION, None),
    ],
    ids=["bmp", "ico", "ppm", "tga", "jpeg2000", "svg", "text", "film"],
)
def test_other_kinds_are_refused(body: bytes, format_: str | None) -> None:
    found = inspect(body)
    assert (found.accepted, found.reason, found.format) == (False, Refusal.UNSUPPORTED, format_)


def test_raw_pictures_of_cameras_are_not_taken_for_tiff() -> None:
    dng = Image.Exif()
    dng[0xC612] = b"\x01\x04\0\0"
    assert inspect(pictures.encoded(pictures.scene(), "TIFF", exif=dng)).reason is Refusal.UNSUPPORTED


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_cut_at_any_tenth_is_refused(kind: str, tenth: int) -> None:
    body = pictures.kinds()[kind]
    found = inspect(body[: len(body) * tenth // 10])
    if kind == "mpo" and found.accepted:  # cut where the first picture had ended and the second not begun
        assert found.metadata
        return
    assert found.reason in {Refusal.TRUNCATED, Refusal.DAMAGED}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_its_last_bytes_is_refused(kind: str) -> None:
    body = pictures.kinds()[kind]
    assert inspect(body[:-3]).reason in {Refusal.TRUNCATED, Refusal.DAMAGED}


def test_an_empty_and_a_too_large_file_are_refused() -> None:
    assert inspect(b"").reason is Refusal.EMPTY
    assert inspect(pictures.kinds()["jpeg"].ljust(MOST_BYTES + 1, b"\0")).reason is Refusal.TOO_LARGE


@pytest.mark.parametrize("kind", pictures.bombs())
def test_more_pixels_than_anybody_has_are_refused(kind: str) -> None:
    assert inspect(pictures.bombs()[kind]).reason is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize(("side", "times"), [(4000, 1000), (9900, 90), (9900, 20)])
def test_many_scans_over_a_large_picture_are_refused(side: int, times: int) -> None:
    began = time.monotonic()
    assert inspect(pictures.many_scans(side, times)).reason is Refusal.BOMB
    assert time.monotonic() - began < 10


def test_many_scans_over_a_small_picture_are_walked() -> None:
    assert inspect(pictures.many_scans(500, 60)).accepted


def test_a_hundred_megapixels_are_taken_and_one_row_more_is_not() -> None:
    def grey(width: int, height: int) -> bytes:
        return pictures.encoded(Image.new("1", (width, height)), "PNG")

    assert inspect(grey(10_000, 10_000)).accepted
    assert inspect(grey(10_000, 10_001)).reason is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_with_a_zip_behind_it_is_refused(kind: str) -> None:
    assert inspect(pictures.kinds()[kind] + pictures.zip_file()).reason is Refusal.ARCHIVE


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_with_a_pdf_behind_it_is_refused(kind: str) -> None:
    assert inspect(pictures.kinds()[kind] + pictures.PDF).reason is Refusal.DOCUMENT


def test_a_zip_inside_a_remark_is_found() -> None:
    inside = pictures.encoded(pictures.scene(), "JPEG", comment=pictures.zip_file())
    assert inspect(inside).reason is Refusal.ARCHIVE
    in_chunk = pictures.png(
        [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"prVt", pictures.PDF)]
    )
    assert inspect(in_chunk).reason is Refusal.DOCUMENT


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "gif", "heic"])
def test_a_film_behind_the_picture_is_taken_with_advice(kind: str) -> None:
    found = inspect(pictures.kinds()[kind] + pictures.MOTION)
    assert found.accepted
    assert "trailer" in found.metadata
    assert Advice.TRAILER in found.warnings


def test_a_list_of_pictures_that_were_dropped_does_no_harm() -> None:
    body = pictures.mpo()
    alone = body[: body.index(b"\xff\xd9") + 2]
    assert inspect(alone).accepted


def test_one_pixel_and_ribbons_are_taken_with_advice() -> None:
    one = inspect(pictures.encoded(Image.new("RGB", (1, 1)), "PNG"))
    ribbon = inspect(pictures.encoded(Image.new("RGB", (30_000, 10)), "PNG"))
    assert (one.accepted, one.warnings) == (True, (Advice.TOO_SMALL,))
    assert (ribbon.accepted, ribbon.warnings) == (True, (Advice.RIBBON,))
    assert (ribbon.width, ribbon.height) == (30_000, 10)


def test_films_and_transparency_are_told() -> None:
    kinds = pictures.kinds()
    assert Advice.FRAMES in inspect(kinds["gif"]).warnings
    assert Advice.FRAMES in inspect(kinds["mpo"]).warnings
    assert Advice.TRANSPARENT in inspect(kinds["palette"]).warnings
    assert inspect(pictures.encoded(pictures.scene(1200, 900), "JPEG")).warnings == ()


@pytest.mark.parametrize("kind", ["heic", "avif"])
def test_boxes_of_other_programs_before_the_picture_are_passed_over(kind: str) -> None:
    body = pictures.kinds()[kind]
    found = inspect(pictures.with_box(body, b"who made this, and where"))
    assert (found.accepted, found.metadata, found.warnings) == (
        True,
        inspect(body).metadata,
        inspect(body).warnings,
    )


@pytest.mark.parametrize("kind", ["heic", "avif"])
@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_file_with_such_a_box_is_still_refused_where_it_was_cut(kind: str, tenth: int) -> None:
    body = pictures.with_box(pictures.kinds()[kind], bytes(4000))
    assert inspect(body[: len(body) * tenth // 10]).reason is Refusal.TRUNCATED


@pytest.mark.parametrize(
    ("kind", "words", "several"),
    [
        (0x010001, b"", False),
        (0x010002, b"", False),
        (0x020001, b"", True),
        (0x020003, b"", True),
        (0, b"", True),
        (0, b'<x xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"/>', False),
        (0, b'<Container:Item Item:Semantic="GainMap"/>', False),
    ],
)
def test_only_pictures_of_equal_rank_count_and_none_of_a_list_is_a_trailer(
    kind: int, words: bytes, several: bool
) -> None:
    body = pictures.several(kind, words)
    found = inspect(body)
    assert (Advice.FRAMES in found.warnings) is several
    assert "trailer" not in found.metadata
    assert Advice.TRAILER not in found.warnings
    assert "trailer" in inspect(body + pictures.MOTION).metadata


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "RGB"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_only_what_can_be_seen_through_is_told(mode: str, kind: str) -> None:
    whole = Image.new("RGBA", (40, 30), (200, 30, 40, 255))
    hole = whole.copy()
    hole.paste((200, 30, 40, 0), (0, 0, 20, 20))
    if mode in {"RGBA", "LA"}:
        bodies = [pictures.encoded(each.convert(mode), kind) for each in (whole, hole)]
    elif mode == "P":
        two = Image.new("P", (40, 30), 1)
        two.putpalette([255, 255, 255, 200, 30, 40])
        bodies = [pictures.encoded(two, "PNG", transparency=0)]
        two.paste(0, (0, 0, 20, 20))
        bodies.append(pictures.encoded(two, "PNG", transparency=0))
    else:
        key: int | tuple[int, ...] = 7 if mode == "L" else (7, 7, 7)
        opaque = Image.new(mode, (40, 30), "white")
        bodies = [pictures.encoded(opaque, "PNG", transparency=key)]
        opaque.paste(key, (0, 0, 20, 20))
        bodies.append(pictures.encoded(opaque, "PNG", transparency=key))
    assert [Advice.TRANSPARENT in inspect(body).warnings for body in bodies] == [False, True]


def test_a_film_of_opaque_pictures_is_not_see_through() -> None:
    frames = [pictures.scene(), pictures.scene().rotate(180)]
    film = pictures.encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    assert Advice.TRANSPARENT not in inspect(film).warnings


@pytest.mark.parametrize("kind", pictures.unread())
def test_whole_files_stored_in_ways_nobody_reads_are_not_called_damaged(kind: str) -> None:
    assert inspect(pictures.unread()[kind]).reason is Refusal.UNSUPPORTED


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("tenth", range(3, 10))
def test_a_jpeg_cut_before_an_end_mark_is_refused(mode: str, progressive: bool, tenth: int) -> None:
    body = pictures.encoded(pictures.scene().convert(mode), "JPEG", progressive=progressive)
    assert inspect(body).accepted
    assert inspect(body[: len(body) * tenth // 10] + b"\xff\xd9").reason is Refusal.TRUNCATED


@pytest.mark.parametrize("colour", ["#808080", "black", "white"])
def test_a_jpeg_of_one_colour_is_whole(colour: str) -> None:
    for options in ({}, {"progressive": True}, {"optimize": True}, {"restart_marker_rows": 1}):
        assert inspect(pictures.encoded(Image.new("RGB", (333, 222), colour), "JPEG", **options)).accepted


def test_a_preview_before_the_picture_is_neither_shown_nor_counted() -> None:
    found = inspect(pictures.preview_first())
    assert (found.width, found.height) == (400, 300)
    assert Advice.FRAMES not in found.warnings
    assert Advice.FRAMES in inspect(pictures.preview_first(told=False)).warnings


def test_a_curve_brighter_than_a_page_is_told() -> None:
    body = pictures.encoded(pictures.scene(), "PNG")
    told = [
        Advice.HIGH_DYNAMIC_RANGE
        in inspect(pictures.with_chunk(body, b"cICP", bytes((9, curve, 0, 1)))).warnings
        for curve in (13, 16, 18)
    ]
    assert told == [False, True, True]


@pytest.mark.parametrize("kind", ["jpeg", "progressive", "png", "webp-lossless", "avif", "heic"])
@pytest.mark.parametrize("tenth", [5, 7, 9])
def test_a_file_whose_end_never_came_though_it_has_its_length_is_refused(kind: str, tenth: int) -> None:
    """Programs that copy set the place aside first, and an SD card that is pulled out leaves zeros there."""
    body = pictures.kinds()[kind]
    kept = len(body) * tenth // 10
    assert inspect(body).accepted
    assert inspect(body[:kept] + bytes(len(body) - kept)).reason in {Refusal.TRUNCATED, Refusal.DAMAGED}


@pytest.mark.parametrize("kind", ["avif", "heic", "webp", "webp-lossless"])
@pytest.mark.parametrize("colour", ["black", "white", "#c81e28"])
def test_a_large_picture_of_one_colour_is_whole(kind: str, colour: str) -> None:
    """It is packed into almost nothing."""
    flat, options = Image.new("RGB", (4000, 3000), colour), {"lossless": True} if "-" in kind else {}
    body = (
        pictures.heic(flat) if kind == "heic" else pictures.encoded(flat, kind.partition("-")[0], **options)
    )
    assert inspect(body).accepted


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize(
    ("kind", "depth"), [(0, 1), (0, 4), (0, 16), (2, 8), (2, 16), (3, 2), (4, 8), (6, 16)]
)
def test_a_png_whose_last_row_is_missing_is_refused(kind: int, depth: int, interlaced: int) -> None:
    whole = pictures.rows_of_png(kind, depth, interlaced)
    assert inspect(pictures.png_of_rows(kind, depth, interlaced, whole)).accepted
    for missing in (1, len(whole) // 2, len(whole)):
        cut = pictures.png_of_rows(kind, depth, interlaced, whole[:-missing])
        assert inspect(cut).reason in {Refusal.TRUNCATED, Refusal.DAMAGED}


def test_a_png_with_more_than_its_rows_is_taken() -> None:
    rows = pictures.rows_of_png(2, 8, 0)
    assert inspect(pictures.png_of_rows(2, 8, 0, rows + bytes(5000))).accepted


@pytest.mark.parametrize("name", [b"IHDR", b"IDAT", b"IEND"])
def test_a_png_whose_sum_is_wrong_is_damaged(name: bytes) -> None:
    body = bytearray(pictures.kinds()["png"])
    place = body.index(name)
    end = place + 4 + int.from_bytes(body[place - 4 : place], "big")
    body[end] ^= 1
    assert inspect(bytes(body)).reason is Refusal.DAMAGED


def test_a_profile_of_megabytes_is_read() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + bytes(3_000_000)
    found = inspect(pictures.encoded(pictures.scene(), "PNG", icc_profile=profile))
    assert (found.accepted, found.profile) == (True, "sRGB built-in")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF", "HEIC"])
def test_a_picture_that_tells_nothing_has_no_metadata(kind: str) -> None:
    picture = pictures.scene()
    body = pictures.heic(picture) if kind == "HEIC" else pictures.encoded(picture, kind)
    assert inspect(body).metadata == ()


def test_pages_of_a_tiff_are_no_thumbnails_and_its_camera_is_told() -> None:
    assert inspect(pictures.preview_first()).metadata == ()
    assert {"exif", "gps", "owner"} <= set(inspect(pictures.kinds()["tiff"]).metadata)

"""JPEG and MPO: segments, the scans between them, and what phones hang behind the picture."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.adapters.imaging.containers import exif, exif_cleaning, xmp
from catalogue.adapters.imaging.containers.anatomy import Anatomy, Block, NotTaken
from catalogue.adapters.imaging.containers.photoshop import IPTC, only_iptc, resources
from catalogue.kernel.photo import MOST_PIXELS, Refusal

START, END, SCAN, COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP13, APP14, APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a body
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Of these, what decoders know: in one go, with longer tables, in layers; the rest is lossless or arithmetic.
COMMON, LAYERED = {0xC0, 0xC1, 0xC2}, 0xC2
# Inside a scan: a byte 0xFF that is no data, no restart and no filling.
NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
EXIF, XMP, XMP_MORE = b"Exif\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
PROFILE, SEVERAL, PHOTOSHOP, JFIF, ADOBE = b"ICC_PROFILE\0", b"MPF\0", b"Photoshop 3.0\0", b"JFIF\0", b"Adobe"
# Cameras write about ten. Each costs a walk over the whole picture, however short it is in the file.
MOST_SCANS = 100
MOST_WALKED = 20 * MOST_PIXELS  # by all walks together
LIST, MOST_PICTURES = 0xB002, 20  # the entry of the multi-picture list
# In that list (CIPA DC-007): pictures of equal rank, such as those of a panorama; kinds that are not told.
EQUAL, UNTOLD = 0x02, 0x00
# How pictures say that one of them only makes another lighter: Adobe's and Apple's words, and ISO 21496-1.
GAIN_MAP = re.compile(rb"gain-?map|iso:ts:21496", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """One marker with its body; a scan's data follow it up to `end`."""

    marker: int
    start: int
    body: bytes
    end: int


def segments(body: bytes) -> Iterator[Segment]:
    """The parts of the first picture, from behind its start to its end marker."""
    place, scans = 2, 0
    while True:
        place = body.find(b"\xff", place)
        while place >= 0 and body[place + 1 : place + 2] == b"\xff":
            place += 1
        if place < 0 or place + 2 > len(body):
            raise NotTaken(Refusal.TRUNCATED)
        marker = body[place + 1]
        if marker == END:
            yield Segment(marker, place, b"", place + 2)
            return
        if marker in ALONE or marker in {0, START}:
            place += 2
            continue
        length = int.from_bytes(body[place + 2 : place + 4], "big")
        end = place + 2 + length
        if length < 2 or end > len(body):
            raise NotTaken(Refusal.TRUNCATED if end > len(body) else Refusal.DAMAGED)
        inside, start = body[place + 4 : end], place
        if marker == SCAN:
            scans += 1
            if scans > MOST_SCANS:
                raise NotTaken(Refusal.BOMB)
            end = _scan_end(body, end)
        yield Segment(marker, start, inside, end)
        place = end


def _scan_end(body: bytes, place: int) -> int:
    found = NEXT.search(body, place)
    if found is None:
        raise NotTaken(Refusal.TRUNCATED)
    return found.start()


def dissect(body: bytes) -> Anatomy:
    """Blocks and end of the first picture; another one that the file begins and does not end is a fault."""
    blocks: list[Block] = []
    others: list[tuple[int, int]] = []
    own = list(segments(body))
    for segment in own:
        blocks += _blocks(segment)
        if segment.marker == APP2 and segment.body.startswith(SEVERAL):
            others = _other_pictures(segment.body[len(SEVERAL) :], segment.start + 4 + len(SEVERAL))
    _check_coding(own)
    frames, end = 1, own[-1].end
    listed = end
    for kind, start in others:
        # A program that turns a picture may drop all that follows it and leave the list: that does no harm.
        if body[start : start + 2] == b"\xff\xd8":
            other = list(segments(body[start:]))
            listed = max(listed, start + other[-1].end)
            frames += kind == EQUAL or (kind == UNTOLD and not _is_gain_map(own, other))
    return Anatomy(end, tuple(blocks), frames=frames, listed=listed)


def data_end(body: bytes) -> int:
    """The first byte behind the data of the last scan."""
    return max((segment.end for segment in segments(body) if segment.marker == SCAN), default=len(body))


def _check_coding(own: list[Segment]) -> None:
    """Rare ways of coding are refused, and a picture in layers of which the last are missing."""
    frame = next((segment for segment in own if segment.marker in FRAMES), None)
    if frame is None:
        return
    if frame.marker not in COMMON or frame.body[:1] != b"\x08":
        raise NotTaken(Refusal.UNSUPPORTED)
    height, width = struct.unpack_from(">HH", frame.body, 1)
    scans = sum(segment.marker == SCAN for segment in own)
    if MOST_PIXELS >= width * height > MOST_WALKED / max(scans, 1):
        raise NotTaken(Refusal.BOMB)
    if frame.marker == LAYERED and not _has_all_layers(frame, own):
        raise NotTaken(Refusal.TRUNCATED)


def _has_all_layers(frame: Segment, own: list[Segment]) -> bool:
    """Whether all 64 values of the first channel, and the first of each other, came to their last bit."""
    channels = {frame.body[6 + 3 * number] for number in range(frame.body[5])}
    missing = {(channel, 0) for channel in channels} | {(frame.body[6], value) for value in range(64)}
    for segment in own:
        if segment.marker == SCAN and segment.body:
            count = segment.body[0]
            first, last, bits = segment.body[1 + 2 * count : 4 + 2 * count]
            if bits & 15 == 0:
                scanned = segment.body[1 : 1 + 2 * count : 2]
                missing -= {(channel, value) for channel in scanned for value in range(first, last + 1)}
    return not missing


def _is_gain_map(own: list[Segment], other: list[Segment]) -> bool:
    """Whether the first picture or the other one says so."""
    return any(
        GAIN_MAP.search(segment.body)
        for segment in (*own, *other)
        if segment.marker in {APP1, APP2} and not segment.body.startswith(PROFILE)
    )


def _blocks(segment: Segment) -> Iterator[Block]:
    marker, body = segment.marker, segment.body
    if marker == APP1 and body.startswith(EXIF):
        yield Block("exif", body[6:])
    elif marker == APP1 and body.startswith(XMP):
        yield Block("xmp", body[len(XMP) :])
    elif marker == APP1 and body.startswith(XMP_MORE):
        yield Block("xmp", body[len(XMP_MORE) + 40 :])
    elif marker == APP13 and body.startswith(PHOTOSHOP):
        for number, data in resources(body[len(PHOTOSHOP) :]):
            if number == IPTC:
                yield Block("iptc", data)
    elif marker == COMMENT:
        yield Block("comment", body)


def _other_pictures(data: bytes, base: int) -> list[tuple[int, int]]:
    """Kind and place of the second and further pictures, as the list says; its lengths are often wrong."""
    order = exif.byte_order(data)
    if order is None:
        return []
    entries = (entry for directory in exif.directories(data) for entry in directory.entries)
    listed = next((entry for entry in entries if entry.tag == LIST), None)
    if listed is None:
        return []
    rows = data[listed.start : listed.start + min(listed.size, 16 * MOST_PICTURES)]
    found = (struct.unpack_from(order + "III", rows, at) for at in range(16, len(rows) - 15, 16))
    return [(attributes >> 16 & 0xFF, base + place) for attributes, _, place in found]


def without_location(body: bytes) -> bytes:
    """The same pixels to the bit: other segments rewritten or left out, and the end cut."""
    parts = [b"\xff\xd8"]
    exif_seen = False
    for segment in segments(body):
        inside = segment.body
        if segment.marker == APP1 and inside.startswith(EXIF):
            if not exif_seen:
                parts.append(_segment(APP1, inside[:6] + exif_cleaning.without_location(inside[6:])))
            exif_seen = True
        elif segment.marker == APP1 and inside.startswith(XMP):
            parts.append(_segment(APP1, XMP + xmp.without_location(inside[len(XMP) :])))
        elif segment.marker == APP13 and inside.startswith(PHOTOSHOP):
            parts.append(_segment(APP13, PHOTOSHOP + only_iptc(inside[len(PHOTOSHOP) :])))
        elif _stays(segment):
            parts.append(body[segment.start : segment.end])
    return b"".join(parts)


def _stays(segment: Segment) -> bool:
    """What the decoder needs, and remarks that name no place."""
    if APP0 <= segment.marker <= APP15:
        needed = {APP0: JFIF, APP2: PROFILE, APP14: ADOBE}.get(segment.marker)
        return needed is not None and segment.body.startswith(needed)
    return segment.marker != COMMENT or not xmp.TELLING.search(segment.body)


def _segment(marker: int, inside: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(inside) + 2).to_bytes(2, "big") + inside

"""XMP, the metadata that is written as XML: read without a parser, blanked without changing its length."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

# exif:GPSLatitude, drone-dji:GpsLongitude, Iptc4xmpExt's location structures: as attribute or as element.
NAMES = rb"[\w.-]+:\w*(?:GPS|Gps|gps|[Ll]atitude|[Ll]ongitude|Location(?:Created|Shown))\w*"
ATTRIBUTE = re.compile(rb"\s" + NAMES + rb"""\s*=\s*(?:"[^"]*"|'[^']*')""")
ELEMENT = re.compile(rb"<(" + NAMES + rb")(?:\s[^>]*)?(?:/>|>.*?</\1\s*>)", re.DOTALL)
TELLING = re.compile(rb"gps|latitude|longitude|location(?:created|shown)", re.IGNORECASE)
PLAIN = re.compile(rb"<[\w?]")
ITEM = rb"<{0}(?:\s[^>]*)?>\s*(?:<rdf:(?:Seq|Bag|Alt)[^>]*>\s*)?(?:<rdf:li[^>]*>)?\s*([^<]*)"


@dataclass(frozen=True)
class Facts:
    """What XMP tells of people and places."""

    gps: bool = False
    creator: str = ""
    rights: str = ""


def facts(data: bytes) -> Facts:
    """Whether it tells the position, who made the picture, and what is said of its rights."""
    return Facts(
        gps=bool(TELLING.search(_plain(data))),
        creator=_words(data, b"dc:creator") or _words(data, b"photoshop:Credit"),
        rights=_words(data, b"dc:rights"),
    )


def without_location(data: bytes) -> bytes:
    """The same in the same length, with blanks where the position stood; all blank where that is not sure."""
    clean = ELEMENT.sub(_blank, ATTRIBUTE.sub(_blank, data))
    return bytes(clean) if not TELLING.search(_plain(clean)) else b" " * len(data)


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


def _plain(data: bytes) -> bytes:
    """UTF-16 and UTF-32 have zeros between the letters."""
    return data if PLAIN.search(data) else data.replace(b"\0", b"")


def _words(data: bytes, name: bytes) -> str:
    found = re.search(ITEM.replace(b"{0}", name), data)
    if not found:
        found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)""", data)
    return html.unescape(found[1].decode("utf-8", "replace")).strip() if found else ""

"""Reading PDFs back with programs that did not write them: Poppler's, and a reader of codes."""

from __future__ import annotations

import ctypes.util
import io
import itertools
import shutil
import subprocess

import lxml.html
import pytest
import zxingcpp
from PIL import Image

INSTALLED = bool(shutil.which("pdftotext") and ctypes.util.find_library("pango-1.0"))
needs_programs = pytest.mark.skipif(
    not INSTALLED,
    reason="no PDF without: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils",
)


def words(body: bytes) -> str:
    """All that a PDF says, in the order in which it was written, with single blanks."""
    return " ".join(_run("pdftotext", "-raw", "-", "-", body=body).decode().split())


def about(body: bytes) -> dict[str, str]:
    """What a PDF says of itself."""
    lines = _run("pdfinfo", "-", body=body).decode().splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def metadata(body: bytes) -> str:
    """Its XMP document."""
    return _run("pdfinfo", "-meta", "-", body=body).decode()


def pages(body: bytes) -> list[bytes]:
    """Its pages as pictures, at 200 dots an inch."""
    number = int(about(body)["Pages"])
    return [
        _run("pdftoppm", "-png", "-r", "200", "-f", str(one), "-l", str(one), "-", body=body)
        for one in range(1, number + 1)
    ]


def overlaps(body: bytes) -> list[tuple[str, str]]:
    """Words that lie upon one another, page by page."""
    document = lxml.html.document_fromstring(_run("pdftotext", "-bbox", "-", "-", body=body))
    found = []
    for page in document.xpath("//page"):
        boxes = [
            (word.text, *(float(word.get(side)) for side in ("xmin", "ymin", "xmax", "ymax")))
            for word in page.xpath(".//word")
        ]
        for (one, left, top, right, bottom), (other, *box) in itertools.combinations(boxes, 2):
            wide = min(right, box[2]) - max(left, box[0])
            high = min(bottom, box[3]) - max(top, box[1])
            if wide > 1 and high > min(bottom - top, box[3] - box[1]) / 2:
                found.append((one, other))
    return found


def codes(body: bytes) -> list[str]:
    """What the codes on all its pages say, in order from the top."""
    return [
        found.text
        for page in pages(body)
        for found in sorted(
            zxingcpp.read_barcodes(Image.open(io.BytesIO(page))), key=lambda one: one.position.top_left.y
        )
    ]


def _run(*command: str, body: bytes) -> bytes:
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout

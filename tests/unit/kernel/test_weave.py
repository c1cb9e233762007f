"""The cloth of a code never changes, and every cut of it can be shown at any width."""

from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest

from catalogue.kernel.weave import Kind, draft, weave

CODES = [f"code-{number}" for number in range(120)]

# Made once with the reference drawing of the design, which lies outside this project.
REFERENCE = {
    Kind.EDGE: "ef01b477b46ec24f",
    Kind.BAND: "685667647174313d",
    Kind.CLOTH: "0fd268e2ce2def9b",
    Kind.KNOT: "70739e07b20f7fe8",
}


@pytest.mark.parametrize("kind", Kind)
def test_cloths_are_those_of_the_reference(kind: Kind) -> None:
    seen = sha256()
    for code in CODES:
        cloth = draft(code, kind)
        seen.update(repr((cloth.rows, list(cloth.dyes), cloth.width)).encode())
    assert seen.hexdigest()[:16] == REFERENCE[kind]


@pytest.mark.parametrize("kind", Kind)
def test_a_cloth_is_a_small_well_formed_picture(kind: Kind) -> None:
    for code in CODES:
        picture = weave(code, kind)
        assert len(picture) <= 3 * 1024
        assert ET.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(("kind", "wefts"), [(Kind.EDGE, 15), (Kind.BAND, 53)])
def test_edge_and_band_fill_a_long_strip_of_their_height(kind: Kind, wefts: int) -> None:
    picture = ET.fromstring(weave("nhom-det-bno-c", kind))
    assert picture.get("viewBox") == f"0 0 8000 {wefts}"
    assert picture.get("preserveAspectRatio") == "xMinYMin slice"


def test_a_cloth_fills_any_box() -> None:
    picture = ET.fromstring(weave("nhom-det-bno-c", Kind.CLOTH))
    assert picture.get("viewBox") is None
    assert (picture.get("width"), picture.get("height")) == ("100%", "100%")


def test_a_knot_is_square() -> None:
    picture = ET.fromstring(weave("nhom-det-bno-c", Kind.KNOT))
    assert picture.get("viewBox") == "0 0 29 29"


def test_every_thread_of_the_draft_is_drawn_where_it_lies() -> None:
    cloth = draft("nhom-det-bno-c", Kind.KNOT)
    picture = ET.fromstring(weave("nhom-det-bno-c", Kind.KNOT))
    drawn = [[0] * cloth.width for _ in cloth.rows]
    for path in picture.findall("{http://www.w3.org/2000/svg}path")[1:]:
        thread = cloth.dyes.index(path.get("stroke", ""))
        for x, y, length in _floats(path.get("d", "")):
            drawn[y][x : x + length] = [thread] * length
    assert drawn == cloth.rows


def test_two_makers_differ() -> None:
    assert weave("nhom-det-bno-c", Kind.BAND) != weave("nhom-det-bno-d", Kind.BAND)


def _floats(steps: str) -> list[tuple[int, int, int]]:
    """The (column, row, length) of each float of a path."""
    floats, x, y = [], 0.0, 0.0
    for step in steps.replace("M", "m").split("m")[1:]:
        move, length = step.split("h")
        dx, dy = move.replace("-", " -").split()
        x, y = x + float(dx), y + float(dy)
        floats.append((int(x), int(y), int(length)))
        x += float(length)
    return floats

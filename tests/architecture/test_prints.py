"""Every print that stands for goods is a file with a ground of its own."""

from __future__ import annotations

import re
from pathlib import Path

from catalogue.web import prints

STATIC = Path(prints.__file__).parents[2] / "static"


def test_every_print_has_a_ground_and_is_there() -> None:
    files = {path.stem for path in (STATIC / "prints").glob("*.svg")}
    styles = (STATIC / "css/components/grounds.css").read_text("utf-8")
    grounds = set(re.findall(r"^\.g-(\w+)", styles, re.MULTILINE))
    used = {prints.HARVEST, *prints.BY_CATEGORY.values(), *prints.BY_FLOWER.values()}
    assert files == grounds
    assert used <= files

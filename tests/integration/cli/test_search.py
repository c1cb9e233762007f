"""Making the search index anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.workshop import Workshop


def test_the_index_can_always_be_made_anew(workshop: Workshop) -> None:
    shutil.rmtree(Path(workshop.site.instance_path) / "index")
    done = workshop.site.test_cli_runner().invoke(args=["search", "rebuild"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "The search index holds 623 documents.")
    assert workshop.site.extensions["search_index"].exists()


def test_a_load_that_changes_nothing_makes_a_missing_index(workshop: Workshop) -> None:
    shutil.rmtree(Path(workshop.site.instance_path) / "index")
    done = workshop.command()
    assert "Nothing changed." in done.output
    assert workshop.site.extensions["search_index"].exists()

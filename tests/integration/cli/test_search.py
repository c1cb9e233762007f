"""Making the search index anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from catalogue.adapters.search_index import Document
from tests.workshop import Workshop


def test_the_index_can_always_be_made_anew(workshop: Workshop) -> None:
    shutil.rmtree(Path(workshop.site.instance_path) / "index")
    done = workshop.site.test_cli_runner().invoke(args=["search", "rebuild"])
    said = f"The search index holds {workshop.searched()} documents."
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, said)
    assert workshop.site.extensions["search_index"].exists()


def test_a_load_that_changes_nothing_makes_a_missing_index(workshop: Workshop) -> None:
    shutil.rmtree(Path(workshop.site.instance_path) / "index")
    done = workshop.command()
    assert "Nothing changed." in done.output
    assert workshop.site.extensions["search_index"].exists()


def test_verify_says_that_all_is_sound_or_what_it_mended(workshop: Workshop) -> None:
    def verified() -> str:
        done = workshop.site.test_cli_runner().invoke(args=["search", "verify"])
        assert done.exit_code == 0
        return done.output.strip()

    total = workshop.searched()
    assert verified() == f"The search index is sound: {total} documents."
    workshop.site.extensions["search_index"].put([Document("village", 9999, ("Obsidian",))])
    told = "0 missing, 0 out of date, 1 of nothing there is"
    assert verified() == f"The search index was mended: {told}; {total} documents."
    shutil.rmtree(Path(workshop.site.instance_path) / "index")
    assert verified() == f"The search index could not be read. It was made anew: {total} documents."

"""Photographs from the command line: kept, and shown once nothing is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from catalogue import create_app
from catalogue.database import db, transaction
from catalogue.media import queries
from catalogue.media.models import MediaAsset
from catalogue.media.queries import Picture
from catalogue.media.rules import SubjectKind
from catalogue.producers.models import Producer
from tests.integration.media.conftest import Darkroom, photograph

WHOLE = (
    "--alt-vi",
    "Gốm",
    "--alt-en",
    "Pottery",
    "--credit",
    "A",
    "--licence",
    "CC BY 4.0",
    "--consent",
    "nobody",
)


@pytest.fixture
def site(app: Flask) -> Flask:
    """A site with one maker, `lo-gom`."""
    names = {"name_vi": "Lò gốm", "slug_vi": "lo-gom", "slug_en": "lo-gom", "sort_vi": "1", "sort_en": "1"}
    with app.app_context(), transaction():
        db.session.execute(db.insert(Producer).values(code="lo-gom", kind="household", sources=[], **names))
    return app


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two photographs."""
    paths = [tmp_path / "Gốm đỏ.jpg", tmp_path / "-tra.jpg"]
    for seed, path in enumerate(paths):
        path.write_bytes(photograph(seed))
    return paths


def media(site: Flask, *words: str | Path) -> Result:
    return site.test_cli_runner().invoke(args=["media", *map(str, words)])


def shown(site: Flask) -> list[Picture]:
    Darkroom(site).work()
    with site.app_context():
        return queries.shown_for(SubjectKind.PRODUCER, ["lo-gom"]).get("lo-gom", [])


def test_a_photograph_with_all_it_needs_is_shown_when_its_files_are_made(
    site: Flask, files: list[Path]
) -> None:
    done = media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    assert done.exit_code == 0, done.output
    assert "shown as soon as the worker has made its files" in done.output
    (picture,) = shown(site)
    assert "/gom-do-" in picture.views[0].path


def test_without_words_and_rights_it_is_kept_and_says_what_is_missing(site: Flask, files: list[Path]) -> None:
    done = media(site, "add", "--producer", "lo-gom", *files)
    assert done.exit_code == 0
    assert done.output.count("not shown: missing") == 2
    for option in ("--alt-vi", "--alt-en", "--credit", "--licence", "--consent"):
        assert option in done.output
    assert shown(site) == []
    with site.app_context():
        assert queries.progress() == queries.Progress(2, 2)


def test_what_was_missing_can_be_said_later(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", files[0])
    again = media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    assert "was there already" in again.output
    assert len(shown(site)) == 1


def test_adding_it_again_without_words_takes_none_away(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    media(site, "add", "--producer", "lo-gom", files[0])
    assert len(shown(site)) == 1


def test_a_decorative_photograph_needs_no_alt_text(site: Flask, files: list[Path]) -> None:
    rights = WHOLE[4:]
    done = media(site, "add", "--producer", "lo-gom", files[0], "--decorative", *rights)
    assert "shown" in done.output
    assert shown(site)[0].alt is None


def test_consent_in_any_words_is_kept_with_the_day(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE[:-1], "chị Hoa đồng ý")
    with site.app_context():
        asset = db.session.query(MediaAsset).one()
        assert (asset.consent_by, asset.consent_how) == ("chị Hoa đồng ý", "told on adding")
        assert asset.consent_on


def test_a_file_that_is_refused_says_why_and_the_others_are_kept(
    site: Flask, files: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "no.jpg").write_bytes(b"no picture at all")
    done = media(site, "add", "--producer", "lo-gom", tmp_path / "no.jpg", tmp_path / "none.jpg", files[0])
    assert done.exit_code == 2
    assert "no.jpg: refused: This is not a photograph that we can read." in done.output
    assert "none.jpg: refused: There is no such file" in done.output
    assert "Gốm đỏ.jpg: kept as" in done.output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--producer", "nobody"), "There is no producer with the code nobody"),
        ((), "Name what it shows"),
        (("--producer", "lo-gom", "--decorative", "--alt-vi", "Gốm"), "decorative"),
    ],
)
def test_what_makes_no_sense_keeps_nothing(
    site: Flask, files: list[Path], options: tuple[str, ...], says: str
) -> None:
    done = media(site, "add", *options, files[0])
    assert done.exit_code != 0
    assert says in done.output
    assert list(site.extensions["storage"].keys("")) == []


def test_rebuild_makes_all_files_anew_without_a_worker(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", *files, *WHOLE)
    done = media(site, "rebuild")
    assert "2 of 2 photographs have their files." in done.output
    with site.app_context():
        assert queries.progress() == queries.Progress(2, 2)
    assert "0 of 0" in media(site, "rebuild", "--missing").output
    assert "2 of 2" in media(site, "rebuild").output


def test_sweep_says_what_it_removed_and_what_is_lost(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    Darkroom(site).work()
    store = site.extensions["storage"]
    store.put("originals/nobody-s.jpg", b"1", kind="image/jpeg")
    assert "Removed 0 files" in media(site, "sweep").output
    assert "Removed 1 files" in media(site, "sweep", "--older-than", "0").output
    (key,) = store.keys("originals/")
    store.delete(key)
    done = media(site, "sweep")
    assert done.exit_code == 1
    assert f"LOST: the original {key}" in done.output


def test_looking_at_files_needs_no_database(tmp_path: Path, files: list[Path]) -> None:
    import config

    nowhere = create_app(config.Testing(tmp_path / "none", "postgresql+psycopg://nobody@127.0.0.1:9/none"))
    done = media(nowhere, "inspect", files[0])
    assert done.exit_code == 0, done.output
    assert '"accepted": true' in done.output

"""Photographs from the command line: kept, and shown once nothing is missing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from catalogue import create_app
from catalogue.database import db, transaction
from catalogue.kernel.clock import today
from catalogue.kernel.photo import Advice
from catalogue.media import queries
from catalogue.media.models import MediaAsset
from catalogue.media.queries import Picture
from catalogue.media.rules import SubjectKind
from catalogue.media.words import ADVICE
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
        db.session.execute(
            db.insert(Producer.__table__).values(code="lo-gom", kind="household", sources=[], **names)
        )
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


TOMORROW = (today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "typed",
    [
        *("", "yes", "chị Hoa đồng ý", "chị Hoa; 2026-02-30; in writing", "chị Hoa; 20.11.2026; in writing"),
        *("chị Hoa; 2026-11-20", "; 2026-11-20; in writing", "chị Hoa; 2026-11-20; nobody"),
        f"chị Hoa; {TOMORROW}; in writing",
    ],
)
def test_consent_in_any_other_form_is_refused_and_the_form_explained(
    site: Flask, files: list[Path], typed: str
) -> None:
    done = media(site, "add", "--producer", "lo-gom", files[0], *WHOLE[:-1], typed)
    assert done.exit_code == 2
    assert "“nobody”" in done.output
    assert "“who; 2026-11-20; how they agreed”" in done.output
    assert list(site.extensions["storage"].keys("")) == []


def test_consent_of_three_parts_is_kept(site: Flask, files: list[Path]) -> None:
    day = today().isoformat()
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE[:-1], f"chị Hoa; {day}; in writing")
    with site.app_context():
        asset = db.session.query(MediaAsset).one()
        assert (asset.consent_by, asset.consent_on, asset.consent_how) == ("chị Hoa", today(), "in writing")


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        (("--credit", "B"), "credit", "B"),
        (("--licence", "CC0"), "licence", "CC0"),
        (("--alt-en", "A pot"), "alt_en", "A pot"),
        (("--caption-vi", "Mẻ gốm"), "caption_vi", "Mẻ gốm"),
        (("--consent", "chị Hoa; 2020-01-02; by word"), "consent_by", "chị Hoa"),
        (("--decorative",), "decorative", True),
    ],
)
def test_of_a_photograph_that_is_known_only_what_is_given_changes(
    site: Flask, files: list[Path], said: tuple[str, ...], field: str, value: object
) -> None:
    def row() -> dict[str, object]:
        with site.app_context():
            table = MediaAsset.__table__
            return dict(db.session.execute(db.select(table)).mappings().one())

    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    before = row()
    done = media(site, "add", "--producer", "lo-gom", files[0], *said)
    assert done.exit_code == 0, done.output
    after = row()
    assert after[field] == value
    together = {"consent_by", "consent_on", "consent_how"} if field == "consent_by" else {field}
    assert {name for name in after if after[name] != before[name]} == together


def test_alt_text_makes_a_decorative_photograph_one_that_tells_something(
    site: Flask, files: list[Path]
) -> None:
    media(site, "add", "--producer", "lo-gom", files[0], "--decorative", *WHOLE[4:])
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE[:4])
    alt = shown(site)[0].alt
    assert alt
    assert alt.vi == "Gốm"


def test_a_photograph_that_was_taken_off_the_pages_stays_off_them(site: Flask, files: list[Path]) -> None:
    media(site, "add", "--producer", "lo-gom", files[0], *WHOLE)
    with site.app_context(), transaction():
        asset = db.session.query(MediaAsset).one()
        asset.published_at = asset.published_by = None
    done = media(site, "add", "--producer", "lo-gom", files[0])
    assert "not shown: it was taken off the pages" in done.output
    assert shown(site) == []


def test_advice_is_said_when_a_photograph_is_added(site: Flask, tmp_path: Path) -> None:
    path = tmp_path / "small.jpg"
    path.write_bytes(photograph(0, (300, 200)))
    done = media(site, "add", "--producer", "lo-gom", path)
    assert done.exit_code == 0
    assert str(ADVICE[Advice.TOO_SMALL]) in done.output


def test_a_file_that_is_refused_says_why_and_the_others_are_kept(
    site: Flask, files: list[Path], tmp_path: Path
) -> None:
    (tmp_path / "no.jpg").write_bytes(b"no picture at all")
    done = media(site, "add", "--producer", "lo-gom", tmp_path / "no.jpg", tmp_path / "none.jpg", files[0])
    assert done.exit_code == 2
    assert "no.jpg: refused: We cannot read pictures of this kind." in done.output
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

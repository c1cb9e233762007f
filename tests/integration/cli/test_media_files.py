"""Photographs as files on the command line: a line of JSON each, no database, any name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

import config
from catalogue import create_app
from catalogue.kernel.photo import Refusal
from catalogue.media.words import REFUSALS
from tests import pictures

INSPECTED = [
    *(
        "file",
        "accepted",
        "reason",
        "message",
        "format",
        "width",
        "height",
        "profile",
        "metadata",
        "warnings",
    ),
]
RENDERED = ["path", "format", "width", "height", "bytes", "ssim"]


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    """A site whose database cannot be reached."""
    return create_app(config.Testing(tmp_path / "instance", "postgresql+psycopg://127.0.0.1:1/none"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is typed."""
    place = tmp_path / "photos"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def run(site: Flask, *words: str) -> Result:
    return site.test_cli_runner().invoke(args=["media", *words])


def lines(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_file_is_a_line_with_just_these_fields(site: Flask, folder: Path) -> None:
    (folder / "gốm đỏ.JPG").write_bytes(pictures.kinds()["heic"])
    (folder / "x.png").write_bytes(b"BM no picture")
    done = run(site, "inspect", "gốm đỏ.JPG", "x.png")
    taken, refused = lines(done)
    assert done.exit_code == 0
    assert list(taken) == list(refused) == INSPECTED
    assert (taken["file"], taken["accepted"], taken["reason"], taken["message"]) == (
        "gốm đỏ.JPG",
        True,
        None,
        None,
    )
    assert (taken["format"], taken["width"], taken["height"]) == ("heic", 400, 300)
    assert {"gps", "owner", "xmp"} <= set(taken["metadata"])
    assert taken["warnings"] == ["too_small"]
    assert (refused["accepted"], refused["reason"], refused["width"]) == (False, "unsupported", None)
    assert "JPEG" in refused["message"]


def test_names_may_begin_with_a_dash(site: Flask, folder: Path) -> None:
    names = ["-1.jpg", "--help.jpg", "-", "--out.jpg", "-ab"]
    for name in names:
        (folder / name).write_bytes(pictures.kinds()["jpeg"])
    for words in (names, ["--", *names]):
        done = run(site, "inspect", *words)
        assert [(row["file"], row["accepted"]) for row in lines(done)] == [(name, True) for name in names]
    assert run(site, "render", "-1.jpg", "--out", "made").exit_code == 0
    assert run(site, "render", "--out", "made", "--", "-ab").exit_code == 0
    assert sorted(path.name for path in (folder / "made").iterdir()) == [
        *("1-320.avif", "1-320.jpg", "ab-320.avif", "ab-320.jpg"),
    ]


def test_a_missing_file_is_told_and_the_others_are_looked_at(site: Flask, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(pictures.kinds()["jpeg"])
    done = run(site, "inspect", "none.jpg", ".", "a.jpg")
    assert [row["reason"] for row in lines(done)] == ["unreadable", "unreadable", None]
    assert done.exit_code == 1


def test_a_name_that_is_no_text_is_told_all_the_same(site: Flask, folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    (folder / name).write_bytes(pictures.kinds()["jpeg"])
    (row,) = lines(run(site, "inspect", name))
    assert (row["file"], row["accepted"]) == (name, True)


def test_each_rendition_is_a_line_and_a_file(site: Flask, folder: Path) -> None:
    (folder / "Gốm đỏ Đà Lạt.jpg").write_bytes(pictures.encoded(pictures.scene(1000, 800), "JPEG"))
    done = run(site, "render", "Gốm đỏ Đà Lạt.jpg", "--out", "made/here")
    rows = lines(done)
    assert done.exit_code == 0
    assert all(list(row) == RENDERED for row in rows)
    assert sorted(row["path"] for row in rows) == [
        *("made/here/gom-do-da-lat-320.avif", "made/here/gom-do-da-lat-320.jpg"),
        *("made/here/gom-do-da-lat-640.avif", "made/here/gom-do-da-lat-640.jpg"),
        *("made/here/gom-do-da-lat-960.avif", "made/here/gom-do-da-lat-960.jpg"),
        "made/here/gom-do-da-lat-card.jpg",
    ]
    for row in rows:
        assert Path(row["path"]).stat().st_size == row["bytes"]
        assert 0.9 < row["ssim"] <= 1


def test_a_refused_file_is_not_rendered_and_says_what_to_do(site: Flask, folder: Path) -> None:
    (folder / "a.jpg").write_bytes(pictures.kinds()["jpeg"] + pictures.zip_file())
    done = run(site, "render", "a.jpg", "--out", "made")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "ZIP" in done.stderr
    assert "no such file" in run(site, "render", "none.jpg", "--out", "made").stderr
    assert run(site, "render", "a.jpg").exit_code == 2


def test_half_a_jpeg_with_an_end_mark_is_not_rendered(site: Flask, folder: Path) -> None:
    whole = pictures.encoded(pictures.scene(), "JPEG")
    (folder / "half.jpg").write_bytes(whole[: len(whole) // 2] + b"\xff\xd9")
    done = run(site, "render", "half.jpg", "--out", "made")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Part of this file is missing" in done.stderr


def test_every_refusal_has_its_sentence() -> None:
    assert REFUSALS.keys() == set(Refusal)


# Settings under which nothing could be opened, beside a folder that cannot be written.
IMPOSSIBLE = [
    {},
    {"DATABASE_URL": "mysql://x"},
    {"CATALOGUE_INSTANCE": "/proc/none", "DATABASE_URL": "garbage", "MEDIA_URL": "bogus://x"},
]


def program(
    folder: Path, settings: dict[str, str], *words: str, writable: bool = False
) -> subprocess.CompletedProcess[str]:
    """The real program, typed in a folder that cannot be written where the system allows that."""
    command = [sys.executable, "-m", "flask", "--app", "catalogue", "media", *words]
    closed = ["unshare", "--mount", "sh", "-c", 'mount --bind -o ro . . && cd "$PWD" && exec "$@"', "sh"]
    can_close = (
        not writable
        and subprocess.run([*closed, "true"], cwd=folder, capture_output=True, check=False).returncode == 0
    )
    chosen = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    return subprocess.run(
        [*closed, *command] if can_close else command,
        cwd=folder,
        env=chosen | {"PYTHONPATH": str(config.ROOT), "CATALOGUE_INSTANCE": str(folder / "own")} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("settings", IMPOSSIBLE, ids=str)
def test_the_real_program_opens_and_makes_nothing_whatever_the_settings_say(
    folder: Path, tmp_path: Path, settings: dict[str, str]
) -> None:
    (folder / "-a.jpg").write_bytes(pictures.kinds()["jpeg"])
    looked = program(folder, settings, "inspect", "-a.jpg")
    assert (looked.returncode, looked.stderr) == (0, "")
    assert json.loads(looked.stdout)["accepted"]
    made = program(folder, settings, "render", "-a.jpg", "--out", str(tmp_path / "made"))
    assert (made.returncode, made.stderr) == (0, "")
    assert len(list((tmp_path / "made").iterdir())) == len(made.stdout.splitlines()) == 2
    assert [path.name for path in folder.iterdir()] == ["-a.jpg"]


@pytest.mark.slow
def test_the_real_program_keeps_nothing_where_it_could(folder: Path, tmp_path: Path) -> None:
    """Not even the secret with which the site signs."""
    (folder / "a.jpg").write_bytes(pictures.kinds()["jpeg"])
    assert program(folder, {}, "inspect", "a.jpg", writable=True).returncode == 0
    assert (
        program(folder, {}, "render", "a.jpg", "--out", str(tmp_path / "made"), writable=True).returncode == 0
    )
    assert [path.name for path in folder.iterdir()] == ["a.jpg"]


@pytest.mark.slow
def test_a_command_that_needs_the_database_says_that_its_address_is_wrong(folder: Path) -> None:
    done = program(folder, {"DATABASE_URL": "garbage", "CATALOGUE_INSTANCE": str(folder.parent)}, "copies")
    assert done.returncode != 0
    assert "Could not parse SQLAlchemy URL" in done.stderr

"""A photograph's whole way with its blobs on an S3 server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import config
from catalogue import create_app
from catalogue.media import queries
from catalogue.media.rules import SubjectKind
from tests import s3
from tests.integration.media.conftest import Darkroom, photograph


@pytest.fixture
def on_s3(s3_address: str, migrated_instance: Path, tmp_path: Path) -> Darkroom:
    """A site by configuration alone, as an operator sets it."""
    settings = config.Testing(shutil.copytree(migrated_instance, tmp_path / "instance"))
    s3.keep_there(settings, s3_address, tmp_path.name)
    return Darkroom(create_app(settings))


def test_it_is_kept_shown_swept_and_backed_up(on_s3: Darkroom, tmp_path: Path) -> None:
    asset = on_s3.upload(photograph()).asset
    on_s3.show(asset.code)
    on_s3.work()
    on_s3.store.put("originals/nobody-s.jpg", b"1", kind="image/jpeg")

    with on_s3.app.app_context():
        (picture,) = queries.shown_for(SubjectKind.PRODUCT, ["gom"])["gom"]
    runner = on_s3.app.test_cli_runner()
    swept = runner.invoke(args=["media", "sweep", "--older-than", "0"])
    saved = runner.invoke(args=["backup", str(tmp_path / "saved")])

    files = (*picture.views, *([picture.card] if picture.card else []))
    assert on_s3.keys() == {asset.original_key, *(f"renditions/{file.path}" for file in files)}
    assert "Removed 1 files" in swept.output
    assert (tmp_path / "saved" / asset.original_key).read_bytes() == on_s3.store.read(asset.original_key)
    assert saved.exit_code == 0
    assert list((Path(on_s3.app.config["INSTANCE"]) / "media").rglob("*")) == []

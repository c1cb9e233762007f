"""What is received is kept once, without what is private in it, and never mixed up."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from catalogue.database import db
from catalogue.kernel.errors import RuleBroken
from catalogue.kernel.photo import Refusal
from catalogue.media import queries
from catalogue.media.models import MediaAsset
from catalogue.media.rules import SubjectKind
from tests.integration.media.conftest import Darkroom, photograph


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(MediaAsset)) or 0


def test_an_upload_is_kept_with_its_original_and_asks_for_its_renditions(darkroom: Darkroom) -> None:
    body = photograph(size=(700, 500))

    received = darkroom.upload(body, "Gốm Đà Lạt (đỏ).JPG", actor="chị Hoa")

    asset = received.asset
    assert received.is_new
    assert (asset.width, asset.height, asset.format, asset.file_name) == (700, 500, "jpeg", "gom-da-lat-do")
    assert (asset.received_by, asset.received_sha256) == ("chị Hoa", hashlib.sha256(body).hexdigest())
    assert darkroom.keys() == {asset.original_key}
    original = darkroom.store.read(asset.original_key)
    assert asset.original_key.startswith(f"originals/{hashlib.sha256(original).hexdigest()}-")
    assert darkroom.waiting() == 1


def test_what_is_no_picture_is_refused_and_leaves_nothing(darkroom: Darkroom) -> None:
    with pytest.raises(RuleBroken) as refusal:
        darkroom.upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.jpg")
    assert refusal.value.parameters["reason"] == Refusal.UNSUPPORTED
    assert darkroom.keys() == set()
    assert count(darkroom.app) == 0


def test_where_it_was_taken_is_not_in_the_original(darkroom: Darkroom) -> None:
    stored = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (11.0, 56.0, 30.0), 3: "E", 4: (108.0, 27.0, 0.0)})
    exif[0x8298] = "Nguyễn Văn A"
    Image.new("RGB", (640, 480), "red").save(stored, "JPEG", exif=exif)

    received = darkroom.upload(stored.getvalue())

    assert "gps" in received.inspection.metadata
    kept = Image.open(BytesIO(darkroom.store.read(received.asset.original_key)))
    assert not kept.getexif().get_ifd(0x8825)


def test_pictures_of_one_name_are_different_photographs(darkroom: Darkroom) -> None:
    """field-s08: iPhones call everything image.jpg."""
    first, second, third = (photograph(seed) for seed in range(3))
    sent = [("Hoa", first, "tra"), ("Lan", second, "gom"), ("Hoa", third, "tra"), ("Hoa", first, "tra")]
    codes = []
    for maker, body, product in sent:
        received = darkroom.upload(body, "image.jpg", maker, owner=maker)
        darkroom.show(received.asset.code, product)
        codes.append(received.asset.code)
        assert darkroom.store.read(received.asset.original_key) == body
    darkroom.work()

    assert len(set(codes)) == 3
    assert codes[3] == codes[0]
    with darkroom.app.app_context():
        shown = queries.shown_for(SubjectKind.PRODUCT, ["tra", "gom"])
    assert [picture.code for picture in shown["tra"]] == [codes[0], codes[2]]
    assert [picture.code for picture in shown["gom"]] == [codes[1]]
    paths = [file.path for pictures in shown.values() for picture in pictures for file in picture.views]
    assert len(paths) == len(set(paths))


def test_the_same_file_sent_again_is_there_already(darkroom: Darkroom) -> None:
    first = darkroom.upload(photograph())
    again = darkroom.upload(photograph(), "another name.jpg")

    assert not again.is_new
    assert again.asset.id == first.asset.id
    assert again.asset.file_name == "image"
    assert len(darkroom.keys()) == 1
    assert darkroom.waiting() == 1


def test_the_same_picture_in_another_file_is_there_already(darkroom: Darkroom) -> None:
    """Two files that differ only in what is cleaned off."""
    first = darkroom.upload(photograph())
    again = darkroom.upload(photograph() + b"\0" * 100)

    assert again.asset.id == first.asset.id
    assert count(darkroom.app) == 1


def test_makers_who_send_the_same_file_have_a_photograph_each(darkroom: Darkroom) -> None:
    """Whatever one says of it, or does with it, is nothing to the other."""
    body = photograph(size=(700, 500))
    owners = ["hoa", "lan", "", "hoa", "lan", ""]
    assets = [darkroom.upload(body, "image.jpg", owner, owner).asset for owner in owners]

    first = assets[:3]
    assert len({asset.code for asset in first}) == len({asset.original_key for asset in first}) == 3
    assert [asset.code for asset in assets[3:]] == [asset.code for asset in first]
    assert [asset.owner for asset in first] == owners[:3]
    darkroom.show(first[0].code, on="gom")
    darkroom.work()
    with darkroom.app.app_context():
        (hoa, lan, office) = (darkroom.asset(asset.code) for asset in first)
        assert hoa.credit
        assert (lan.credit, lan.published_at, office.credit, office.published_at) == (None, None, None, None)
        assert [picture.code for picture in queries.shown_for(SubjectKind.PRODUCT, ["gom"])["gom"]] == [
            hoa.code
        ]
        assert {hoa.fingerprint, lan.fingerprint, office.fingerprint} == {hoa.fingerprint}


def test_the_same_picture_of_two_makers_in_other_files_is_one_each(darkroom: Darkroom) -> None:
    """Files that differ only in what is cleaned off."""
    first = darkroom.upload(photograph(), owner="hoa")
    again = darkroom.upload(photograph() + b"\0" * 100, owner="lan")

    assert (first.is_new, again.is_new) == (True, True)
    assert not darkroom.upload(photograph() + b"\0" * 99, owner="lan").is_new
    assert count(darkroom.app) == 2

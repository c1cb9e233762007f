"""What the killing test starts again and again: `killed.py upload|save FOLDER`. It says what is committed."""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

from sqlalchemy import select

from catalogue import create_app
from catalogue.database import db, transaction
from catalogue.kernel.language import Bilingual
from catalogue.media import actions
from catalogue.media.models import MediaAsset
from catalogue.media.rules import NOBODY, Consent, SubjectKind, Words

TURNS = itertools.cycle((90, 180, 270, 0))


def words(caption: str) -> Words:
    return Words(
        Bilingual("Gốm", "Pottery"),
        False,
        Bilingual(caption, None),
        "A",
        "CC BY 4.0",
        Consent(None, None, NOBODY),
    )


def say(verb: str, what: str) -> None:
    """Tell the test, at once, that something is committed."""
    sys.stdout.write(f"{verb} {what}\n")
    sys.stdout.flush()


def upload(folder: Path) -> None:
    """Send every file of the folder, and show it."""
    app = create_app()
    for path in sorted(folder.iterdir()):
        with app.app_context(), transaction():
            received = actions.accept_upload(app.extensions["storage"], "A", "", path.read_bytes(), path.name)
            actions.describe("A", received.asset, words("0"))
            actions.publish("A", received.asset)
            actions.place("A", received.asset, SubjectKind.PRODUCT, "gom")
        say("kept", path.name)


def save(first: int) -> None:
    """Write ever higher numbers below the photographs, and turn them."""
    app = create_app()
    for number in itertools.count(first):
        with app.app_context(), transaction():
            assets = db.session.scalars(select(MediaAsset).order_by(MediaAsset.id)).all()
            for asset in assets[number % 3 :: 3]:
                actions.describe("B", asset, words(str(number)))
            if assets and number % 20 == 0:
                actions.turn("B", assets[number % len(assets)], next(TURNS))
        say("saved", str(number))
        time.sleep(0.02)


if __name__ == "__main__":
    if sys.argv[1] == "upload":
        upload(Path(sys.argv[2]))
    else:
        save(int(sys.argv[2]))

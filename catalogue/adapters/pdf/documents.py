"""HTML as a PDF: tagged for screen readers, with our own type, and with nothing from any address."""

from __future__ import annotations

import base64
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from catalogue.kernel.errors import OutsideFailure

PROGRAM = Path(__file__).with_name("typesetting.py")
FONTS = Path(__file__).parent.parent / "fonts"
# What a style sheet may name as `piece:<name>`. Whole files: split ones give wrong letters in a PDF.
FACES = ("BeVietnamPro_400Regular.ttf", "BeVietnamPro_600SemiBold.ttf", "Brygada1918_600SemiBold.ttf")
PATIENCE_S = 60
WAITING_S = 20

MOST_LOGGED = 2000

log = logging.getLogger(__name__)
_turn = threading.BoundedSemaphore()


def pdf(html: str, css: str, pieces: Mapping[str, bytes]) -> bytes:
    """The document as a PDF (PDF/UA-1). `pieces`: the pictures that it names `piece:<name>`.

    One at a time in a process, so that many askers do not take the machine from readers. OutsideFailure where
    it takes too long, or where the system has no Pango.
    """
    known = dict(pieces) | {name: (FONTS / name).read_bytes() for name in FACES}
    asked = {
        "html": html,
        "css": css,
        "pieces": {name: base64.b64encode(body).decode() for name, body in known.items()},
    }
    if not _turn.acquire(timeout=WAITING_S):
        raise OutsideFailure("pdf.unavailable")
    try:
        written = subprocess.run(  # noqa: S603  (our own program, and the page comes by its input)
            [sys.executable, "-I", str(PROGRAM)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=PATIENCE_S,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.exception("no PDF was written: %s", (error.stderr or b"")[-MOST_LOGGED:].decode(errors="replace"))
        raise OutsideFailure("pdf.unavailable") from error
    finally:
        _turn.release()
    return written.stdout

"""Woven bands as pictures: made from a record's code, kept for ever under the weave's version."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, Response, abort, url_for

from catalogue.kernel import weave
from catalogue.web.assets import FOR_EVER

LONGEST_CODE = 120
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

blueprint = Blueprint("weaves", __name__)


@blueprint.record
def _offer(state: object) -> None:
    app: Flask = state.app  # type: ignore[attr-defined]
    app.jinja_env.globals["weave_url"] = weave_url


@blueprint.get("/weave/<version>/<kind>/<code>.svg")
def show(version: str, kind: str, code: str) -> Response:
    """The band of a code; the drawing is the same for ever, so any code may be drawn."""
    known = version == str(weave.VERSION) and kind in set(weave.Kind)
    if not known or len(code) > LONGEST_CODE or not CODE.fullmatch(code):
        abort(404)
    response = Response(weave.weave(code, weave.Kind(kind)), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = FOR_EVER
    return response


def weave_url(code: str, kind: str) -> str:
    """Where the band of a code is."""
    return url_for("weaves.show", version=weave.VERSION, kind=kind, code=code)

"""The workshop without a network: the script that keeps its pages on the phone, and who may have them."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory
from flask.typing import ResponseReturnValue

from catalogue.web.assets import STATIC
from catalogue.web.private import show

blueprint = Blueprint("offline", __name__)


@blueprint.get("/worker.js")
def worker() -> Response:
    """At this address, because a script keeps pages only below the folder it lies in: never a public one."""
    response = send_from_directory(STATIC, "js/studio/worker.js", max_age=0)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/offline")
def without_network() -> ResponseReturnValue:
    """What the phone shows in the place of a page that it has not."""
    return show("studio/offline.html")

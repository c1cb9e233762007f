"""Photographs as pages show them, and the addresses of their files."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, request, send_file, url_for
from flask.typing import ResponseReturnValue

from catalogue.adapters.storage import Storage
from catalogue.database import Record
from catalogue.kernel.errors import NotFound
from catalogue.media.queries import File, Picture, is_shown, shown_for
from catalogue.media.rules import RENDITIONS, SubjectKind, code_in, media_type
from catalogue.places.models import CraftVillage
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.routes.models import TourRoute
from catalogue.web.assets import FOR_EVER
from catalogue.web.language import read

Shown = dict[str, Any]

SUBJECTS: dict[type[Record], SubjectKind] = {
    Product: SubjectKind.PRODUCT,
    Producer: SubjectKind.PRODUCER,
    CraftVillage: SubjectKind.VILLAGE,
    TourRoute: SubjectKind.ROUTE,
}

# The stylesheet (components/photograph.css) knows where the eye goes in steps of so many hundredths.
STEP = 5
# Opened by itself, a picture is fitted into the window by styles that the browser writes.
ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

blueprint = Blueprint("media", __name__)


@blueprint.get("/media/<path:path>")
def show(path: str) -> ResponseReturnValue:
    """A finished file of a photograph that is shown; whatever is not shown is not there.

    One that others have taken the place of is there until the next sweep: pages sent before name it.
    """
    code = code_in(path)
    if code is None or not is_shown(code):
        raise NotFound("photograph.unknown")
    store: Storage = current_app.extensions["storage"]
    try:
        body = store.read(RENDITIONS + path)
    except FileNotFoundError:  # deleted; the next sweep has it made again
        raise NotFound("photograph.unknown") from None
    response = send_file(BytesIO(body), media_type(path), etag=path.rpartition(".")[0].replace("/", "-"))
    response.make_conditional(request)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites show it beside a link
    return response


def first_of(records: Sequence[Record]) -> dict[str, Shown]:
    """The photograph that stands for each record of one kind, by its code; records without one are absent."""
    return {code: _shown(pictures[0]) for code, pictures in pictures_of(records).items()}


def small_of(records: Sequence[Record]) -> dict[str, str]:
    """The address of the smallest file of the photograph that stands for each record, by its code."""
    return {
        code: _address(pictures[0].views_as("jpeg")[0]) for code, pictures in pictures_of(records).items()
    }


def all_of(record: Record) -> list[Shown]:
    """The photographs of one record, as `components/photograph.html` takes them."""
    return [_shown(picture) for picture in pictures_of([record]).get(record.code, [])]


def card_of(record: Record) -> Shown | None:
    """The first photograph of a record that was cut for shared pages: address, size and what it shows."""
    for picture in pictures_of([record]).get(record.code, []):
        if card := picture.card:
            return {"href": absolute(card), "width": card.width, "height": card.height, "alt": _alt(picture)}
    return None


def pictures_of(records: Sequence[Record]) -> dict[str, list[Picture]]:
    """The photographs of records of one kind, by code; those of a kind that has none are none."""
    kind = SUBJECTS.get(type(records[0])) if records else None
    return shown_for(kind, [record.code for record in records]) if kind else {}


def largest(picture: Picture) -> File:
    """The file that shows most, and that every program can read."""
    return picture.views_as("jpeg")[-1]


def absolute(file: File) -> str:
    """The address of a file that works from anywhere."""
    site: str = current_app.config["SITE_URL"]
    return site + _address(file)


def _shown(picture: Picture) -> Shown:
    x, y = (round(100 * part / STEP) * STEP for part in picture.focus)
    full = largest(picture)
    return {
        "sources": {kind: _candidates(picture.views_as(kind)) for kind in ("avif", "jpeg")},
        "src": _address(_smallest_that_does(picture.views_as("jpeg"))),
        "full": _address(full),
        "width": full.width,
        "height": full.height,
        "alt": _alt(picture),
        "caption": read(picture.caption),
        "credit": picture.credit,
        "licence": picture.licence,
        "focus": f"at-x-{x} at-y-{y}",
        "placeholder": picture.placeholder,
    }


def _alt(picture: Picture) -> str:
    return read(picture.alt) if picture.alt else ""


def _smallest_that_does(files: list[File]) -> File:
    """For a browser that cannot choose."""
    return next((file for file in files if file.width >= 640), files[-1])


def _candidates(files: list[File]) -> str:
    return ", ".join(f"{_address(file)} {file.width}w" for file in files)


def _address(file: File) -> str:
    return url_for("media.show", path=file.path)

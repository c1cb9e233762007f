"""Files of the look: one hash names the whole tree, so that files never mix versions."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory, url_for

import config

STATIC = config.ROOT / "static"
FOR_EVER = "public, max-age=31536000, immutable"
# The sheet of every page, and what an opened map needs besides.
STYLE_SHEETS = ("css/site.css", "css/map.css")
IMPORT = re.compile(r'@import\s+"([^"]+)"\s+layer\(([\w.-]+)\);')

blueprint = Blueprint("static", __name__)


def register(app: Flask) -> None:
    """Hash the tree and join the style sheets, once for each process."""
    app.extensions["static-version"] = _version(STATIC)
    app.extensions["static-styles"] = {path: _join_style_sheet(STATIC / path) for path in STYLE_SHEETS}
    app.register_blueprint(blueprint)
    app.jinja_env.globals["asset"] = asset


def asset(path: str) -> str:
    """The address of a static file, different whenever any of them changes."""
    return url_for("static.file", version=current_app.extensions["static-version"], path=path)


@blueprint.get("/static/<version>/<path:path>")
def file(version: str, path: str) -> Response:
    """A static file; kept for ever under its present version only."""
    if path in STYLE_SHEETS:
        response = Response(current_app.extensions["static-styles"][path], mimetype="text/css")
    else:
        response = send_from_directory(STATIC, path, conditional=True, max_age=None)
        response.direct_passthrough = False
        response.get_data()  # whole, so that it can be packed for everybody
    current = version == current_app.extensions["static-version"]
    response.headers["Cache-Control"] = FOR_EVER if current else "no-cache"
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """What browsers ask for by themselves."""
    return send_from_directory(STATIC, "favicon.ico", max_age=86400)


@blueprint.get("/apple-touch-icon.png")
def touch_icon() -> Response:
    """What iPhones ask for by themselves."""
    return send_from_directory(STATIC, "apple-touch-icon.png", max_age=86400)


@cache
def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _join_style_sheet(path: Path) -> str:
    """One sheet for the wire out of one file a component: every @import is put in its place."""
    text = path.read_text(encoding="utf-8")

    def inline(found: re.Match[str]) -> str:
        part = path.parent / found[1]
        return (
            f"@layer {found[2]} {{\n{_rebase(part.read_text(encoding='utf-8'), Path(found[1]).parent)}\n}}\n"
        )

    return IMPORT.sub(inline, text)


def _rebase(css: str, folder: Path) -> str:
    """Relative addresses of a part, seen from the joined sheet."""
    if folder == Path():
        return css
    return re.sub(r"url\((?!data:|/|#)([\"']?)", rf"url(\1{folder.as_posix()}/", css)

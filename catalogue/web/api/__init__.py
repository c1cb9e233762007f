"""The door for machines: the public record as JSON, GeoJSON and open data; read-only, for every site."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from flask_smorest import Api
from marshmallow import Schema, fields

from catalogue.web import problems
from catalogue.web.api import front, layers, open_data, resources, searching

ABOUT = (
    "Products, makers, craft villages, routes and what is on record about their certificates, of Lâm Đồng"
    " province, Viet Nam. Read-only, without key, from any site. Texts are {vi, en}. Unknown is null, which"
    " never means no."
    " A certificate’s status is worked out for today; `unconfirmed` is a claim that nobody confirmed."
    " Lists come in pages; a page beyond the last one is 404."
    " Errors are problem documents (RFC 9457) in the language of Accept-Language."
)
OPEN_TO_ALL = ("/api/", "/open-data/")


class ErrorSchema(Schema):
    """A parameter and what it should have been."""

    parameter = fields.String(required=True)
    detail = fields.String(required=True)


class ProblemSchema(Schema):
    """What went wrong (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Nested(ErrorSchema))


class CatalogueApi(Api):  # type: ignore[misc]  # the library has no types
    """The library's API, except that errors are the site's own business (web/errors.py)."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_RESPONSE_CONTENT_TYPE = problems.MEDIA_TYPE

    def _register_error_handlers(self) -> None:
        """Nothing: the library would take over the errors of the whole site."""


def register(app: Flask) -> None:
    """Open the door."""
    app.config |= {
        "API_TITLE": "Đà Lạt – Kết tinh kỳ diệu từ đất lành",
        "API_VERSION": "1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": resources.ROOT,
        "OPENAPI_JSON_PATH": "openapi.json",
        "API_SPEC_OPTIONS": {
            "info": _info(app),
            "servers": [{"url": app.config["SITE_URL"]}],
        },
    }
    assert isinstance(app.json, DefaultJSONProvider)
    app.json.ensure_ascii = app.json.sort_keys = False  # read by people too
    api = CatalogueApi(app)
    for blueprint in (front.blueprint, *resources.blueprints(), *searching.blueprints(), layers.blueprint):
        api.register_blueprint(blueprint)
    app.register_blueprint(open_data.blueprint)
    app.after_request(_open_to_all)


def _info(app: Flask) -> dict[str, Any]:
    """What the description says of the API as a whole; the page of the open data has the terms."""
    site = app.config["SITE_URL"]
    terms, mail = f"{site}{open_data.ROOT}", app.config["TRADE_PROMOTION_EMAIL"]
    return {
        "description": ABOUT,
        "termsOfService": terms,
        "license": {"name": "Facts, free to use; name this catalogue, the day and the sources", "url": terms},
        "contact": {"url": f"{site}/"} | ({"email": mail} if mail else {}),
    }


def _open_to_all(response: Response) -> Response:
    """Programs of every site may read what is public."""
    if request.path.startswith(OPEN_TO_ALL):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
    return response

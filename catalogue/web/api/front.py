"""The front of the API: the kinds of records it has, where each is, and what may be done with them."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_smorest import Blueprint
from marshmallow import fields

from catalogue import version
from catalogue.kernel.clock import today
from catalogue.kernel.language import Language
from catalogue.web.api.datasets import DATASETS, LAYERS
from catalogue.web.api.open_data import TERMS, TITLE
from catalogue.web.api.parameters import takes
from catalogue.web.api.resources import JSON, ROOT
from catalogue.web.api.values import LinksSchema, Reading, TextSchema, absolute, in_both, maybe
from catalogue.web.language import address


class KindSchema(Reading):
    """A kind of records: its list, and its layer for maps where it has one."""

    name = fields.String()
    title = fields.Nested(TextSchema)
    about = fields.Nested(TextSchema)
    list = fields.Url()
    geojson = maybe(fields.Url)


class FrontSchema(Reading):
    """Where everything is; `version` grows with every change of the catalogue."""

    title = fields.Nested(TextSchema)
    terms = fields.Nested(TextSchema)
    version = fields.Integer()
    as_of = fields.Date()
    kinds = fields.List(fields.Nested(KindSchema))
    search = fields.Url()
    suggest = fields.Url()
    openapi = fields.Url()
    open_data = fields.Nested(LinksSchema)


blueprint = Blueprint("api-front", __name__, url_prefix=ROOT, description=FrontSchema.__doc__)


@blueprint.get("/")
@takes()
@blueprint.response(200, FrontSchema, content_type=JSON)
def index() -> dict[str, Any]:
    """The kinds of records, the search, the description of the API and the terms."""
    return {
        "title": in_both(TITLE),
        "terms": in_both(TERMS),
        "version": version.current(),
        "as_of": today(),
        "kinds": [
            {
                "name": one.name,
                "title": in_both(one.title),
                "about": in_both(one.about),
                "list": absolute(url_for(f"api-{one.name}.index")),
                "geojson": absolute(f"{ROOT}/{one.name}.geojson") if one.name in LAYERS else None,
            }
            for one in DATASETS.values()
            if one.in_api
        ],
        "search": absolute(url_for("api-search.search")),
        "suggest": absolute(url_for("api-suggest.suggest_names")),
        "openapi": absolute(url_for("api-docs.openapi_json")),
        "open_data": {one.value: absolute(address("open_data.show", one)) for one in Language},
    }

"""The workshop's home: for whom one speaks, and their listings."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from catalogue.producers.queries import producers_by_code
from catalogue.products.queries import products_of_producers
from catalogue.web.identity import current_actor
from catalogue.web.language import current
from catalogue.web.private import show as render

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def show() -> ResponseReturnValue:
    """Every producer that one speaks for, with its products."""
    producers = producers_by_code(current_actor().speaks_for)
    products = products_of_producers([producer.id for producer in producers], current())
    return render(
        "studio/home.html",
        groups=[
            (producer, [product for product in products if product.producer_id == producer.id])
            for producer in producers
        ],
    )

"""One listing of one's own."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from catalogue.kernel.errors import NotFound, require
from catalogue.producers.rules import may_edit
from catalogue.products.models import Product
from catalogue.records import by_code
from catalogue.web.identity import current_actor
from catalogue.web.private import show as render

blueprint = Blueprint("listings", __name__, url_prefix="/listings")


@blueprint.get("/<code>")
def show(code: str) -> ResponseReturnValue:
    """What the catalogue says of a product; another one's is refused."""
    product = by_code(Product, code, joinedload(Product.producer))
    if product is None:
        raise NotFound("listing.unknown")
    require(may_edit(current_actor(), product.producer.code), "listing.of_another")
    return render("studio/listing.html", product=product)

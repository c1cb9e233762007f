"""Products as cards: every list of products on the site looks the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.certification.models import Certificate
from catalogue.products.models import Product
from catalogue.web import labels, prints
from catalogue.web.language import address, current
from catalogue.web.page import say


def product_cards(
    products: Iterable[Product], certificates: Mapping[int, Sequence[Certificate]], day: date
) -> list[dict[str, Any]]:
    """The arguments of `card` (components/card.html) for each product, in the same order.

    Products need what `products.queries.WITH_MAKER` loads; `certificates` is by product id, as
    `certificates_of_products` gives it. A card wears its maker's edge; neighbours never wear the same plate.
    """
    plates: list[tuple[str, int]] = []
    cards = []
    for product in products:
        name = prints.print_of(product)
        plates.append((name, prints.next_variant(name, plates)))
        cards.append(
            {
                "name": say(product.name),
                "href": address("public.products.show", slug=product.slug(current())),
                "print": name,
                "variant": plates[-1][1],
                "weave": product.producer.code,
                "by": say(product.producer.name),
                "note": say(product.category.name),
                "status": labels.card_status(certificates.get(product.id, ()), day),
            }
        )
    return cards

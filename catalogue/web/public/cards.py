"""Products as cards and makers as rows: every list of them on the site looks the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from catalogue.certification.models import Certificate
from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer
from catalogue.products.models import Product
from catalogue.web import labels, photographs, prints
from catalogue.web.page import say
from catalogue.web.public.records import page_of
from catalogue.web.public.selection import Selection

Say = Callable[[Bilingual | None], str | Markup]


def product_cards(
    products: Iterable[Product],
    certificates: Mapping[int, Sequence[Certificate]],
    day: date,
    said: Say = say,
) -> list[dict[str, Any]]:
    """The arguments of `card` (components/card.html) for each product, in the same order.

    Products need what `products.queries.WITH_MAKER` loads; `certificates` is by product id, as
    `certificates_of_products` gives it. A card wears its maker's edge; neighbours never wear the same plate,
    and a photograph stands instead of the print where there is one. `said` gives a text as HTML.
    """
    products = list(products)
    pictured = photographs.first_of(products)
    plates: list[tuple[str, int]] = []
    cards = []
    for product in products:
        name = prints.print_of(product)
        plates.append((name, prints.next_variant(name, plates)))
        cards.append(
            {
                "name": said(product.name),
                "spoken": say(product.name),
                "href": page_of(product),
                "print": name,
                "variant": plates[-1][1],
                "photo": pictured.get(product.code),
                "weave": product.producer.code,
                "by": said(product.producer.name),
                "note": said(product.category.name),
                "status": labels.card_status(certificates.get(product.id, ()), day),
                "save": keeping(product),
            }
        )
    return cards


def keeping(record: Product | Producer) -> dict[str, str]:
    """The arguments of `keep` and `keep_button` (components/keep.html): the way to a list that has it."""
    kind = "products" if isinstance(record, Product) else "producers"
    return {
        "href": Selection(**{kind: (record.code,)}).href("public.shortlist.show"),
        "key": f"{kind}:{record.code}",
    }


def maker_row(producer: Producer, said: Say = say) -> dict[str, Any]:
    """The arguments of `maker_row` (components/maker.html); `said` gives a text as HTML."""
    return {
        "name": said(producer.name),
        "href": page_of(producer),
        "weave": producer.code,
        "note": said(producer.products_summary) or said(producer.summary),
    }

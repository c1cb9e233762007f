"""What a reader has chosen, as an address names it: `?products=a,b&producers=c`, by code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from catalogue.enquiries.rules import MOST_ITEMS
from catalogue.producers.models import Producer
from catalogue.producers.queries import producers_by_code
from catalogue.products.models import Product
from catalogue.products.queries import products_by_code
from catalogue.web.language import address

LONGEST_CODE = 120


@dataclass(frozen=True)
class Selection:
    """Products and makers by code, in the order in which they were chosen."""

    products: tuple[str, ...] = ()
    producers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.products or self.producers)

    def __len__(self) -> int:
        return len(self.products) + len(self.producers)

    def __or__(self, other: Selection) -> Selection:
        return Selection(_once(self.products + other.products), _once(self.producers + other.producers))

    def without(self, code: str) -> Selection:
        """The same without one of its items; codes are unique among products, and among makers."""
        return replace(
            self,
            products=tuple(one for one in self.products if one != code),
            producers=tuple(one for one in self.producers if one != code),
        )

    def href(self, endpoint: str) -> str:
        """A page about this selection, in the reader's language. Codes hold nothing that needs an escape."""
        parts = {"products": self.products, "producers": self.producers}
        query = "&".join(f"{name}={','.join(codes)}" for name, codes in parts.items() if codes)
        return f"{address(endpoint)}?{query}" if query else address(endpoint)


def asked(values: MultiDict[str, str]) -> Selection:
    """What the values name, whether or not the catalogue shows it; as many items as a selection may have."""
    products = _codes(values, "products")[:MOST_ITEMS]
    return Selection(products, _codes(values, "producers")[: MOST_ITEMS - len(products)])


def found(selection: Selection) -> tuple[Selection, list[Product], list[Producer]]:
    """Those of a selection that the catalogue shows, as codes and as records in the chosen order."""
    products = products_by_code(selection.products)
    named = {producer.code: producer for producer in producers_by_code(selection.producers)}
    producers = [named[code] for code in selection.producers if code in named]
    there = Selection(tuple(one.code for one in products), tuple(one.code for one in producers))
    return there, products, producers


def _codes(values: MultiDict[str, str], name: str) -> tuple[str, ...]:
    """Both `?products=a,b` and `?products=a&products=b`, as forms without scripts send it."""
    listed = (code.strip() for text in values.getlist(name) for code in text.split(","))
    return _once(tuple(code for code in listed if _is_code(code)))


def _is_code(text: str) -> bool:
    return 0 < len(text) <= LONGEST_CODE and text.isascii() and text.replace("-", "").isalnum()


def _once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))

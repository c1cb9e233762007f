"""The facets of products and of exporters: every value in words, with the count of the list it leads to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from catalogue import version
from catalogue.certification.queries import schemes_with_levels
from catalogue.kernel.language import Language
from catalogue.places.queries import gazetteer, villages
from catalogue.places.rules import PlaceKind
from catalogue.products.queries import category_tree
from catalogue.routes.queries import routes
from catalogue.search.request import FACETS, SearchRequest, Sort
from catalogue.web import labels, seasons
from catalogue.web.language import address, current, read, speaking
from catalogue.web.page import say

Words = Mapping[str, str | Markup]

LABELS: dict[str, LazyString] = {
    "category": lazy_gettext("Kind of product"),
    "evidence": lazy_gettext("Certificate"),
    "scheme": lazy_gettext("Certification scheme"),
    "level": lazy_gettext("Level"),
    "village": lazy_gettext("Craft village"),
    "place": lazy_gettext("Place"),
    "visitable": lazy_gettext("Visits"),
    "month": lazy_gettext("In season"),
    "market": lazy_gettext("Reported exports to"),
    "kind": lazy_gettext("Kind of maker"),
    "near": lazy_gettext("Within 15 km of"),
    "along": lazy_gettext("Along a route"),
}
FINER = lazy_gettext("Detailed kind")
EVIDENCE: dict[str, LazyString] = {
    "confirmed": lazy_gettext("Confirmed and in force"),
    "reported": lazy_gettext("Reported, not confirmed"),
    "none": lazy_gettext("No certificate in force or reported"),
}
# Short facets stand open; the others open by themselves when something is chosen in them.
OPEN = ("category", "evidence")
PRODUCTS = "public.products.index"
OLD_UNITS = (PlaceKind.OLD_CITY, PlaceKind.OLD_DISTRICT)


@version.kept
def _words_in(language: Language) -> dict[str, Words]:
    """The words of every facet's values but markets', in their order; five statements."""
    with speaking(language):
        schemes, places = schemes_with_levels(), gazetteer(language).places
        near = {
            place.code: _old(say(place.name)) if place.kind in OLD_UNITS else say(place.name)
            for place in places
        }
        return {
            "category": {category.code: say(category.name) for category in category_tree().categories},
            "evidence": {value: str(words) for value, words in EVIDENCE.items()},
            "scheme": {scheme.code: say(scheme.name) for scheme in schemes},
            "level": {
                f"{scheme.code}-{one.level.lower()}": level_words(read(scheme.name), scheme.code, one.level)
                for scheme in schemes
                for one in scheme.levels
            },
            "village": {village.code: say(village.name) for village in villages(language)},
            "place": near,
            "visitable": {"yes": gettext("Visits reported by a source")},
            "month": {str(month): seasons.month_name(month) for month in seasons.YEAR},
            "kind": {value: str(words) for value, words in labels.PRODUCER_KINDS.items()},
            "along": {route.code: say(route.name) for route in routes(language)},
            "near": near,
        }


class FacetWords:
    """The values of every facet in words, in the order in which they are shown.

    `endpoint`: the list that is narrowed; `first`: the facet its readers ask for first, which stands open.
    """

    def __init__(self, endpoint: str = PRODUCTS, first: str = "category") -> None:
        self._endpoint = endpoint
        self._labels = {first: LABELS[first]} | LABELS
        self._open = {first, *OPEN}
        self._words = _words_in(current())
        self._roots = {category.code for category in category_tree().roots}
        # Near is asked of a town; of every commune it would be the longest list of all, and is on its page.
        self._towns = {place.code for place in gazetteer(current()).places if place.kind in OLD_UNITS}

    def groups(self, asked: SearchRequest, counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
        """Arguments of `facets` (components/facets.html): values that lead somewhere, and the chosen ones.

        Categories stand in two groups, the few broad ones open, the many finer ones closed.
        """
        markets = {*counts.get("market", {}), *asked.chosen.get("market", ())}
        words = self._words | {"market": _markets(markets)}
        groups = []
        for facet, label in self._labels.items():
            options = _options(facet, words[facet], asked.chosen.get(facet, ()), counts.get(facet, {}))
            if facet == "category":
                finer = [option for option in options if option["value"] not in self._roots]
                options = [option for option in options if option["value"] in self._roots]
                groups += self._group(facet, label, options) + self._group(facet, FINER, finer, key="finer")
            else:
                if facet == "near":
                    options = [one for one in options if one["value"] in self._towns or one["checked"]]
                groups += self._group(facet, label, options)
        return groups

    def chips(self, asked: SearchRequest) -> list[dict[str, Any]]:
        """What the list is narrowed by, each with the address of the list without it."""
        found = [
            {"text": self._name(facet, value), "href": self._list(asked.address(removing=(facet, value)))}
            for facet in FACETS
            for value in asked.chosen.get(facet, ())
        ]
        if asked.q:
            words = gettext("“%(words)s”", words=asked.q)
            found.insert(0, {"text": words, "href": self._list(asked.address(q="", sort=Sort.NAME))})
        return found

    def _list(self, query: list[tuple[str, str]]) -> str:
        return address(self._endpoint, query=query)

    def _group(
        self, facet: str, label: LazyString, options: list[dict[str, Any]], key: str = ""
    ) -> list[dict[str, Any]]:
        """A group of values; none where there is nothing to choose. It stands open where one is chosen."""
        if not options:
            return []
        is_open = (key or facet) in self._open or any(option["checked"] for option in options)
        return [{"name": facet, "key": key, "label": str(label), "open": is_open, "options": options}]

    def _name(self, facet: str, value: str) -> str | Markup:
        """A value in words; one that nothing is known of stays as it was typed."""
        if facet == "market":
            return labels.country(value)
        name = self._words[facet].get(value, value)
        return near(name) if facet == "near" else name


def near(name: str | Markup) -> str | Markup:
    """Near a place, as what a list is narrowed by."""
    words = gettext("Near %(place)s")
    return Markup(words) % {"place": name} if isinstance(name, Markup) else words % {"place": name}  # noqa: S704


def list_address(query: list[tuple[str, str]]) -> str:
    """The product list with a query."""
    return address(PRODUCTS, query=query)


def _options(
    facet: str, words: Words, chosen: Collection[str], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The values that lead somewhere or are chosen; what a certificate is worth is always told in full."""
    return [
        {
            "value": value,
            "label": text,
            "count": _number(counts.get(value, 0)),
            "checked": value in chosen,
        }
        for value, text in words.items()
        if counts.get(value) or value in chosen or facet == "evidence"
    ]


def _number(count: int) -> str:
    """As the language writes it; there are hundreds on a page, and most are too small to differ."""
    return format_decimal(count) if count >= 1000 else str(count)


def level_words(scheme: str, code: str, level: str) -> str:
    """OCOP, 4 stars: the scheme by its abbreviation where its name has one."""
    return f"{labels.short_scheme(scheme)}, {labels.level(code, level)}"


def _old(name: str | Markup) -> str | Markup:
    """A city or district of before July 2025."""
    return Markup("{} ({})").format(name, gettext("until June 2025"))


def _markets(codes: set[str]) -> Words:
    named = {labels.country(code): code for code in codes}
    return {named[name]: name for name in labels.countries(codes)}

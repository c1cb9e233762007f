"""What sources say of a product, as rows of facts: every key of `Product.specs` in words and units."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.kernel.language import Bilingual
from catalogue.products.models import Product
from catalogue.web import dates, labels, seasons
from catalogue.web.money import money
from catalogue.web.page import say

Row = tuple[str, Any]

PRODUCT_KINDS: dict[str, LazyString] = {
    "cut": lazy_gettext("Cut flowers"),
    "pot": lazy_gettext("Pot plant"),
    "foliage": lazy_gettext("Foliage"),
    "preserved": lazy_gettext("Dried or preserved flowers"),
    "young-plant": lazy_gettext("Young plants"),
    "craft": lazy_gettext("Craft"),
}
COUNTED: dict[str, LazyString] = {
    "cutting": lazy_gettext("cuttings"),
    "plant": lazy_gettext("plants"),
    "pot": lazy_gettext("pots"),
    "stem": lazy_gettext("stems"),
}
PERIODS: dict[str, LazyString] = {
    "week": lazy_gettext("%(amount)s a week"),
    "month": lazy_gettext("%(amount)s a month"),
    "year": lazy_gettext("%(amount)s a year"),
    "season": lazy_gettext("%(amount)s a season"),
}
VOLUMES: dict[str, LazyString] = {
    "output": lazy_gettext("Output"),
    "capacity": lazy_gettext("Capacity"),
    "export": lazy_gettext("Exports"),
    "plan": lazy_gettext("Planned output"),
    "sold": lazy_gettext("Sold"),
}


def about(product: Product) -> list[Row]:
    """How it is made, its size, its keeping: rows for components/facts.html, in reading order."""
    specs = product.specs
    rows: list[Row] = [
        (str(label), words(specs[key])) for key, (label, words) in ABOUT.items() if key in specs
    ]
    if product.shelf_life_days:
        rows.append((gettext("Keeps for"), days(product.shelf_life_days)))
    return rows


def for_buyers(product: Product) -> list[Row]:
    """What a buyer asks first; what nobody has said is called not known."""
    specs = product.specs
    unknown = gettext("Not known")
    rows: list[Row] = [
        (gettext("Price"), _price(product)),
        *([(gettext("Now"), str(labels.STOCKS[product.stock]))] if product.stock else []),
        (gettext("Minimum order"), in_units(product.minimum_order, product.unit) or unknown),
        *(_capacity(product) or [(gettext("Capacity"), unknown)]),
        (gettext("Unit of sale"), str(labels.UNITS[product.unit]) if product.unit else unknown),
    ]
    if product.lead_time_days:
        rows.append((gettext("Ready in"), days(product.lead_time_days)))
    if product.packaging:
        rows.append((gettext("Packaging"), say(product.packaging)))
    if packs := specs.get("pack_sizes_kg"):
        rows.append((gettext("Pack sizes"), ", ".join(_weight(pack) for pack in packs)))
    if marketplace := specs.get("marketplace"):
        rows.append((gettext("Also sold online at"), marketplace))
    countries = labels.countries(market.country for market in product.markets)
    rows.append((gettext("Reported exports to"), ", ".join(countries) or gettext("None known")))
    if product.hs_code:
        note = gettext("classified for this catalogue, not a customs ruling")
        rows.append((gettext("HS code"), f"{product.hs_code} ({note})"))
    return rows


def for_paper(product: Product) -> list[Row]:
    """What a line sheet says. Unknown reads “on request” and never has a number: a price that a source named
    once is none, for a sheet outlives the page that would explain it."""
    asked = gettext("On request")
    countries = labels.countries(market.country for market in product.markets)
    rows: list[Row] = [
        (gettext("Code"), product.code),
        (gettext("Price"), _own_price(product) or asked),
        (gettext("Unit of sale"), str(labels.UNITS[product.unit]) if product.unit else asked),
        (gettext("Now"), str(labels.STOCKS[product.stock]) if product.stock else asked),
        (gettext("Minimum order"), in_units(product.minimum_order, product.unit) or asked),
        *(_capacity(product) or [(gettext("Capacity"), asked)]),
        (gettext("Ready in"), days(product.lead_time_days) if product.lead_time_days else asked),
        (gettext("Packaging"), say(product.packaging) or asked),
        (gettext("HS code"), product.hs_code or asked),
        (gettext("Reported exports to"), ", ".join(countries) or asked),
        (gettext("Season"), seasons.words(product.season_months) if product.season_months else asked),
    ]
    if packs := product.specs.get("pack_sizes_kg"):
        rows.append((gettext("Pack sizes"), ", ".join(_weight(pack) for pack in packs)))
    return rows + about(product)


def volumes(product: Product) -> list[Row]:
    """The amounts that sources report, each with its date; empty where none does."""
    return [_volume(volume) for volume in product.specs.get("volumes", [])]


def contains_alcohol(product: Product) -> bool:
    """Such a product is offered to adults only."""
    return bool(product.specs.get("contains_alcohol"))


def _amount(value: Any) -> str:
    """A number or a range; an open end is said in words."""
    if not isinstance(value, dict):
        return format_decimal(value)
    low, high = value["min"], value["max"]
    if low is None:
        return gettext("up to %(number)s", number=format_decimal(high))
    if high is None:
        return gettext("at least %(number)s", number=format_decimal(low))
    return format_decimal(low) if low == high else f"{format_decimal(low)}–{format_decimal(high)}"


def _most(value: Any) -> int:
    """The number that decides between singular and plural."""
    if isinstance(value, dict):
        value = value["min"] if value["max"] is None else value["max"]
    return int(value)


def _text(value: dict[str, str]) -> Any:
    return say(Bilingual(value["vi"], value["en"]))


def _centimetres(value: Any) -> str:
    return gettext("%(amount)s cm", amount=_amount(value))


def _metres(value: Any) -> str:
    return gettext("%(amount)s m", amount=_amount(value))


def _weight(value: Any) -> str:
    return gettext("%(amount)s kg", amount=_amount(value))


def _grams(value: Any) -> str:
    return gettext("%(amount)s g", amount=_amount(value))


def _tonnes(value: Any) -> str:
    return ngettext("%(amount)s tonne", "%(amount)s tonnes", _most(value), amount=_amount(value))


def _altitude(value: Any) -> str:
    return gettext("%(amount)s m above sea level", amount=_amount(value))


def days(value: Any) -> str:
    """A number or range of days: 10–14 days, up to 14 days."""
    return ngettext("%(amount)s day", "%(amount)s days", _most(value), amount=_amount(value))


def _years(value: Any) -> str:
    return ngettext("%(amount)s year", "%(amount)s years", _most(value), amount=_amount(value))


def _pairs(value: Any) -> str:
    return ngettext("%(amount)s pair", "%(amount)s pairs", _most(value), amount=_amount(value))


def _about(value: Any) -> str:
    return gettext("about %(number)s", number=_amount(value))


def _sheet_sizes(value: dict[str, list[int]]) -> str:
    small, large = (" × ".join(format_decimal(side) for side in value[end]) for end in ("min", "max"))
    return gettext("%(amount)s cm", amount=gettext("%(first)s to %(last)s", first=small, last=large))


def _points(value: Any) -> str:
    return gettext("%(points)s points out of 100", points=_amount(value))


def _round(value: str) -> str:
    year, number = value.split("-")
    return gettext("Round %(number)s of %(year)s", number=number, year=year)


def _ocop_status(value: str) -> str:
    """`proposed-5` or `expired-2024`: a reported fact, never a certificate."""
    kind, number = value.split("-")
    if kind == "proposed":
        return ngettext(
            "Proposed for %(num)s star; no award is known",
            "Proposed for %(num)s stars; no award is known",
            int(number),
        )
    return gettext("Rating reported as expired in %(year)s", year=number)


def in_units(number: int | None, unit: str | None) -> str:
    """An amount in units of sale; empty for none."""
    if number is None:
        return ""
    if unit is None:
        return format_decimal(number)
    return gettext("%(number)s (%(unit)s)", number=format_decimal(number), unit=labels.UNITS[unit])


def _capacity(product: Product) -> list[Row]:
    """What the maker says it can make in a month, then what sources report."""
    amount = in_units(product.monthly_capacity, product.unit)
    told = [(gettext("Capacity"), str(PERIODS["month"]) % {"amount": amount})] if amount else []
    return told + volumes(product)


def _own_price(product: Product) -> str:
    """What the maker asks; empty where nobody has said."""
    if product.price is None or not product.currency:
        return ""
    return money(product.price, product.currency)


def _price(product: Product) -> str:
    """The maker's own; one that a source named once is told with its year, and that it is not today's."""
    if own := _own_price(product):
        return gettext("%(price)s, the maker’s own", price=own)
    if product.price_on_request:
        return gettext("On request")
    specs = product.specs
    reported = specs.get("price_reported_vnd")
    if reported is None:
        return gettext("Not known: ask the maker")
    ends = dict.fromkeys(reported[end] for end in ("min", "max") if reported[end] is not None)
    price = "–".join(money(end, "VND") for end in ends)
    year = specs.get("price_year")
    if year is None:
        return gettext("Reported by a source, year not stated: %(price)s; not a current price", price=price)
    return gettext("Reported by a source in %(year)s: %(price)s; not a current price", year=year, price=price)


def _volume(volume: dict[str, Any]) -> Row:
    """An amount that a source reports, with the date it stands for."""
    low, high = volume["min"], volume["max"]
    number = gettext("more than %(number)s", number=format_decimal(low)) if high is None else _amount(volume)
    amount = f"{number} {COUNTED[volume['unit']]}"
    text = str(PERIODS[volume["per"]]) % {"amount": amount}
    if volume["as_of"] is None:
        dated = gettext("%(text)s (reported, date not stated)", text=text)
    else:
        dated = gettext("%(text)s (reported for %(date)s)", text=text, date=dates.partial(volume["as_of"]))
    return str(VOLUMES[volume["kind"]]), dated


ABOUT: dict[str, tuple[LazyString, Callable[[Any], Any]]] = {
    "product_kind": (lazy_gettext("Form"), lambda value: str(PRODUCT_KINDS[value])),
    "technique": (lazy_gettext("Technique"), _text),
    "material": (lazy_gettext("Material"), _text),
    "fibre": (lazy_gettext("Fibre"), _text),
    "finish": (lazy_gettext("Finish"), _text),
    "process": (lazy_gettext("Process"), _text),
    "method": (lazy_gettext("Growing method"), _text),
    "colour": (lazy_gettext("Colour"), _text),
    "colours_count": (lazy_gettext("Number of colours"), _about),
    "varieties_grown": (lazy_gettext("Varieties"), ", ".join),
    "varieties_count": (lazy_gettext("Number of varieties"), _about),
    "size_cm": (lazy_gettext("Size"), _sheet_sizes),
    "length_cm": (lazy_gettext("Length"), _centimetres),
    "length_m": (lazy_gettext("Length"), _metres),
    "width_cm": (lazy_gettext("Width"), _centimetres),
    "height_cm": (lazy_gettext("Height"), _centimetres),
    "weight_g": (lazy_gettext("Weight"), _grams),
    "weight_t": (lazy_gettext("Weight"), _tonnes),
    "stem_length_cm": (lazy_gettext("Stem length"), _centimetres),
    "bunch_size": (lazy_gettext("Stems in a bunch"), _amount),
    "grades": (lazy_gettext("The grower’s own grades"), ", ".join),
    "spikes_per_pot": (lazy_gettext("Flower spikes in a pot"), _amount),
    "flowers_per_spike": (lazy_gettext("Flowers on a spike"), _amount),
    "rootstock_age_years": (lazy_gettext("Age of the rootstock"), _years),
    "altitude_m": (lazy_gettext("Grown at"), _altitude),
    "making_time_days": (lazy_gettext("Time to make one"), days),
    "drying_days": (lazy_gettext("Drying time"), days),
    "pairs_usual": (lazy_gettext("A usual order"), _pairs),
    "vase_life_days": (lazy_gettext("Vase life"), days),
    "keeps_years": (lazy_gettext("Keeps for"), _years),
    "cup_score": (lazy_gettext("Cup score"), _points),
    "award_year": (lazy_gettext("Year of the award"), str),
    "ocop_round": (lazy_gettext("OCOP round"), _round),
    "ocop_status": (lazy_gettext("OCOP, as a source reports it"), _ocop_status),
}

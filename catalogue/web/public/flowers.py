"""Flowers: the kinds that are grown here, when, where and by whom, and how the trade grades them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint
from flask_babel import format_decimal, gettext, ngettext

from catalogue.certification.models import CertificationScheme
from catalogue.certification.queries import certificates_of_products, schemes_with_levels
from catalogue.flower_centre.queries import flower_centre
from catalogue.flowers.models import FlowerVariety, GrowingArea
from catalogue.flowers.queries import flower_by_slug, flowers, grading_standards
from catalogue.kernel.clock import today
from catalogue.kernel.language import Bilingual
from catalogue.places.models import CraftVillage, Place
from catalogue.places.queries import gazetteer, villages_by_id
from catalogue.producers.models import Producer
from catalogue.producers.queries import growers, growers_of
from catalogue.products.models import Category
from catalogue.products.queries import category_tree, product_counts_by_flower, products_of_flower
from catalogue.routes.queries import routes
from catalogue.web import labels, prints, seasons
from catalogue.web.language import address, current, page, read
from catalogue.web.page import is_translated, say
from catalogue.web.page import show as render
from catalogue.web.public import flower_calendar, specs, thread, whereabouts
from catalogue.web.public.cards import product_cards
from catalogue.web.public.records import borrowed, find_or_redirect, source_links

# The mark that came before the present one; its published criteria name some flowers.
FORMER_MARK = "cm-hoa-da-lat"

blueprint = Blueprint("flowers", __name__)


@page(blueprint, vi="/hoa", en="/flowers")
def index() -> str:
    """All kinds of flowers by trade group, and their year."""
    everything, day = flowers(current()), today()
    grown = Counter(flower.id for grower in growers(current()) for flower in grower.flowers)
    sold = product_counts_by_flower()
    return render(
        "public/flowers/index.html",
        title=ngettext("%(num)s kind of flower", "%(num)s kinds of flowers", len(everything)),
        month=gettext("In season in %(month)s", month=seasons.month_in_a_sentence(day.month)),
        season=flower_calendar.in_season(everything, day),
        groups=_groups(everything, grown, sold),
        calendar=flower_calendar.calendar(everything, day),
        without_season=flower_calendar.without_season(everything),
        centre=flower_centre(),
    )


@page(blueprint, vi="/hoa/<slug>", en="/flowers/<slug>")
def show(slug: str) -> str:
    """One kind of flower."""
    flower, day, language = find_or_redirect(FlowerVariety, slug, flower_by_slug), today(), current()
    grown_by, products = growers_of(flower.id, language), products_of_flower(flower.id, language)
    grown_in = villages_by_id(area.village_id for area in flower.growing_areas if area.village_id)
    certificates = certificates_of_products([product.id for product in products])
    months, category = flower.season_months, category_tree().by_code[flower.category_code]
    return render(
        "public/flowers/show.html",
        record=flower,
        translated=is_translated(flower),
        title=read(flower.name),
        description=read(flower.summary),
        crumbs=[(gettext("Flowers"), address("public.flowers.index")), (say(flower.name), None)],
        flower=flower,
        group=str(labels.FLOWER_GROUPS[flower.trade_group]),
        print=prints.print_of_flower(flower),
        borrowed=borrowed(flower.description),
        facts=_facts(flower, category),
        months={"words": seasons.words(months), "squares": seasons.squares(months, day)} if months else None,
        grading=_grading(flower),
        grading_note=_grading_note(flower),
        grading_sources=source_links({"url": url} for url in (flower.grading or {}).get("sources", [])),
        former_mark=_former_mark(flower),
        areas=_areas(flower.growing_areas, grown_in),
        growers_title=_growers_title(len(grown_by)),
        growers=[grower_row(one) for one in grown_by],
        cards=product_cards(products, certificates, day),
        category_href=_category_href(category),
        thread=thread.of_flower(flower, grown_by, list(grown_in.values()), routes(language), len(products)),
        keywords=flower.keywords.get(language.value, []),
        sources=source_links(flower.sources),
    )


def grower_row(grower: Producer) -> dict[str, Any]:
    """The arguments of `maker_row` (components/maker.html), with the place."""
    return {
        "name": say(grower.name),
        "href": address("public.producers.show", slug=grower.slug(current())),
        "weave": grower.code,
        "note": whereabouts.short_place(grower),
    }


def _groups(
    everything: Sequence[FlowerVariety], grown: Mapping[int, int], sold: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Trade groups with their flowers; groups of one kind stand together at the end."""
    groups, alone = [], []
    for code, words in labels.FLOWER_GROUPS.items():
        members = [flower for flower in everything if flower.trade_group == code]
        entries = [_entry(one, grown.get(one.id, 0), sold.get(one.id, 0)) for one in members]
        if len(members) == 1:
            alone += entries
        elif members:
            own = prints.print_of_flower(members[0])
            groups.append({"title": str(words), "print": own, "flowers": entries})
    if alone:
        groups.append({"title": gettext("One kind each"), "print": None, "flowers": alone})
    return groups


def _entry(flower: FlowerVariety, grown: int, sold: int) -> dict[str, Any]:
    months = flower.season_months
    counts = [
        ngettext("%(num)s grower", "%(num)s growers", grown) if grown else gettext("no grower on record"),
        ngettext("%(num)s product", "%(num)s products", sold) if sold else "",
    ]
    return {
        **flower_calendar.link_to(flower),
        "about": str(labels.FLOWER_FORMS[flower.form]),
        "seasonal": bool(months),
        "season": seasons.words(months) if months else gettext("Season not known"),
        "counts": ", ".join(text for text in counts if text),
    }


def _facts(flower: FlowerVariety, category: Category) -> whereabouts.Rows:
    """What a buyer or a botanist asks first."""
    return [
        (gettext("Scientific name"), _scientific(flower)),
        (gettext("Trade group"), str(labels.FLOWER_GROUPS[flower.trade_group])),
        (gettext("Form"), str(labels.FLOWER_FORMS[flower.form])),
        (gettext("Kind of product"), whereabouts.link(say(category.name), _category_href(category))),
        (gettext("HS code"), _hs_code(flower.hs_code)),
        (gettext("Vase life"), _vase_life(flower)),
    ]


def _scientific(flower: FlowerVariety) -> Any:
    if flower.scientific_name is None:
        return gettext("Not settled, or more than one species")
    return whereabouts.in_latin(flower.scientific_name)


def _hs_code(code: str) -> str:
    """The code with what it stands for, where the published list has it."""
    standard = grading_standards().get("hs-codes")
    names = {row["code"]: Bilingual(**row["name"]) for row in standard.body["codes"]} if standard else {}
    words = f"{code}: {read(names[code])}" if code in names else code
    return gettext("%(code)s (classified for this catalogue, not a customs ruling)", code=words)


def _vase_life(flower: FlowerVariety) -> str:
    if flower.vase_life_days is None:
        return gettext("Not known")
    days = specs.days(flower.vase_life_days)
    return gettext("%(days)s (general florist data, not measured in Đà Lạt)", days=days)


def _grading(flower: FlowerVariety) -> list[tuple[str, str]]:
    """How it is graded and sold, as far as sources say; empty where no grading was found."""
    if flower.grading is None:
        return []
    grading = flower.grading
    unknown = gettext("Not stated")
    names = ", ".join(read(Bilingual(**name)) for name in grading["grade_names"] or [])
    bunch = grading["bunch_size"]
    stems = ngettext("%(num)s stem", "%(num)s stems", bunch) if bunch else unknown
    unit = str(labels.SALE_UNITS[grading["sale_unit"]]) if grading["sale_unit"] else unknown
    return [
        _stem_lengths(grading),
        (gettext("Grade names"), names or unknown),
        (gettext("Stems in a bunch"), stems),
        (gettext("Unit of sale"), unit),
    ]


def _stem_lengths(grading: Mapping[str, Any]) -> tuple[str, str]:
    """Lengths are told as what they are: classes, a usual length, a greatest length, or steps."""
    lengths = grading["stem_length_cm"]
    if not lengths:
        return gettext("Stem length"), gettext("Not stated")
    numbers = [format_decimal(length) for length in lengths]
    listed = gettext("%(amount)s cm", amount=", ".join(numbers))
    span = gettext("%(amount)s cm", amount="–".join(numbers))
    return {
        "classes": (gettext("Length classes"), listed),
        "popular": (gettext("Usual stem length"), listed),
        "maximum": (gettext("Greatest stem length"), span),
        "thresholds": (gettext("Grades part at"), listed),
    }[grading["stem_length_kind"]]


def _grading_note(flower: FlowerVariety) -> Any:
    note = (flower.grading or {}).get("note")
    return say(Bilingual(**note)) if note else ""


def _former_mark(flower: FlowerVariety) -> dict[str, Any]:
    """What the criteria of the mark of 2011 say; it is no claim for any grower."""
    scheme = next((one for one in schemes_with_levels() if one.code == FORMER_MARK), None)
    return {"named": flower.hoa_da_lat_mark, "scheme": _scheme_link(scheme) if scheme else None}


def _scheme_link(scheme: CertificationScheme) -> dict[str, Any]:
    return {"text": say(scheme.name), "href": address("public.schemes.show", slug=scheme.slug(current()))}


def _areas(areas: Sequence[GrowingArea], villages: Mapping[int, CraftVillage]) -> list[dict[str, Any]]:
    """Each area as its source names it, with the unit of today and the village."""
    places = {place.id: place for place in gazetteer(current()).places}
    return [_area(area, places[area.place_id], villages.get(area.village_id or 0)) for area in areas]


def _area(area: GrowingArea, place: Place, village: CraftVillage | None) -> dict[str, Any]:
    return {
        "label": say(area.label),
        "place": whereabouts.link(say(place.name), thread.place_link(place)),
        "village": village
        and whereabouts.link(
            say(village.name), address("public.villages.show", slug=village.slug(current()))
        ),
    }


def _growers_title(number: int) -> str:
    if not number:
        return gettext("No grower on record yet")
    return ngettext("%(num)s grower", "%(num)s growers", number)


def _category_href(category: Category) -> str:
    return address("public.products.index", query=[("category", category.code)])

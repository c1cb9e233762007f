"""The fields of listings in words: what each is called, what helps to fill it in, what is wrong with it."""

from __future__ import annotations

from typing import Any

from flask_babel import format_currency, format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.editorial.fields import Field, Shape
from catalogue.editorial.rules import Reason, State
from catalogue.kernel.language import Bilingual
from catalogue.products.queries import category_tree
from catalogue.web import labels, seasons
from catalogue.web.language import read

Words = LazyString

LABELS: dict[str, Words] = {
    "photographs": lazy_gettext("Photographs"),
    "name": lazy_gettext("Name"),
    "category": lazy_gettext("Kind of product"),
    "kind": lazy_gettext("Kind of maker"),
    "summary": lazy_gettext("In one line"),
    "description": lazy_gettext("Its story"),
    "story": lazy_gettext("Your story"),
    "products_summary": lazy_gettext("What you make"),
    "material": lazy_gettext("Material"),
    "technique": lazy_gettext("Technique"),
    "length_cm": lazy_gettext("Length in cm"),
    "width_cm": lazy_gettext("Width in cm"),
    "height_cm": lazy_gettext("Height in cm"),
    "weight_g": lazy_gettext("Weight in grams"),
    "shelf_life_days": lazy_gettext("Keeps for, in days"),
    "packaging": lazy_gettext("Packaging"),
    "season_months": lazy_gettext("Months in which there is some"),
    "keywords": lazy_gettext("Other words that people search for"),
    "unit": lazy_gettext("Sold by the"),
    "price": lazy_gettext("Price of one"),
    "currency": lazy_gettext("Currency"),
    "price_on_request": lazy_gettext("Price on request"),
    "stock": lazy_gettext("Is there some now?"),
    "minimum_order": lazy_gettext("Smallest order"),
    "monthly_capacity": lazy_gettext("Most in a month"),
    "lead_time_days": lazy_gettext("Days until it is ready"),
    "hs_code": lazy_gettext("HS code"),
    "visit": lazy_gettext("Can visitors see how it is made?"),
    "since": lazy_gettext("Since which year"),
    "website": lazy_gettext("Website"),
    "languages_spoken": lazy_gettext("Languages spoken with visitors"),
    "visitable": lazy_gettext("Visitors are welcome"),
    "opening_hours": lazy_gettext("Opening hours"),
    "visiting": lazy_gettext("What visitors should know"),
    "way": lazy_gettext("How to get there"),
    "payment": lazy_gettext("How one can pay"),
    "step_free": lazy_gettext("Can one get in without steps?"),
}
HINTS: dict[str, Words] = {
    "summary": lazy_gettext("What it is and what is special about it; it stands on cards and in searches."),
    "description": lazy_gettext("Who makes it, how long it takes, when it is used."),
    "story": lazy_gettext("Who you are, how you began, who works with you."),
    "length_cm": lazy_gettext("A number, or two with a dash: 120–150."),
    "weight_g": lazy_gettext("A number, or two with a dash: 500–600."),
    "keywords": lazy_gettext("With commas between. Names that people really use."),
    "price": lazy_gettext("What a buyer pays for one unit. Leave it empty if it depends."),
    "minimum_order": lazy_gettext("In units of sale."),
    "monthly_capacity": lazy_gettext("In units of sale; buyers abroad ask this first."),
    "hs_code": lazy_gettext("Type words such as tea or shawl and choose, or leave it to the office."),
    "visit": lazy_gettext("Watch, try, taste; when, and whether to call before."),
    "opening_hours": lazy_gettext("As you would tell a guest: every day 8–17, closed at New Year."),
    "visiting": lazy_gettext("Call before, how long, what it costs, for how many people."),
    "packaging": lazy_gettext("What it comes in, and how it is packed for a journey."),
}
FAULTS: dict[str, Words] = {
    "needed": lazy_gettext("Fill this in."),
    "vietnamese_missing": lazy_gettext("The Vietnamese is missing; the page needs it."),
    "too_long": lazy_gettext("This is too long."),
    "too_many": lazy_gettext("These are too many words."),
    "unknown_choice": lazy_gettext("Choose one of the list."),
    "not_a_number": lazy_gettext("Write a number, such as 12 or 12,5."),
    "not_whole": lazy_gettext("Write a whole number."),
    "out_of_bounds": lazy_gettext("This number cannot be right."),
    "upside_down": lazy_gettext("The smaller number comes first."),
    "not_of_that_form": lazy_gettext("This does not look right. Compare it with the example."),
    "photograph_incomplete": lazy_gettext("A photograph still lacks its words or rights."),
    "not_a_year": lazy_gettext("Write a year, such as 1998."),
    "certified": lazy_gettext("A certificate covers this product as it is. Ask the office to change both."),
    "or_on_request": lazy_gettext("Give a price, or say that it is on request; not both."),
}
STATES: dict[str, Words] = {
    State.DRAFT: lazy_gettext("Draft: only you see it"),
    State.SUBMITTED: lazy_gettext("With the office for review"),
    State.RETURNED: lazy_gettext("Came back: something is to be changed"),
    State.APPROVED: lazy_gettext("Approved; it will be public soon"),
    State.PUBLISHED: lazy_gettext("Public"),
    State.ARCHIVED: lazy_gettext("Set aside"),
}
REASONS: dict[str, Words] = {
    Reason.PHOTOGRAPH: lazy_gettext("A better photograph is needed"),
    Reason.WORDS: lazy_gettext("The words are not clear enough"),
    Reason.FACTS: lazy_gettext("A fact or number does not seem right"),
    Reason.CLAIM: lazy_gettext("A claim needs a paper that shows it"),
    Reason.CATEGORY: lazy_gettext("It belongs under another kind of product"),
    Reason.OTHER: lazy_gettext("Something else, see below"),
    Reason.NOT_PUBLISHABLE: lazy_gettext("It could not be published at the planned time"),
}
CURRENCIES: dict[str, Words] = {
    "VND": lazy_gettext("dong (VND)"),
    "USD": lazy_gettext("US dollar (USD)"),
    "EUR": lazy_gettext("euro (EUR)"),
    "JPY": lazy_gettext("yen (JPY)"),
}
YES_OR_NO: dict[str, Words] = {"yes": lazy_gettext("Yes"), "no": lazy_gettext("No")}
STEPS: dict[str, Words] = {
    "photographs": lazy_gettext("Photographs"),
    "story": lazy_gettext("Name and story"),
    "facts": lazy_gettext("Facts"),
    "trade": lazy_gettext("Trade and visits"),
    "check": lazy_gettext("Check and send"),
}


def options(field: Field) -> dict[str, str]:
    """What can be chosen in a field, by code."""
    match field.name:
        case "category":
            tree = category_tree()
            return {
                one.code: " › ".join(read(each.name) for each in reversed(tree.line(one)))
                for one in tree.categories
            }
        case "kind":
            return _plain(labels.PRODUCER_KINDS)
        case "unit":
            return {code: str(labels.UNITS[code]) for code in field.choices}
        case "currency":
            return _plain(CURRENCIES)
        case "stock":
            return _plain(labels.STOCKS)
        case "step_free":
            return _plain(YES_OR_NO)
        case "languages_spoken":
            return _plain(labels.SPOKEN)
        case _:
            return {}


def fault(code: str) -> str:
    """What is wrong, and what to do."""
    return str(FAULTS[code])


def said(field: Field, value: Any) -> list[tuple[str, str]]:
    """A value for reading: texts with the language each is in, which is empty for what has none."""
    if value in (None, "", [], {}):
        return []
    match field.shape:
        case Shape.WORDS | Shape.LINES:
            return [(text, one) for one in ("vi", "en") if (text := value.get(one))]
        case Shape.KEYWORDS:
            return [(", ".join(words), one) for one in ("vi", "en") if (words := value.get(one))]
        case Shape.CHOICE:
            return [(options(field).get(value, str(value)), "")]
        case Shape.CODES:
            known = options(field)
            return [(", ".join(known.get(code, code) for code in value), "")]
        case Shape.MONTHS:
            return [(seasons.words(value), "")]
        case Shape.PICTURES:
            return [(ngettext("%(num)s photograph", "%(num)s photographs", len(value)), "")]
        case Shape.TICK:
            return [(gettext("Yes"), "")]
        case _:
            return [(typed(value), "")]


def typed(value: Any) -> str:
    """A value as it stands in its input: numbers as the language writes them, two ends with a dash."""
    if isinstance(value, dict):
        ends = [format_decimal(end) for end in (value["min"], value["max"]) if end is not None]
        return "–".join(dict.fromkeys(ends))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_decimal(value)
    return str(value or "")


def price_question(low: float, high: float, currency: str) -> str:
    """Asked where a price is far from its neighbours'; it never stands in the way."""
    return gettext(
        "Is a 0 missing, or one too many? Similar products: %(low)s to %(high)s. If it is right, leave it.",
        low=format_currency(low, currency),
        high=format_currency(high, currency),
    )


def name_of(content: dict[str, Any]) -> str:
    """What a listing is called, in the reader's language where it can be."""
    return read(Bilingual.of(content.get("name"))) or gettext("Without a name yet")


def _plain(words: Any) -> dict[str, str]:
    return {code: str(text) for code, text in words.items()}

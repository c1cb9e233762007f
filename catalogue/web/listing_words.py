"""The fields of listings in words: what each is called, what helps to fill it in, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from catalogue.database import Record
from catalogue.editorial.fields import Field, Shape, amount, limit
from catalogue.editorial.rules import Reason, State, title_of
from catalogue.kernel.language import Bilingual
from catalogue.places.queries import gazetteer, sights, villages
from catalogue.producers.queries import producers
from catalogue.products.queries import category_tree
from catalogue.routes.queries import routes
from catalogue.web import labels, seasons
from catalogue.web.language import current, read
from catalogue.web.money import money

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
    "text": lazy_gettext("Text"),
    "title": lazy_gettext("Title"),
    "activities": lazy_gettext("What visitors can see and do"),
    "visit_notes": lazy_gettext("What visitors should know"),
    "craft": lazy_gettext("Craft"),
    "place": lazy_gettext("Place"),
    "ethnic_group": lazy_gettext("People"),
    "households": lazy_gettext("Households"),
    "months": lazy_gettext("Best months"),
    "recognition": lazy_gettext("Recognition"),
    "recognised_year": lazy_gettext("Year of recognition"),
    "decision": lazy_gettext("Number of the decision"),
    "sources": lazy_gettext("Sources"),
    "theme": lazy_gettext("Theme"),
    "stops": lazy_gettext("Stops in order"),
    "days": lazy_gettext("Days"),
    "mode": lazy_gettext("Way of travel"),
    "distance_km": lazy_gettext("Distance in km"),
    "sight_kind": lazy_gettext("Kind of sight"),
    "criteria": lazy_gettext("What it asks"),
    "scope": lazy_gettext("What it is for"),
    "issuer": lazy_gettext("Who certifies"),
    "legal_basis": lazy_gettext("Legal basis"),
    "event": lazy_gettext("What happened"),
    "date": lazy_gettext("When"),
    "position": lazy_gettext("Place on the page"),
    "first_day": lazy_gettext("First day"),
    "last_day": lazy_gettext("Last day"),
    "everywhere": lazy_gettext("Show it on the front page and on every village and route"),
    "villages": lazy_gettext("Show it on these villages"),
    "routes": lazy_gettext("Show it on these routes"),
}
YEARS = frozenset({"since", "recognised_year"})
MARKDOWN = lazy_gettext("An empty line makes a paragraph. ## heading, **bold**, - list, [words](address).")
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
    "hs_code": lazy_gettext(
        "A code such as 6214.10, or words such as tea or shawl; or leave it to the office."
    ),
    "website": lazy_gettext("The whole address, such as https://example.com."),
    "visit": lazy_gettext("Watch, try, taste; when, and whether to call before."),
    "opening_hours": lazy_gettext("As you would tell a guest: every day 8–17, closed at New Year."),
    "visiting": lazy_gettext("Call before, how long, what it costs, for how many people."),
    "packaging": lazy_gettext("What it comes in, and how it is packed for a journey."),
    "text": MARKDOWN,
    "criteria": MARKDOWN,
    "activities": lazy_gettext("One thing a line; the same line in both languages."),
    "date": lazy_gettext("As exactly as the source says: 2025, 2025-09 or 2025-09-05."),
    "sources": lazy_gettext("Where this is said: one address of the web a line."),
    "stops": lazy_gettext(
        "The numbers say the order. Type a name and choose. To take a stop out, empty its place and words."
    ),
    "position": lazy_gettext("Small numbers come first. What the page has of itself keeps its place."),
    "last_day": lazy_gettext("The notice is gone on the day after."),
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
    "not_a_link": lazy_gettext("Write whole addresses that begin with https://, one a line."),
    "not_a_day": lazy_gettext("This is no day. Compare it with the example: 2025-09-05."),
    "days_upside_down": lazy_gettext("The last day lies before the first one."),
    "shown_nowhere": lazy_gettext("Say where it is shown: everywhere, or on some villages or routes."),
    "lines_differ": lazy_gettext("Both languages need as many lines: each line is one thing."),
    "stop_nowhere": lazy_gettext("A stop has words but no place. Choose a place, or empty the stop."),
    "stop_twice": lazy_gettext("One place stands here twice."),
    "stop_unknown": lazy_gettext(
        "A place is not in the catalogue. Type its name and choose it from the list."
    ),
    "stop_minutes": lazy_gettext("Write the time at a stop in whole minutes, such as 45."),
    "or_on_request": lazy_gettext("Give a price, or say that it is on request; not both."),
}
# Where it is known how much a field takes.
LIMITS: dict[str, Words] = {
    "too_long": lazy_gettext("This is too long: at most %(most)s signs."),
    "too_many": lazy_gettext("These are too many words: at most %(most)s."),
    "out_of_bounds": lazy_gettext("This number cannot be right: it is more than 0 and at most %(most)s."),
}
TOO_MANY: dict[Shape, Words] = {
    Shape.PICTURES: lazy_gettext("These are too many photographs: at most %(most)s. Take some off."),
    Shape.LINKS: lazy_gettext("These are too many addresses: at most %(most)s."),
    Shape.STOPS: lazy_gettext("These are too many stops: at most %(most)s."),
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


OFFICE_STEPS: dict[str, Words] = {
    "story": lazy_gettext("Words"),
    "way": lazy_gettext("The way"),
    "facts": lazy_gettext("Facts"),
}
KINDS: dict[str, Words] = {
    "home": lazy_gettext("Front page"),
    "about": lazy_gettext("About this site"),
    "notice": lazy_gettext("Notices for travellers"),
    "village": lazy_gettext("Craft villages"),
    "route": lazy_gettext("Routes and stops"),
    "sight": lazy_gettext("Sights"),
    "scheme": lazy_gettext("Certification schemes"),
    "milestone": lazy_gettext("Steps of the flower centre"),
    "product": lazy_gettext("Products"),
    "producer": lazy_gettext("Makers"),
}


def options(field: Field) -> dict[str, str]:
    """What can be chosen in a field, by code."""
    choices = CHOICES.get(field.name)
    return choices(field) if choices else {}


def fault(code: str, field: Field | None = None, value: Any = None) -> str:
    """What is wrong, and what to do; of a known field how much it takes, of a known value how much it has."""
    if field is None or code not in LIMITS:
        return str(FAULTS[code])
    if field.name in YEARS:
        return str(FAULTS["not_a_year"])
    words = TOO_MANY.get(field.shape, LIMITS[code]) if code == "too_many" else LIMITS[code]
    told = str(words) % {"most": format_decimal(limit(field, code))}
    if code == "out_of_bounds" or field.shape is Shape.STOPS or value is None:
        return told
    return f"{told} " + gettext("Now it has %(num)s.", num=format_decimal(amount(value)))


def faults(found: Mapping[str, str], fields: Mapping[str, Field]) -> str:
    """What is wrong with which fields, in one line."""
    return "; ".join(f"{LABELS[name]}: {fault(code, fields.get(name))}" for name, code in found.items())


def said(field: Field, value: Any) -> list[tuple[str, str]]:
    """A value for reading: texts with the language each is in, which is empty for what has none."""
    if value in (None, "", [], {}):
        return []
    in_words = SAID.get(field.shape)
    return in_words(field, value) if in_words else [(typed(value, field.name), "")]


def _in_both(_field: Field, value: Any) -> list[tuple[str, str]]:
    return [(text, one) for one in ("vi", "en") if (text := value.get(one))]


def _keywords(_field: Field, value: Any) -> list[tuple[str, str]]:
    return [(", ".join(words), one) for one in ("vi", "en") if (words := value.get(one))]


def _codes(field: Field, value: Any) -> list[tuple[str, str]]:
    known = options(field)
    return [(", ".join(known.get(code, code) for code in value), "")]


def _pictures(_field: Field, value: Any) -> list[tuple[str, str]]:
    return [(ngettext("%(num)s photograph", "%(num)s photographs", len(value)), "")]


def stop_lines(stops: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The stops of a route for reading: a line each, and under it what is said of it."""
    names, lines = stop_names(), []
    for number, stop in enumerate(stops, start=1):
        name = names.get(stop["at"] or "", stop["at"] or "?")
        time = labels.duration(stop["minutes"]) if isinstance(stop["minutes"], int) else ""
        lines.append((f"{number}. {name}" + (f", {time}" if time else ""), ""))
        lines += [(text, one) for one in ("vi", "en") if (text := (stop["note"] or {}).get(one))]
    return lines


def stop_names() -> dict[str, str]:
    """By `<kind>:<code>`, everything that a route may stop at, by name."""
    kinds: dict[str, Sequence[Record]] = {
        "village": villages(current()),
        "sight": sights(current()),
        "producer": producers(current()),
    }
    return {f"{kind}:{one.code}": read(one.name) for kind, rows in kinds.items() for one in rows}


def typed(value: Any, name: str = "") -> str:
    """A value as it stands in its input: numbers as the language writes them, two ends with a dash. `name`:
    the field's; years have no thousands."""
    if isinstance(value, dict):
        ends = [_number(end) for end in (value["min"], value["max"]) if end is not None]
        return "–".join(dict.fromkeys(ends))
    if isinstance(value, int | float) and not isinstance(value, bool) and name not in YEARS:
        return _number(value)
    return str(value or "")


def _number(value: float) -> str:
    """As the language writes it; one nought more where three decimals would be read back as thousands."""
    written = format_decimal(value, "#,##0.######")
    return f"{written}0" if re.search(r"[.,]\d{3}$", format_decimal(value, "0.######")) else written


def price_question(low: float, high: float, currency: str) -> str:
    """Asked where a price is far from its neighbours'; it never stands in the way."""
    return gettext(
        "Is a 0 missing, or one too many? Similar products: %(low)s to %(high)s. If it is right, leave it.",
        low=money(low, currency),
        high=money(high, currency),
    )


def name_of(content: dict[str, Any]) -> str:
    """What a listing is called, in the reader's language where it can be."""
    return read(Bilingual.of(title_of(content))) or gettext("Without a name yet")


def _plain(words: Any) -> dict[str, str]:
    return {code: str(text) for code, text in words.items()}


def _categories() -> dict[str, str]:
    tree = category_tree()
    return {
        one.code: " › ".join(read(each.name) for each in reversed(tree.line(one))) for one in tree.categories
    }


def _names(records: Sequence[Any]) -> dict[str, str]:
    return {one.code: read(one.name) for one in records}


CHOICES: dict[str, Callable[[Field], dict[str, str]]] = {
    "category": lambda _: _categories(),
    "craft": lambda _: _categories(),
    "kind": lambda _: _plain(labels.PRODUCER_KINDS),
    "unit": lambda field: {code: str(labels.UNITS[code]) for code in field.choices},
    "currency": lambda _: _plain(CURRENCIES),
    "stock": lambda _: _plain(labels.STOCKS),
    "step_free": lambda _: _plain(YES_OR_NO),
    "languages_spoken": lambda _: _plain(labels.SPOKEN),
    "place": lambda _: _names(gazetteer(current()).places),
    "recognition": lambda _: _plain(labels.RECOGNITION),
    "sight_kind": lambda _: _plain(labels.SIGHTS),
    "mode": lambda _: _plain(labels.MODES),
    "villages": lambda _: _names(villages(current())),
    "routes": lambda _: _names(routes(current())),
}
SAID: dict[Shape, Callable[[Field, Any], list[tuple[str, str]]]] = {
    Shape.WORDS: _in_both,
    Shape.LINES: _in_both,
    Shape.MARKDOWN: _in_both,
    Shape.KEYWORDS: _keywords,
    Shape.CHOICE: lambda field, value: [(options(field).get(value, str(value)), "")],
    Shape.CODES: _codes,
    Shape.MONTHS: lambda _, value: [(seasons.words(value), "")],
    Shape.PICTURES: _pictures,
    Shape.LINKS: lambda _, value: [(link, "") for link in value],
    Shape.STOPS: lambda _, value: stop_lines(value),
    Shape.TICK: lambda _field, _value: [(gettext("Yes"), "")],
}

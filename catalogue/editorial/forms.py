"""Which fields each kind of listing has, in the order in which the editor asks for them."""

from __future__ import annotations

from catalogue.editorial.fields import LINK, Field, Shape
from catalogue.places.rules import SIGHT_KINDS, Recognition
from catalogue.producers.rules import ProducerKind

CURRENCIES = ("VND", "USD", "EUR", "JPY")
STOCKS = ("in_stock", "to_order", "sold_out")
UNITS = (
    *("bag", "bunch", "cutting", "jar", "kg", "m", "pair", "piece", "plant", "pot", "session", "set", "stem"),
)
YES_OR_NO = ("yes", "no")
# An HS code of 2022: heading, subheading, or a line of the Vietnamese tariff.
HS_CODE = r"\d{4}(?:\.\d{2}(?:\.\d{2}){0,2})?"

# The first is the cover.
PHOTOGRAPHS = Field("photographs", Shape.PICTURES, "photographs", 12)

PRODUCT = (
    PHOTOGRAPHS,
    Field("name", Shape.WORDS, "story", 120, needed=True),
    Field("category", Shape.CHOICE, "story", needed=True),
    Field("summary", Shape.WORDS, "story", 300, needed=True),
    Field("description", Shape.LINES, "story", 6000),
    Field("material", Shape.WORDS, "facts", 300),
    Field("technique", Shape.WORDS, "facts", 300),
    Field("length_cm", Shape.RANGE, "facts", 100_000),
    Field("width_cm", Shape.RANGE, "facts", 100_000),
    Field("height_cm", Shape.RANGE, "facts", 100_000),
    Field("weight_g", Shape.RANGE, "facts", 100_000_000),
    Field("shelf_life_days", Shape.NUMBER, "facts", 36_500),
    Field("packaging", Shape.WORDS, "facts", 300),
    Field("season_months", Shape.MONTHS, "facts"),
    Field("keywords", Shape.KEYWORDS, "facts", 20),
    Field("unit", Shape.CHOICE, "trade", choices=UNITS),
    Field("price", Shape.NUMBER, "trade", 10_000_000_000),
    Field("currency", Shape.CHOICE, "trade", choices=CURRENCIES),
    Field("price_on_request", Shape.TICK, "trade"),
    Field("stock", Shape.CHOICE, "trade", choices=STOCKS),
    Field("minimum_order", Shape.NUMBER, "trade", 10_000_000),
    Field("monthly_capacity", Shape.NUMBER, "trade", 100_000_000),
    Field("lead_time_days", Shape.NUMBER, "trade", 1_000),
    Field("hs_code", Shape.PLAIN, "trade", 13, pattern=HS_CODE),
    Field("visit", Shape.LINES, "trade", 1000),
)

PRODUCER = (
    PHOTOGRAPHS,
    Field("name", Shape.WORDS, "story", 160, needed=True),
    Field("kind", Shape.CHOICE, "story", choices=tuple(ProducerKind), needed=True),
    Field("summary", Shape.WORDS, "story", 300, needed=True),
    Field("story", Shape.LINES, "story", 6000),
    Field("products_summary", Shape.WORDS, "story", 500),
    Field("since", Shape.NUMBER, "facts", 2100),
    Field("website", Shape.PLAIN, "facts", 300, pattern=LINK.pattern),
    Field("languages_spoken", Shape.CODES, "facts"),
    Field("visitable", Shape.TICK, "trade"),
    Field("opening_hours", Shape.LINES, "trade", 600),
    Field("visiting", Shape.LINES, "trade", 1000),
    Field("way", Shape.LINES, "trade", 1000),
    Field("payment", Shape.WORDS, "trade", 300),
    Field("step_free", Shape.CHOICE, "trade", choices=YES_OR_NO),
)

# ---------------------------------------------------------------- the catalogue's own pages
RECOGNITIONS = tuple(Recognition)
PARTIAL_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
SUMMARY = Field("summary", Shape.WORDS, "story", 500, needed=True)
TEXT = Field("text", Shape.MARKDOWN, "story", 20_000)
PLACE = Field("place", Shape.CHOICE, "facts")
MONTHS = Field("months", Shape.MONTHS, "facts")
SOURCES = Field("sources", Shape.LINKS, "facts", 60)
TITLE = Field("title", Shape.WORDS, "story", 160, needed=True)

VILLAGE = (
    Field("name", Shape.WORDS, "story", 160, needed=True),
    SUMMARY,
    TEXT,
    Field("activities", Shape.LINES, "story", 3000),
    Field("visit_notes", Shape.LINES, "story", 1000),
    Field("craft", Shape.CHOICE, "facts", needed=True),
    PLACE,
    Field("ethnic_group", Shape.PLAIN, "facts", 120),
    Field("households", Shape.NUMBER, "facts", 100_000),
    MONTHS,
    Field("recognition", Shape.CHOICE, "facts", choices=RECOGNITIONS, needed=True),
    Field("recognised_year", Shape.NUMBER, "facts", 2100),
    Field("decision", Shape.PLAIN, "facts", 200),
    SOURCES,
)

ROUTE = (
    Field("name", Shape.WORDS, "story", 160, needed=True),
    Field("theme", Shape.WORDS, "story", 80),
    SUMMARY,
    TEXT,
    Field("stops", Shape.STOPS, "way", 40, needed=True),
    Field("days", Shape.NUMBER, "facts", 60, needed=True),
    Field("mode", Shape.CHOICE, "facts", choices=("motorbike", "car", "mixed"), needed=True),
    Field("distance_km", Shape.NUMBER, "facts", 3000),
    MONTHS,
    SOURCES,
)

SIGHT = (
    Field("name", Shape.WORDS, "story", 160, needed=True),
    SUMMARY,
    Field("sight_kind", Shape.CHOICE, "facts", choices=SIGHT_KINDS, needed=True),
    PLACE,
    SOURCES,
)

SCHEME = (
    Field("name", Shape.WORDS, "story", 200, needed=True),
    SUMMARY,
    Field("criteria", Shape.MARKDOWN, "story", 10_000),
    Field("scope", Shape.WORDS, "story", 800),
    Field("issuer", Shape.WORDS, "facts", 300),
    Field("legal_basis", Shape.WORDS, "facts", 400),
    Field("website", Shape.PLAIN, "facts", 300, pattern=LINK.pattern),
    SOURCES,
)

MILESTONE = (
    Field("event", Shape.WORDS, "story", 600, needed=True),
    Field("date", Shape.PLAIN, "facts", 10, pattern=PARTIAL_DATE, needed=True),
    SOURCES,
)

HOME = (
    TITLE,
    Field("text", Shape.MARKDOWN, "story", 3000),
    Field("position", Shape.NUMBER, "facts", 100),
)

ABOUT = (
    Field("name", Shape.WORDS, "story", 160, needed=True),
    Field("summary", Shape.WORDS, "story", 400),
    Field("text", Shape.MARKDOWN, "story", 40_000, needed=True),
)

NOTICE = (
    TITLE,
    Field("text", Shape.MARKDOWN, "story", 4000),
    Field("first_day", Shape.DATE, "facts", needed=True),
    Field("last_day", Shape.DATE, "facts", needed=True),
    Field("everywhere", Shape.TICK, "facts"),
    Field("villages", Shape.CODES, "facts"),
    Field("routes", Shape.CODES, "facts"),
    SOURCES,
)
OFFICE_STEPS = ("story", "way", "facts")

# The editor's steps: photographs, what is written, and the last one, which shows everything once more.
WRITING_STEPS = ("story", "facts", "trade")
STEPS = ("photographs", *WRITING_STEPS, "check")

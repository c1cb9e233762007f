"""How complete a listing is, and what helps it most next: the same for the producer and for staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from catalogue.editorial.fields import fault
from catalogue.editorial.listings import LISTINGS
from catalogue.editorial.rules import Content, is_something, texts_of


@dataclass(frozen=True)
class Advice:
    """One thing a complete listing has. `step`: where the editor asks for it; `weight`: of a hundred."""

    code: str
    step: str
    weight: int
    is_met: Callable[[Content], bool]


@dataclass(frozen=True)
class Completeness:
    """Percent, and what is missing, what helps most first."""

    percent: int
    missing: tuple[Advice, ...]

    @property
    def next(self) -> Advice | None:
        return self.missing[0] if self.missing else None


def _has(*names: str) -> Callable[[Content], bool]:
    return lambda content: any(is_something(content.get(name)) for name in names)


def _in(language: str, *names: str) -> Callable[[Content], bool]:
    return lambda content: all((content.get(name) or {}).get(language) for name in names)


ADVICE: dict[str, tuple[Advice, ...]] = {
    "product": (
        Advice("photograph", "photographs", 20, _has("photographs")),
        Advice("vietnamese", "story", 12, _in("vi", "name", "summary")),
        Advice("english", "story", 10, _in("en", "name", "summary")),
        Advice("price", "trade", 10, _has("price", "price_on_request")),
        Advice("story", "story", 8, _has("description")),
        Advice("category", "story", 5, _has("category")),
        Advice("material", "facts", 5, _has("material", "technique")),
        Advice("size", "facts", 6, _has("length_cm", "width_cm", "height_cm", "weight_g")),
        Advice("unit", "trade", 5, _has("unit")),
        Advice("stock", "trade", 4, _has("stock")),
        Advice("minimum_order", "trade", 4, _has("minimum_order")),
        Advice("capacity", "trade", 4, _has("monthly_capacity")),
        Advice("lead_time", "trade", 3, _has("lead_time_days")),
        Advice("season", "facts", 2, _has("season_months")),
        Advice("hs_code", "trade", 1, _has("hs_code")),
        Advice("keywords", "facts", 1, _has("keywords")),
    ),
    "producer": (
        Advice("photograph", "photographs", 20, _has("photographs")),
        Advice("vietnamese", "story", 15, _in("vi", "name", "summary")),
        Advice("english", "story", 15, _in("en", "name", "summary")),
        Advice("own_story", "story", 15, _has("story")),
        Advice("opening_hours", "trade", 10, _has("opening_hours")),
        Advice("way", "trade", 10, _has("way")),
        Advice("visiting", "trade", 10, _has("visiting")),
        Advice("languages", "facts", 5, _has("languages_spoken")),
    ),
}


def _all_in(language: str) -> Callable[[Content], bool]:
    return lambda content: all(texts.get(language) for texts in texts_of(content).values())


# Of the catalogue's own pages: what there is in one language is there in the other.
OFFICE_ADVICE = (
    Advice("vietnamese", "story", 50, _all_in("vi")),
    Advice("english", "story", 50, _all_in("en")),
)


def completeness(kind: str, content: Content) -> Completeness:
    """How complete a content is; what is not right as it is counts for nothing."""
    advice = ADVICE.get(kind, OFFICE_ADVICE)
    known = LISTINGS[kind].by_name
    sound = {
        name: value for name, value in content.items() if name not in known or not fault(known[name], value)
    }
    met = [one for one in advice if one.is_met(sound)]
    missing = sorted((one for one in advice if one not in met), key=lambda one: -one.weight)
    return Completeness(
        sum(one.weight for one in met) * 100 // sum(one.weight for one in advice), tuple(missing)
    )

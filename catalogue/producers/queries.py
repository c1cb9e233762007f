"""Reads about producers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalogue.accounts.models import User
from catalogue.archive import archived_too
from catalogue.database import db
from catalogue.flowers.models import FlowerVariety
from catalogue.kernel.actor import Actor
from catalogue.kernel.errors import NotFound
from catalogue.kernel.language import Bilingual, Language
from catalogue.places.models import CraftVillage, IndustrialZone, Place
from catalogue.places.queries import stands_in
from catalogue.producers.models import Membership, Producer
from catalogue.records import in_order_of
from catalogue.slugs import find_by_slug

WITH_PLACE = (
    joinedload(Producer.place),
    joinedload(Producer.village).joinedload(CraftVillage.place),
)

# Everything that is told of a producer by itself.
IN_FULL = (
    *WITH_PLACE,
    selectinload(Producer.markets),
    selectinload(Producer.flowers),
    selectinload(Producer.zones),
)


def producer_by_slug(slug: str, language: Language) -> Producer:
    """A producer with place, village, markets, flowers and zones; NotFound."""
    producer = find_by_slug(Producer, language, slug, *IN_FULL)
    if producer is None:
        raise NotFound("producer.unknown")
    return producer


def producers(language: Language) -> Sequence[Producer]:
    """All producers with place, village and markets, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer).options(*WITH_PLACE, selectinload(Producer.markets)).order_by(order)
    ).all()


def producer_names(language: Language) -> dict[str, Bilingual]:
    """The names of all producers by their codes, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    rows = db.session.execute(select(Producer.code, Producer.name).order_by(order))
    return {row[0]: row[1] for row in rows}


def producer_ids() -> Sequence[tuple[int, int | None]]:
    """The id of every producer with its village's, in one order whatever the language."""
    return db.session.execute(select(Producer.id, Producer.village_id).order_by(Producer.sort_vi)).all()


def producers_in(place: Place, language: Language) -> Sequence[Producer]:
    """The makers of a place, in the order of the language; one without a place counts under its village's."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    nowhere = Producer.place_id.is_(None) & Producer.former_district.is_(None)
    inside = stands_in(Producer, place) | (nowhere & Producer.village.has(stands_in(CraftVillage, place)))
    return db.session.scalars(select(Producer).where(inside).options(*WITH_PLACE).order_by(order)).all()


def producers_in_zone(zone_id: int, language: Language) -> Sequence[Producer]:
    """The makers that a source places in an industrial zone, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    inside = Producer.zones.any(IndustrialZone.id == zone_id)
    return db.session.scalars(select(Producer).where(inside).options(*WITH_PLACE).order_by(order)).all()


def growers(language: Language) -> Sequence[Producer]:
    """The producers that are known to grow a flower, with place, village and flowers, in order."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer)
        .where(Producer.flowers.any())
        .options(*WITH_PLACE, selectinload(Producer.flowers))
        .order_by(order)
    ).all()


def growers_of(flower_id: int, language: Language) -> Sequence[Producer]:
    """The producers that are known to grow this flower, with place and village, in order."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer)
        .where(Producer.flowers.any(FlowerVariety.id == flower_id))
        .options(*WITH_PLACE)
        .order_by(order)
    ).all()


def exporters_by_id(ids: Iterable[int]) -> list[Producer]:
    """Producers with place, village and markets, in the order of the ids."""
    return in_order_of(Producer, list(ids), *WITH_PLACE, selectinload(Producer.markets))


def producers_by_id(ids: Iterable[int]) -> list[Producer]:
    """Producers with place and village, in the order of the ids."""
    wanted = list(ids)
    rows = db.session.scalars(select(Producer).where(Producer.id.in_(wanted)).options(*WITH_PLACE))
    found = {producer.id: producer for producer in rows}
    return [found[key] for key in wanted if key in found]


def producers_of_villages(village_ids: Iterable[int]) -> dict[int, list[Producer]]:
    """The makers of each of these craft villages, by code."""
    rows = db.session.scalars(
        select(Producer).where(Producer.village_id.in_(set(village_ids))).order_by(Producer.code)
    )
    found: dict[int, list[Producer]] = defaultdict(list)
    for producer in rows:
        if producer.village_id:
            found[producer.village_id].append(producer)
    return found


def producers_of_village(village_id: int, language: Language) -> Sequence[Producer]:
    """The makers of a craft village, in the order of the language."""
    order = Producer.sort_vi if language is Language.VI else Producer.sort_en
    return db.session.scalars(
        select(Producer).where(Producer.village_id == village_id).options(*WITH_PLACE).order_by(order)
    ).all()


def producers_by_code(codes: Iterable[str]) -> Sequence[Producer]:
    """Producers with these codes, in alphabetical order."""
    return db.session.scalars(
        select(Producer).where(Producer.code.in_(set(codes))).order_by(Producer.sort_vi)
    ).all()


def actor_of(user: User) -> Actor:
    """A person with an account, and all that its rights depend on."""
    return Actor(user.id, user.name, user.role_codes, voices_of(user.id))


def voices_of(user_id: int) -> dict[str, str]:
    """For which producers a person speaks, and as what: voices by the producer's code.

    Those that are not in the catalogue yet, or not any more, as well: somebody has to write their pages.
    """
    spoken = (
        select(Producer.code, Membership.voice)
        .join(Membership, Membership.producer_id == Producer.id)
        .where(Membership.user_id == user_id)
        .order_by(Producer.sort_vi)
    )
    with archived_too():
        return {row.code: row.voice for row in db.session.execute(spoken)}


def memberships_of(user_ids: Iterable[int]) -> Sequence[Membership]:
    """For whom these people speak, with the producers, those included that left the catalogue."""
    with archived_too():
        return db.session.scalars(
            select(Membership)
            .where(Membership.user_id.in_(set(user_ids)))
            .options(joinedload(Membership.producer))
            .order_by(Membership.producer_id)
        ).all()


def people_of(producer_codes: Iterable[str]) -> dict[str, list[User]]:
    """Who speaks for each of these producers and can sign in; one for whom nobody does is left out."""
    spoken = (
        select(Producer.code, User)
        .join(Membership, Membership.producer_id == Producer.id)
        .join(User, User.id == Membership.user_id)
        .where(Producer.code.in_(set(producer_codes)), User.active)
        .order_by(User.id)
    )
    found: dict[str, list[User]] = defaultdict(list)
    with archived_too():
        for code, user in db.session.execute(spoken):
            found[code].append(user)
    return dict(found)

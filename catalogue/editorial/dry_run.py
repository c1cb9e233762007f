"""What a sheet of listings would change, row by row, before anything is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.editorial import cells, overview, rules
from catalogue.editorial.listings import LISTINGS, faults_of
from catalogue.editorial.overview import Standing
from catalogue.editorial.rows import CODE, PRODUCER, Row, Trouble
from catalogue.editorial.rules import Change
from catalogue.kernel import sheet_plan
from catalogue.kernel.actor import Actor
from catalogue.kernel.sheet_plan import Fate, digest_of
from catalogue.kernel.text import slug

# What is only missing can wait: a draft may have gaps.
CAN_WAIT = frozenset({"needed", "vietnamese_missing"})


@dataclass(frozen=True)
class Outcome:
    """What one row would do. `code`: of the listing that is there, or that a new one is given, if any;
    `content`: all that the listing says afterwards; `seen`: the version of the draft that it was compared
    with, 0 for none; `blanks`: how many cells are empty where the listing says something; `missing`: fields
    that it still lacks to be sent."""

    row: int
    fate: Fate
    code: str | None
    producer: str | None
    content: Mapping[str, Any]
    seen: int = 0
    changes: tuple[Change, ...] = ()
    faults: tuple[Trouble, ...] = ()
    notices: tuple[Trouble, ...] = ()
    missing: tuple[str, ...] = ()
    blanks: int = 0


Plan = sheet_plan.Plan[Outcome]


@dataclass
class _Aim:
    """Which listing a row means. `name`: what the code of a new one would be made of, where it gives none."""

    row: Row
    name: str
    code: str | None = None
    producer: str | None = None
    is_there: bool = False
    faults: list[Trouble] = field(default_factory=list)
    notices: list[Trouble] = field(default_factory=list)

    def wrong(self, column: str, code: str, **parameters: Any) -> None:
        self.faults.append(self._at(column, code, parameters))

    def note(self, column: str, code: str, **parameters: Any) -> None:
        self.notices.append(self._at(column, code, parameters))

    def _at(self, column: str, code: str, parameters: Mapping[str, Any]) -> Trouble:
        return Trouble(self.row.cells.get(column) or f"A{self.row.number}", code, parameters)


def plan(actor: Actor, kind: str, rows: Sequence[Row], *, emptying: bool = False) -> Plan:
    """Compare every row with the draft that is open, else with what is public; nothing is written.

    `emptying`: an empty cell takes out what the listing says; else it leaves it as it is.
    """
    owners = overview.owners(kind)
    own = {code: maker for code, maker in owners.items() if rules.may_write(actor, maker)}
    aims = [_aim(actor, row, owners, own) for row in rows]
    _refuse_twice(aims)
    standings = overview.standings(kind, [aim.code for aim in aims if aim.is_there and aim.code])
    outcomes = tuple(_outcome(kind, aim, standings, emptying=emptying) for aim in aims)
    return Plan(outcomes, _digest(outcomes))


def _aim(actor: Actor, row: Row, owners: Mapping[str, str], own: Mapping[str, str]) -> _Aim:
    aim = _Aim(row, "" if row.code else _name_slug(row))
    mine = list(actor.speaks_for)
    aim.producer = row.producer or (mine[0] if len(mine) == 1 else None)
    if row.producer and not rules.may_write(actor, row.producer):
        aim.wrong(PRODUCER, "producer_of_another", typed=row.producer)
        return aim
    if row.code in owners and row.code not in own:
        aim.wrong(CODE, "listing_of_another", typed=row.code)
        return aim
    found = _find(aim, own)
    if found is None:
        _begin_new(aim)
        return aim
    aim.code, aim.is_there = found, True
    if row.producer and row.producer != own[found]:
        aim.wrong(PRODUCER, "other_producer", owner=own[found])
    aim.producer = own[found]
    return aim


def _find(aim: _Aim, own: Mapping[str, str]) -> str | None:
    """The listing of a row: by its code, by the maker's own number, else by its name."""
    code, maker = aim.row.code, aim.producer
    if code is None:
        if aim.name in own and own[aim.name] == maker:
            aim.note("name", "taken_by_name", known=aim.name)
            return aim.name
        return None
    if code in own:
        return code
    for candidate in (slug(code), _own_number(maker, code)):
        if candidate in own:
            return candidate
    if code.isdecimal():
        alike = [one for one in own if one.isdecimal() and int(one) == int(code)]
        if len(alike) == 1:
            aim.note(CODE, "taken_for", typed=code, known=alike[0])
            return alike[0]
    return None


def _begin_new(aim: _Aim) -> None:
    if aim.producer is None:
        aim.wrong(PRODUCER, "producer_missing")
    if not rules.is_something(aim.row.content.get("name")):
        aim.wrong("name", "name_missing")
    if aim.row.code:
        aim.code = _own_number(aim.producer, aim.row.code)
        aim.note(CODE, "new_code", typed=aim.row.code)


def _own_number(maker: str | None, code: str) -> str:
    """A maker's own number as a code: of its own, so that two makers may both have a number 1."""
    return f"{maker}-{slug(code)}"


def _name_slug(row: Row) -> str:
    name = row.content.get("name") or {}
    return slug(name.get("vi") or name.get("en") or "")


def _refuse_twice(aims: Iterable[_Aim]) -> None:
    """Two rows for one listing: nobody knows which one counts."""
    seen: dict[str, int] = {}
    for aim in aims:
        key = aim.code or f"{aim.producer} {aim.name or aim.row.number}"
        if key in seen:
            aim.wrong(CODE if aim.row.code else "name", "twice", row=seen[key])
        seen.setdefault(key, aim.row.number)


def _outcome(kind: str, aim: _Aim, standings: Mapping[str, Standing], *, emptying: bool) -> Outcome:
    row, current = aim.row, _current(aim, standings)
    troubles = [one for one in row.troubles if not _stands_so(one, current)]
    if aim.faults or current is None:
        faults = (*aim.faults, *troubles)
        return Outcome(row.number, Fate.WRONG, aim.code, aim.producer, {}, faults=faults)
    given = row.content if emptying else _filled(row.content)
    wanted = LISTINGS[kind].tidy({**current, **_merged(current, given)})
    changes = rules.diff(current, wanted)
    if changes and aim.is_there and _is_at_the_office(standings[aim.code or ""]):
        aim.wrong(CODE, "at_the_office")
        troubles += aim.faults
    found = faults_of(kind, aim.code or "", wanted) if changes else {}
    changed = {change.field for change in changes}
    troubles += [
        Trouble(row.cells.get(name, f"A{row.number}"), fault, {"column": name})
        for name, fault in found.items()
        if name in changed and fault not in CAN_WAIT
    ]
    fate = Fate.CHANGED if changes else Fate.SAME
    if troubles:
        fate = Fate.WRONG
    elif not aim.is_there:
        fate = Fate.NEW
    return Outcome(
        row.number,
        fate,
        aim.code,
        aim.producer,
        wanted,
        standings[aim.code].version if aim.is_there and aim.code else 0,
        tuple(changes),
        tuple(troubles),
        tuple(aim.notices),
        tuple(name for name, fault in found.items() if fault in CAN_WAIT),
        _blanks(current, row.content),
    )


def _current(aim: _Aim, standings: Mapping[str, Standing]) -> Mapping[str, Any] | None:
    """What a listing says now; None, with a fault, where it says nothing any more."""
    if not aim.is_there or aim.code is None:
        return {}
    at = standings[aim.code]
    if at.content is None:
        aim.wrong(CODE, "left_the_catalogue")
        return None
    return at.content


def _is_at_the_office(at: Standing) -> bool:
    return at.open is not None and at.open.state not in rules.EDITABLE


def _stands_so(trouble: Trouble, current: Mapping[str, Any] | None) -> bool:
    """Whether what cannot be read is what the draft holds already, as somebody typed it there."""
    column = trouble.parameters["column"]
    return current is not None and trouble.parameters["typed"] == current.get(column)


def _merged(current: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """A sheet with one language of a text leaves the other as it is, and a number that the draft has as it
    was typed stays so."""
    return {name: _merged_value(current.get(name), value) for name, value in given.items()}


def _merged_value(known: Any, value: Any) -> Any:
    if _is_text(value):
        return {**(known or {}), **value}
    if isinstance(value, int | float) and cells.plain_number(value) == known:
        return known
    return value


def _blanks(current: Mapping[str, Any], given: Mapping[str, Any]) -> int:
    found = 0
    for name, value in given.items():
        known = current.get(name)
        if _is_text(value):
            found += sum(1 for one, part in value.items() if not part and (known or {}).get(one))
        elif not rules.is_something(value) and rules.is_something(known):
            found += 1
    return found


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Only what a row says; of a text only the languages in which it says anything."""
    said = {
        name: {one: part for one, part in value.items() if part} if _is_text(value) else value
        for name, value in given.items()
    }
    return {name: value for name, value in said.items() if rules.is_something(value)}


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and "min" not in value


def _digest(outcomes: Sequence[Outcome]) -> str:
    said = [
        [one.row, one.fate, one.code, one.producer, one.seen]
        + [[change.field, change.before, change.after] for change in one.changes]
        for one in outcomes
    ]
    return digest_of(said)

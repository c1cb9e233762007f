"""The way between the stops of a route: along the roads we know, straight where we know none."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path

from catalogue.kernel.geo import Point

GRAPH = Path(__file__).parents[1] / "seeds" / "geo" / "road-graph.json"

# A stop nearer to a road than this stands on it: less than its own point is off.
BESIDE_KM = 0.15
# Travel on foot, by train and by taxi keeps to the roads of cars.
SPEEDS = {"motorbike": "motorbike", "car": "car", "mixed": "car"}
# In degrees; enough for a province: what is measured here is only compared, never told.
KM_A_DEGREE = 111.2
SHRINK = cos(radians(11.8))

Position = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Stretch:
    """A line of the way; `by_road`: drawn along a known road, else straight."""

    line: tuple[Position, ...]
    by_road: bool


@dataclass(frozen=True)
class Halt:
    """Where a stop is. `sure`: a point of its own, not the centre of a commune or district."""

    point: Point
    sure: bool


@dataclass(frozen=True)
class _Road:
    """One edge of the graph, drawn from `start` to `end`."""

    start: str
    end: str
    line: tuple[Position, ...]
    minutes: dict[str, float | None]
    is_expressway: bool


@dataclass(frozen=True)
class _Foot:
    """The place on a road nearest to a stop: behind vertex `after`, at this share of its length."""

    road: int
    after: int
    at: Position
    share: float
    km: float


@lru_cache(maxsize=128)
def way(halts: tuple[Halt, ...], mode: str) -> tuple[Stretch, ...]:
    """The stretches from the first stop to the last, in order; `mode` as in TourRoute."""
    found: list[Stretch] = []
    for here, there in pairwise(halts):
        if here.point != there.point:
            found += _leg(here, there, SPEEDS[mode])
    return tuple(found)


def _leg(here: Halt, there: Halt, vehicle: str) -> list[Stretch]:
    start, end = _position(here.point), _position(there.point)
    straight = [Stretch((start, end), by_road=False)]
    if not (here.sure and there.sure):
        return straight
    a, b = _foot(start), _foot(end)
    if a.km + b.km > _km(start, end):
        return straight
    line = _along(a, b, vehicle)
    return [
        *([Stretch((start, a.at), by_road=False)] if a.km > BESIDE_KM else []),
        *([Stretch(line, by_road=True)] if len(line) > 1 else []),
        *([Stretch((b.at, end), by_road=False)] if b.km > BESIDE_KM else []),
    ]


@cache
def _roads() -> tuple[_Road, ...]:
    graph = json.loads(GRAPH.read_text(encoding="utf-8"))
    return tuple(
        _Road(
            start=edge["from"],
            end=edge["to"],
            line=tuple((lon, lat) for lon, lat in edge["geometry"]),
            minutes=edge["minutes"],
            is_expressway=edge["road_class"] == "expressway",
        )
        for edge in graph["edges"]
    )


@lru_cache(maxsize=512)
def _foot(stop: Position) -> _Foot:
    """Nobody joins an expressway in mid-course, so these are left out."""
    feet = (_nearest(stop, number, road) for number, road in enumerate(_roads()) if not road.is_expressway)
    return min(feet, key=lambda foot: foot.km)


def _nearest(stop: Position, number: int, road: _Road) -> _Foot:
    done, best = 0.0, _Foot(number, 0, road.line[0], 0.0, _km(stop, road.line[0]))
    for after, (a, b) in enumerate(pairwise(road.line)):
        length = _km(a, b)
        part = _part(stop, a, b)
        at = (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]))
        if (km := _km(stop, at)) < best.km:
            best = _Foot(number, after, at, done + part * length, km)
        done += length
    return _Foot(best.road, best.after, best.at, best.share / done, best.km)


def _along(a: _Foot, b: _Foot, vehicle: str) -> tuple[Position, ...]:
    """The quickest line from one foot to the other."""
    roads = _roads()
    if a.road == b.road:
        return _cut(roads[a.road].line, a, b)
    first, last = roads[a.road], roads[b.road]
    before = {first.start: a.share, first.end: 1 - a.share}
    behind = {last.start: b.share, last.end: 1 - b.share}
    reached = _quickest({name: part * _minutes(first, vehicle) for name, part in before.items()}, vehicle)
    goal = min(behind, key=lambda name: reached[name][0] + behind[name] * _minutes(last, vehicle))
    lines: list[Sequence[Position]] = []
    node = goal
    while (came := reached[node][1]) is not None:
        road = roads[came]
        lines.append(road.line if road.end == node else road.line[::-1])
        node = road.start if road.end == node else road.end
    lines.append(_to_end(first.line, a, forwards=node == first.end))
    lines.reverse()
    lines.append(_to_end(last.line, b, forwards=goal == last.end)[::-1])
    return _joined(lines)


def _quickest(start: dict[str, float], vehicle: str) -> dict[str, tuple[float, int | None]]:
    """Minutes to every node and the road by which it is reached, None at the start (Dijkstra)."""
    reached: dict[str, tuple[float, int | None]] = {}
    waiting: list[tuple[float, str, int]] = [(minutes, node, -1) for node, minutes in start.items()]
    heapq.heapify(waiting)
    while waiting:
        minutes, node, came = heapq.heappop(waiting)
        if node in reached:
            continue
        reached[node] = minutes, came if came >= 0 else None
        for number, neighbour, more in _ways_from(vehicle).get(node, ()):
            if neighbour not in reached:
                heapq.heappush(waiting, (minutes + more, neighbour, number))
    return reached


@cache
def _ways_from(vehicle: str) -> dict[str, list[tuple[int, str, float]]]:
    """The roads that leave each node: number, the node they lead to, minutes."""
    ways: dict[str, list[tuple[int, str, float]]] = {}
    for number, road in enumerate(_roads()):
        minutes = road.minutes[vehicle]
        if minutes is not None:
            ways.setdefault(road.start, []).append((number, road.end, minutes))
            ways.setdefault(road.end, []).append((number, road.start, minutes))
    return ways


def _minutes(road: _Road, vehicle: str) -> float:
    minutes = road.minutes[vehicle]
    assert minutes is not None, "only expressways are closed to a vehicle, and no stop stands on one"
    return minutes


def _cut(line: Sequence[Position], a: _Foot, b: _Foot) -> tuple[Position, ...]:
    if a.share > b.share:
        return _cut(line, b, a)[::-1]
    return _joined([[a.at, *line[a.after + 1 : b.after + 1], b.at]])


def _to_end(line: Sequence[Position], foot: _Foot, *, forwards: bool) -> Sequence[Position]:
    if forwards:
        return [foot.at, *line[foot.after + 1 :]]
    return [foot.at, *line[foot.after :: -1]]


def _joined(lines: Iterable[Sequence[Position]]) -> tuple[Position, ...]:
    """One line with five decimals (a metre), no position twice in a row."""
    found: list[Position] = []
    for lon, lat in (position for line in lines for position in line):
        here = round(lon, 5), round(lat, 5)
        if not found or found[-1] != here:
            found.append(here)
    return tuple(found)


def _part(stop: Position, a: Position, b: Position) -> float:
    """Where on the line from a to b a stop is nearest: 0 at a, 1 at b."""
    x, y = (b[0] - a[0]) * SHRINK, b[1] - a[1]
    square = x * x + y * y
    if square == 0:
        return 0.0
    return min(1.0, max(0.0, ((stop[0] - a[0]) * SHRINK * x + (stop[1] - a[1]) * y) / square))


def _km(a: Position, b: Position) -> float:
    return KM_A_DEGREE * hypot((a[0] - b[0]) * SHRINK, a[1] - b[1])


def _position(point: Point) -> Position:
    return point.lon, point.lat

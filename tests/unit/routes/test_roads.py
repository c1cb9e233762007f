"""The way between stops: along known roads, straight and marked so where none is known."""

from __future__ import annotations

from itertools import pairwise

import pytest

from catalogue.kernel.geo import Point, distance_km
from catalogue.routes.roads import Halt, Position, Stretch, way

DA_LAT = Point(11.9404, 108.4583)
BAO_LOC = Point(11.5480, 107.8070)
LIEN_NGHIA = Point(11.7340, 108.3730)
FAR_FROM_ROADS = Point(12.2500, 108.2000)
BESIDE_IT = Point(12.2520, 108.2010)


def go(*points: Point, mode: str = "car", sure: bool = True) -> tuple[Stretch, ...]:
    return way(tuple(Halt(point, sure) for point in points), mode)


def length_km(line: tuple[Position, ...]) -> float:
    return sum(distance_km(Point(a[1], a[0]), Point(b[1], b[0])) for a, b in pairwise(line))


def by_road_km(stretches: tuple[Stretch, ...]) -> float:
    return sum(length_km(stretch.line) for stretch in stretches if stretch.by_road)


def test_the_way_to_bao_loc_is_as_long_as_its_road() -> None:
    # Published: 120 km; the graph's own total: 113.9 km, drawn in simpler lines (geo/README.md).
    assert 85 < by_road_km(go(DA_LAT, BAO_LOC)) < 120


@pytest.mark.parametrize("mode", ["car", "motorbike", "mixed"])
def test_stretches_join_end_to_end_from_the_first_stop_to_the_last(mode: str) -> None:
    stretches = go(DA_LAT, LIEN_NGHIA, BAO_LOC, mode=mode)

    for before, after in pairwise(stretches):
        assert before.line[-1] == pytest.approx(after.line[0], abs=1e-5)
    assert stretches[0].line[0] == pytest.approx((DA_LAT.lon, DA_LAT.lat), abs=0.003)
    assert stretches[-1].line[-1] == pytest.approx((BAO_LOC.lon, BAO_LOC.lat), abs=0.003)


def test_the_way_back_is_the_way_there() -> None:
    there, back = go(DA_LAT, BAO_LOC), go(BAO_LOC, DA_LAT)

    assert by_road_km(there) == pytest.approx(by_road_km(back), rel=1e-6)


def test_positions_are_longitude_before_latitude() -> None:
    for stretch in go(DA_LAT, BAO_LOC):
        assert all(107 < lon < 110 and 10 < lat < 13 for lon, lat in stretch.line)


def test_two_stops_on_one_road_are_joined_by_that_piece_of_it() -> None:
    (near,) = [stretch for stretch in go(DA_LAT, Point(11.9410, 108.4600)) if stretch.by_road]

    assert length_km(near.line) < 1


def test_motorbikes_stay_off_the_expressway() -> None:
    south_end = Point(11.7480, 108.4100)

    assert by_road_km(go(DA_LAT, south_end, mode="motorbike")) != by_road_km(
        go(DA_LAT, south_end, mode="car")
    )


def test_where_no_road_is_known_the_line_is_straight() -> None:
    (only,) = go(FAR_FROM_ROADS, BESIDE_IT)

    assert not only.by_road
    assert len(only.line) == 2


def test_a_stop_known_only_by_its_district_is_reached_by_a_straight_line() -> None:
    assert [stretch.by_road for stretch in go(DA_LAT, BAO_LOC, sure=False)] == [False]


def test_two_stops_at_one_point_need_no_way() -> None:
    assert go(DA_LAT, DA_LAT) == ()

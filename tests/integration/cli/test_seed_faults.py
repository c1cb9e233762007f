"""A wrong seed file is told by file, record and field, all at once and before anything is written."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalogue.cli.seed import SEEDS
from catalogue.cli.seeding import joins
from catalogue.cli.seeding.faults import Fault
from catalogue.cli.seeding.reading import Entry, Seeds, read
from tests.workshop import Raw, SeedFiles, Workshop

CRAFT, FOOD = "products-craft.json", "products-processed.json"
WEAVERS, SCHEMES = "producers-craft.json", "certification_schemes.json"
CLOTH, CHAYOTE = "tam-ui-bno-c", "su-su-cong-thanh"
Case = tuple[str, str, Callable[[Any], object], str, str]
A_PAGE = "http://baolamdong.vn/dulich/202004/doc-dao-buon-van-hoa-bno-c-2997647/"


def claim(scheme: str, **values: Any) -> list[Raw]:
    nothing: Raw = {"level": None, "number": None, "issued": None, "expires": None, "source": A_PAGE}
    return [{"scheme": scheme} | nothing | values]


def faults_in(folder: Path) -> list[Fault]:
    seeds, faults = read(folder)
    return faults + (joins.check(seeds) if seeds.whole else [])


def named(case: Case) -> str:
    return f"{case[0]} {case[3]}"


def setting(**values: Any) -> Callable[[Raw], None]:
    return lambda record: record.update(values)


def within(name: str, **values: Any) -> Callable[[Raw], None]:
    return lambda record: record[name].update(values)


def without(name: str) -> Callable[[Raw], None]:
    return lambda record: record.pop(name)


SHAPES: list[Case] = [
    (CRAFT, CLOTH, without("unit"), "unit", "is missing"),
    (CRAFT, CLOTH, setting(colour="red"), "colour", "is not a known field"),
    (CRAFT, CLOTH, setting(producer=None), "producer", "may not be empty"),
    (CRAFT, CLOTH, setting(producer=7), "producer", "must be a key"),
    (CRAFT, CLOTH, setting(unit="barrel"), "unit", "is not one of: bag, bunch"),
    (CRAFT, CLOTH, setting(hs_code="52.12"), "hs_code", "must be an HS code"),
    (CRAFT, CLOTH, setting(season_months=[11, 12, 13]), "season_months[2]", "must be a month from 1 to 12"),
    (CRAFT, CLOTH, setting(season_months=[True]), "season_months[0]", "must be a number"),
    (CRAFT, CLOTH, setting(season_months=[1, 1]), "season_months", "repeats a value"),
    (CRAFT, CLOTH, setting(export_markets=["XX"]), "export_markets[0]", "is not a country code"),
    (CRAFT, CLOTH, setting(sources=["example.vn/a"]), "sources[0]", "must be a web address"),
    (CRAFT, CLOTH, setting(sources=[]), "sources", "needs at least 1"),
    (CRAFT, CLOTH, setting(sources=A_PAGE), "sources", "must be a list"),
    (CRAFT, CLOTH, setting(name={"vi": "Tấm ùi", "en": ""}), "name.en", "is an empty text"),
    (CRAFT, CLOTH, setting(name={"vi": "Tấm ùi"}), "name.en", "is missing"),
    (CRAFT, CLOTH, setting(name={"vi": "Tấm ùi", "en": None}), "name.en", "may not be empty"),
    (CRAFT, CLOTH, setting(name="Tấm ùi"), "name", "must be an object"),
    (CRAFT, CLOTH, setting(name={"vi": "Ta\u0301m", "en": "x"}), "name.vi", "NFC"),
    (CRAFT, CLOTH, setting(keywords={"vi": [], "en": ["cloth"]}), "keywords.vi", "needs at least 1"),
    (CRAFT, CLOTH, within("specs", smell="sweet"), "specs.smell", "is not a known field"),
    (CRAFT, CLOTH, within("specs", length_m="2"), "specs.length_m", "must be a number"),
    (CRAFT, CLOTH, within("specs", length_m=float("nan")), "specs.length_m", "must be a number"),
    (CRAFT, CLOTH, within("specs", ocop_round="2020"), "specs.ocop_round", "must be an OCOP round"),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("ocop", issued="2022-13")),
        "certifications[0].issued",
        "must be a date",
    ),
    (CRAFT, CLOTH, within("specs", marketplace="a\0b"), "specs.marketplace", "holds a control character"),
    (CRAFT, CLOTH, within("specs", bunch_size=10**400), "specs.bunch_size", "2147483647 at most"),
    (WEAVERS, "nhom-det-bno-c", setting(kind="shop"), "kind", "is not one of: artisan-group"),
    (WEAVERS, "nhom-det-bno-c", setting(visitable=False), "visitable", "is not one of: True"),
    (WEAVERS, "nhom-det-bno-c", setting(since=20), "since", "must be a year"),
    (WEAVERS, "nhom-det-bno-c", within("place", street="1"), "place.street", "is not a known field"),
    ("villages.json", "cau-dat", setting(households=0), "households", "must be 1 or more"),
    ("villages.json", "cau-dat", setting(recognition_status="famous"), "recognition_status", "is not one of"),
    ("routes.json", "da-lat-lang-biang", setting(days=1.5), "days", "must be a whole number"),
    ("flowers.json", "cuc-calimero", setting(vbn_group="Chrysant"), "vbn_group", "is not one of: None"),
    (SCHEMES, "ocop", setting(granted_to="anyone"), "granted_to", "is not one of: person"),
    ("categories.json", "tea", setting(hs_codes=["9"]), "hs_codes[0]", "must be an HS code"),
]
JOINS: list[Case] = [
    (CRAFT, CLOTH, setting(producer="nobody"), "producer", "there is no producer “nobody”"),
    (CRAFT, CLOTH, setting(category="cloth"), "category", "there is no category “cloth”"),
    (CRAFT, CLOTH, setting(flower="rose"), "flower", "there is no flower “rose”"),
    (CRAFT, CLOTH, setting(village="cau-dat"), "village", "must be its producer's village: buon-bno-c"),
    (
        CRAFT,
        CLOTH,
        setting(export_markets=["JP"]),
        "export_markets",
        "JP is not among the markets of nhom-det-bno-c",
    ),
    (CRAFT, CLOTH, setting(hs_code="0901"), "hs_code", "not below a heading of category “brocade”"),
    (
        CRAFT,
        CLOTH,
        within("specs", length_cm={"min": 2, "max": 1}),
        "specs.length_cm",
        "min is greater than max",
    ),
    (CRAFT, CLOTH, within("specs", contains_alcohol=True), "specs.contains_alcohol", "absent elsewhere"),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("iso-9")),
        "certifications[0].scheme",
        "there is no certification scheme",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("ocop", level="6")),
        "certifications[0].level",
        "“6” is not a level of ocop",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("ocop") + claim("ocop", level="3")),
        "certifications[1].scheme",
        "claimed twice",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("ocop", source="https://example.vn/a")),
        "certifications[0].source",
        "not among the record's sources",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("ocop", issued="2022", expires="2021-12")),
        "certifications[0].expires",
        "is before issued",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("vietgap")),
        "certifications[0]",
        "outside the scope of vietgap",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("lang-nghe")),
        "certifications[0]",
        "is granted to a village",
    ),
    (
        CRAFT,
        CLOTH,
        setting(certifications=claim("da-lat-ket-tinh")),
        "certifications[0]",
        "the Đà Lạt mark never covers “brocade”",
    ),
    (
        FOOD,
        "vang-phuc-bon-tu-do",
        setting(certifications=claim("haccp")),
        "certifications[0]",
        "langbiang-f does not claim it",
    ),
    (
        FOOD,
        "rau-baby-organik",
        setting(certifications=claim("organic", level="EU")),
        "certifications[0].level",
        "does not agree with the claim of organik-da-lat: null",
    ),
    (
        WEAVERS,
        "nhom-det-bno-c",
        setting(certifications=claim("ocop")),
        "certifications[0]",
        "is granted to a product",
    ),
    (
        WEAVERS,
        "nhom-det-bno-c",
        setting(certifications=claim("cm-to-lua-bao-loc")),
        "certifications[0]",
        "outside the area of cm-to-lua-bao-loc",
    ),
    (WEAVERS, "nhom-det-bno-c", setting(village="nowhere"), "village", "there is no craft village “nowhere”"),
    (WEAVERS, "nhom-det-bno-c", setting(flowers=["rose"]), "flowers", "there is no flower “rose”"),
    (WEAVERS, "nhom-det-bno-c", setting(lat=None), "lat", "known together or null together"),
    (WEAVERS, "nhom-det-bno-c", setting(lat=21.0), "lat", "outside the province"),
    (WEAVERS, "nhom-det-bno-c", setting(lat=11.0), "lat", "more than 30 km from the centre"),
    (WEAVERS, "nhom-det-bno-c", within("place", slug="ha-noi"), "place.slug", "there is no place “ha-noi”"),
    (
        WEAVERS,
        "nhom-det-bno-c",
        within("place", current=None),
        "place.current",
        "must be the Vietnamese name",
    ),
    (
        WEAVERS,
        "nhom-det-bno-c",
        within("place", former_commune="Xã Lạ"),
        "place.former_commune",
        "not a former unit",
    ),
    (
        WEAVERS,
        "nhom-det-bno-c",
        within("place", former_district="Di Linh"),
        "place.former_district",
        "not a former district",
    ),
    (
        SCHEMES,
        "da-lat-ket-tinh",
        setting(applies_to=["silk-textile"]),
        "applies_to",
        "would let the Đà Lạt mark cover",
    ),
    (SCHEMES, "ocop", setting(applies_to=["everything"]), "applies_to", "there is no category “everything”"),
    (SCHEMES, "ocop", setting(areas=["ha-noi"]), "areas", "there is no place “ha-noi”"),
    ("categories.json", "tea-oolong", setting(parent="herbs"), "parent", "there is no category “herbs”"),
    ("categories.json", "tea-oolong", setting(parent="tea-black"), "parent", "the tree has two levels"),
    ("villages.json", "cau-dat", setting(craft="singing"), "craft", "there is no category “singing”"),
    (
        "villages.json",
        "cau-dat",
        setting(recognition_status="listed", recognised_year=2010),
        "recognised_year",
        "is given although",
    ),
    ("routes.json", "da-lat-lang-biang", setting(distance_km=0), "distance_km", "must be more than 0"),
    (
        "routes.json",
        "da-lat-lang-biang",
        lambda route: route["stops"][0].update(slug="nowhere"),
        "stops[0].slug",
        "there is no poi “nowhere”",
    ),
    (
        "routes.json",
        "da-lat-lang-biang",
        lambda route: route["stops"].append(route["stops"][0] | {"minutes": 5}),
        "stops[7].slug",
        "already stops at",
    ),
    ("flowers.json", "cuc-calimero", setting(category="tea"), "category", "“tea” is not below “flowers”"),
    (
        "flowers.json",
        "cuc-calimero",
        setting(vase_life_days={"min": 9, "max": 1}),
        "vase_life_days",
        "min is greater than max",
    ),
    (
        "flowers.json",
        "cuc-calimero",
        lambda flower: flower["growing_areas"][0].update(place="ha-noi"),
        "growing_areas[0].place",
        "there is no place “ha-noi”",
    ),
    (
        "places.json",
        "phuong-blao",
        setting(current_slugs=["phuong-1-bao-loc"]),
        "current_slugs",
        "must name itself alone",
    ),
    (
        "places.json",
        "phuong-blao",
        setting(current_name="Phường Khác"),
        "current_name",
        "does not agree with current_slugs",
    ),
    (
        "places.json",
        "phuong-blao",
        setting(former_units=[]),
        "former.commune",
        "does not agree with former_units",
    ),
]
DOCUMENTS: list[Case] = [
    (
        "industrial-zones.json",
        "kcn-loc-son",
        lambda d: d["zones"][0].update(producers=["nobody"]),
        "producers",
        "there is no producer",
    ),
    (
        "industrial-zones.json",
        "kcn-loc-son",
        lambda d: d["zones"][0].update(kind="shop"),
        "kind",
        "is not one of",
    ),
    (
        "industrial-zones.json",
        "kcn-loc-son",
        lambda d: d["zones"][0]["place"].update(current="Xã Lạ"),
        "place.current",
        "there is no place named",
    ),
    (
        "industrial-zones.json",
        "-",
        lambda d: d["history"][0].update(source="here"),
        "history",
        "[0].source: must be a web address",
    ),
    ("flower-centre.json", "-", lambda d: d.update(opened="2026"), "opened", "is not one of: None"),
    (
        "flower-centre.json",
        "-",
        lambda d: d.update(status_code="open"),
        "status_code",
        "is not one of: planned",
    ),
    (
        "flower-centre.json",
        "trung-tam-giao-dich-hoa-da-lat",
        lambda d: d["functions"][1].update(code="collection"),
        "functions[1].code",
        "is already used",
    ),
    (
        "flower-standards.json",
        "-",
        lambda d: d["hs_codes"][0].update(code="6"),
        "hs_codes[0].code",
        "must be an HS code",
    ),
    (
        "resolution.json",
        "nghi-quyet-13-cong-nghiep-tieu-thu-cong-nghiep",
        lambda d: d["targets"][0].update(min=20),
        "targets[0]",
        "min is greater than max",
    ),
    (
        "resolution.json",
        "nghi-quyet-13-cong-nghiep-tieu-thu-cong-nghiep",
        lambda d: d["outcomes"][0].update(related_target="x"),
        "outcomes[0].related_target",
        "there is no target",
    ),
    (
        "trade-promotion.json",
        "-",
        lambda d: d["body"]["name"].update(en=""),
        "body.name.en",
        "is an empty text",
    ),
]


@pytest.fixture
def files(seeds: Path) -> SeedFiles:
    """The real seed files, to be spoilt."""
    return SeedFiles(seeds)


@pytest.fixture(scope="module")
def sound() -> Seeds:
    """The real seeds, read once."""
    seeds, faults = read(SEEDS)
    assert faults == []
    return seeds


def test_the_real_seeds_are_sound(sound: Seeds) -> None:
    assert joins.check(sound) == []


@pytest.mark.parametrize("case", SHAPES, ids=named)
def test_a_value_of_a_wrong_shape_is_named(tmp_path: Path, case: Case) -> None:
    file, code, spoil, field, problem = case
    record = SeedFiles(SEEDS).record(file, code)
    spoil(record)
    (tmp_path / file).write_text(json.dumps([record]), "utf-8")
    _, faults = read(tmp_path)
    assert is_told(faults, file, code, field, problem)


@pytest.mark.parametrize("case", JOINS, ids=named)
def test_a_value_that_does_not_fit_the_other_records_is_named(sound: Seeds, case: Case) -> None:
    file, code, spoil, field, problem = case
    assert is_told(joins.check(spoilt(sound, file, code, spoil)), file, code, field, problem)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (kind, number)
        for kind in ("place", "craft_village", "producer", "point_of_interest")
        for number in (0, -1)
    ],
)
def test_a_point_written_the_wrong_way_round_is_said_to_be_so(sound: Seeds, kind: str, number: int) -> None:
    """field-s15: the numbers look alike, and one format writes longitude first."""
    placed = [entry for entry in sound.entries[kind] if entry.raw["lat"] is not None]
    one = placed[number]
    turned = setting(lat=one.raw["lon"], lon=one.raw["lat"])
    faults = joins.check(spoilt(sound, one.file, one.code, turned))
    assert is_told(faults, one.file, one.code, "lat", "look exchanged")


@pytest.mark.parametrize("case", DOCUMENTS, ids=named)
def test_a_wrong_value_of_a_document_is_named(files: SeedFiles, case: Case) -> None:
    file, record, spoil, field, problem = case
    files.change(file, spoil)
    assert is_told(faults_in(files.seeds), file, record, field, problem)


def spoilt(seeds: Seeds, file: str, code: str, spoil: Callable[[Raw], object]) -> Seeds:
    """The seeds with one record changed."""

    def changed(entry: Entry) -> Entry:
        if (entry.file, entry.code) != (file, code):
            return entry
        raw = copy.deepcopy(entry.raw)
        spoil(raw)
        return Entry(entry.file, entry.code, raw)

    entries = {kind: [changed(entry) for entry in listed] for kind, listed in seeds.entries.items()}
    return Seeds(entries, seeds.documents)


def is_told(faults: list[Fault], file: str, record: str, field: str, problem: str) -> bool:
    told = [fault for fault in faults if (fault.file, fault.record, fault.field) == (file, record, field)]
    assert told, faults
    return any(problem in fault.problem for fault in told)


def test_one_wrong_value_is_one_fault(files: SeedFiles) -> None:
    files.change_record(CRAFT, CLOTH, setting(unit="barrel"))
    [fault] = faults_in(files.seeds)
    assert str(fault).startswith(f"{CRAFT} · {CLOTH} · unit: 'barrel' is not one of: bag, bunch, cutting,")


def test_a_code_is_used_once_in_all_files_of_its_kind(files: SeedFiles) -> None:
    files.change(FOOD, lambda products: products[0].update(slug=CLOTH))
    faults = faults_in(files.seeds)
    assert Fault(FOOD, CLOTH, "slug", f"is already used in {CRAFT}") in faults


def test_a_record_without_a_code_is_named_by_its_number(files: SeedFiles) -> None:
    files.change(CRAFT, lambda products: products[2].pop("slug"))
    files.change(WEAVERS, lambda producers: producers.append("a producer"))
    named = {(fault.record, fault.field, fault.problem) for fault in faults_in(files.seeds)}
    assert {("record 3", "slug", "is missing"), ("record 43", "-", "must be an object")} <= named


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[{]", "is not JSON: "),
        (b"[\xff]", "is not UTF-8 text"),
        (b'{"slug": "x"}', "must hold a list of records"),
    ],
)
def test_a_file_that_cannot_be_read_is_the_only_fault(files: SeedFiles, content: bytes, problem: str) -> None:
    (files.seeds / "categories.json").write_bytes(content)
    [fault] = faults_in(files.seeds)
    assert (fault.file, fault.problem.startswith(problem)) == ("categories.json", True)


def test_a_missing_file_and_a_strange_one_are_named(files: SeedFiles) -> None:
    (files.seeds / "pois.json").rename(files.seeds / "sights.json")
    named = {(fault.file, fault.problem) for fault in faults_in(files.seeds)}
    assert named == {
        ("pois.json", f"is not in {files.seeds}"),
        ("sights.json", "is not a file that this command knows"),
    }


def test_the_command_lists_every_fault_and_writes_nothing(empty_workshop: Workshop) -> None:
    empty_workshop.edit(CRAFT, CLOTH, unit="barrel")
    empty_workshop.edit("pois.json", "dinh-i", kind="palaces")
    empty_workshop.edit(WEAVERS, "nhom-det-bno-c", flowers=["rose"])
    before = empty_workshop.tables()
    done = empty_workshop.command()
    assert done.exit_code == 2
    *told, last = done.output.splitlines()
    assert last == f"{len(told)} faults; nothing was written."
    assert [line.split(": ")[0] for line in told] == [
        "pois.json · dinh-i · kind",
        f"{WEAVERS} · nhom-det-bno-c · flowers",
        f"{CRAFT} · {CLOTH} · unit",
    ]
    assert empty_workshop.tables() == before

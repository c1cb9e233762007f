"""The index on disk: finds what people mean, keeps what it is given, stays readable whatever happens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.adapters.search_index import Document, Hit, SearchIndex, stem
from catalogue.kernel.errors import OutsideFailure
from catalogue.kernel.query import Form, Query, Term
from catalogue.search.rules import Synonyms, synonym_table, understand
from tests.effort import seconds_for

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data" / "vietnamese-search-cases.json").read_text(encoding="utf-8")
)
NAMES = list(
    dict.fromkeys(text for case in CASES for text in (case["must_match"], *case.get("rank_above", ())))
)
SYNONYMS = synonym_table(
    [
        ["cà phê", "cafe", "coffee"],
        ["hoa hồng", "bông hồng", "rose"],
        ["trà", "chè", "tea"],
        ["ô long", "oolong"],
        ["atisô", "artichoke"],
        ["thổ cẩm", "brocade"],
        ["dâu tây", "strawberry"],
        ["trái cây", "hoa quả", "fruit"],
        ["hồng treo gió", "hoshigaki"],
        ["dứa", "thơm", "pineapple"],
        ["mật ong", "honey"],
    ],
    stem,
)


def named(*names: str) -> list[Document]:
    return [Document("product", number, (name,)) for number, name in enumerate(names)]


def find(index: SearchIndex, text: str, synonyms: Synonyms | None = None) -> list[Hit]:
    with index.reader() as reader:
        return reader.search(understand(text, reader, synonyms or {}))


def found(index: SearchIndex, text: str) -> list[int]:
    return [hit.id for hit in find(index, text)]


@pytest.fixture
def index(tmp_path: Path) -> SearchIndex:
    index = SearchIndex(tmp_path / "mục lục")
    index.rebuild([])
    return index


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    index = SearchIndex(tmp_path_factory.mktemp("golden"))
    index.rebuild(named(*NAMES))
    return index


# ---------------------------------------------------------------- the golden cases
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']} {case['query']}")
def test_what_people_type_finds_what_they_mean(golden: SearchIndex, case: dict[str, Any]) -> None:
    top = [NAMES[hit.id] for hit in find(golden, case["query"], SYNONYMS)][:10]
    assert case["must_match"] in top
    for lower in case.get("rank_above", ()):
        assert lower not in top[: top.index(case["must_match"])]


def test_decomposed_queries_of_the_golden_file_are_still_decomposed() -> None:
    assert sum("\u0300" <= sign <= "\u036f" for case in CASES for sign in case["query"]) >= 5


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["kind"] != "synonym"], ids=lambda case: case["query"]
)
def test_only_synonyms_need_synonyms(golden: SearchIndex, case: dict[str, Any]) -> None:
    assert case["must_match"] in [NAMES[hit.id] for hit in find(golden, case["query"])][:10]


# ---------------------------------------------------------------- ranking
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("bơ", ["Bơ sáp Lâm Hà", "Khô bò sợi", "Bộ ấm trà"]),
        ("bò", ["Khô bò sợi", "Bơ sáp Lâm Hà", "Bộ ấm trà"]),
        ("đường", ["Mứt gừng đường phèn Đà Lạt", "Dương"]),
        ("dương", ["Nấm linh chi Đơn Dương sấy lạnh", "Đường phèn"]),
        ("K'Ho", ["Khăn thổ cẩm K'Ho", "Khô bò"]),
        ("dâu tây", ["Dâu tây New Zealand trồng giàn cao", "Mứt dâu tây"]),
        ("cà phê", ["Cà phê", "Cà phê Cầu Đất", "Mật ong hoa cà phê"]),
    ],
)
def test_the_spelling_and_the_name_that_fit_best_stand_first(
    index: SearchIndex, query: str, names: list[str]
) -> None:
    index.put(named(*reversed(names)))
    assert names[0] == list(reversed(names))[found(index, query)[0]]


def test_the_exact_spelling_in_a_description_beats_a_folded_name(index: SearchIndex) -> None:
    index.put(
        [*named("Hợp tác xã Dương"), Document("product", 9, ("Mứt gừng",), texts=("Ít đường, vị cay.",))]
    )
    assert found(index, "đường") == [9, 0]


def test_names_weigh_more_than_words_and_words_more_than_texts(index: SearchIndex) -> None:
    index.put(
        [
            Document("product", 1, ("Mứt",), texts=("Làm từ atisô.",)),
            Document("product", 2, ("Mứt",), words=("atisô",)),
            Document("product", 3, ("Atisô",)),
        ]
    )
    assert found(index, "atisô") == [3, 2, 1]


def test_all_words_must_be_found_wherever_they_stand(index: SearchIndex) -> None:
    index.put(
        [Document("product", 1, ("Cà phê Abro", "Abro coffee"), words=("Lạc Dương",)), *named("Cà phê")]
    )
    assert found(index, "coffee lac duong") == [1]


def test_every_hit_of_a_nested_query_is_found_and_scored_in_full(index: SearchIndex) -> None:
    index.put(named(*(f"{name} Đà Lạt {'Đà ' * (number % 5)}" for number, name in enumerate(NAMES))))
    terms = [Term(Form.FOLDED, "da", 1.0), Term(Form.JOINED, "dalat", 0.5), Term(Form.EXACT, "lạt", 2.0)]
    with index.reader() as reader:
        single = [{hit.id: hit.score for hit in reader.search(Query(((term,),)))} for term in terms]
        nested = reader.search(Query(((terms[0], terms[1]), (terms[1], terms[2]))))
    assert len(nested) == len(NAMES) > 40
    for hit in nested:
        one, two, three = (scores.get(hit.id, 0.0) for scores in single)
        assert hit.score == pytest.approx(one + 2 * two + three)
    assert [hit.score for hit in nested] == sorted((hit.score for hit in nested), reverse=True)


def test_equal_hits_always_stand_in_one_order(index: SearchIndex) -> None:
    same = [Document(kind, number, ("Trà",)) for kind in ("village", "product") for number in (3, 1, 2)]
    index.put(same)
    expected = [
        ("product", 1),
        ("product", 2),
        ("product", 3),
        ("village", 1),
        ("village", 2),
        ("village", 3),
    ]
    assert [(hit.kind, hit.id) for hit in find(index, "tra")] == expected


# ---------------------------------------------------------------- any question
@settings(max_examples=150)
@given(st.text(st.characters(), max_size=60) | st.text("abdđơờs1' *:(\"~^\\", max_size=30))
def test_any_question_gets_an_answer(golden: SearchIndex, text: str) -> None:
    find(golden, text, SYNONYMS)


@pytest.mark.parametrize("part", ["ộ", "a ", "trà ", "x* OR (", "\u0301", "zqx"])
def test_a_question_of_ten_thousand_signs_is_answered_at_once(golden: SearchIndex, part: str) -> None:
    text = (part * 10_000)[:10_000]
    assert seconds_for(lambda: find(golden, text, SYNONYMS)) < 0.5


def test_nonsense_finds_nothing(golden: SearchIndex) -> None:
    assert not find(golden, "zzqxjk wvvqq")


# ---------------------------------------------------------------- changes
def test_a_document_put_twice_is_there_once_and_as_it_was_put_last(index: SearchIndex) -> None:
    index.put(named("Trà xanh"))
    index.put(named("Cà phê"))
    index.put(named("Cà phê"))
    assert (found(index, "tra"), found(index, "ca phe")) == ([], [0])
    with index.reader() as reader:
        assert reader.count() == 1


def test_kinds_may_share_ids(index: SearchIndex) -> None:
    index.put([Document("product", 1, ("Trà",)), Document("village", 1, ("Trà",))])
    index.remove([("product", 1), ("product", 404)])
    assert [(hit.kind, hit.id) for hit in find(index, "trà")] == [("village", 1)]


def test_a_failed_put_changes_nothing(index: SearchIndex) -> None:
    def broken() -> Iterator[Document]:
        yield from named("Trà")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.put(broken())
    assert found(index, "trà") == []
    index.put(named("Trà"))
    assert found(index, "trà") == [0]


def test_writers_wait_for_each_other(index: SearchIndex) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: index.put([Document("product", number, ("Trà",))]), range(8)))
    assert sorted(found(index, "trà")) == list(range(8))


# ---------------------------------------------------------------- rebuilding
def test_a_rebuild_replaces_everything_and_tells_how_far_it_is(index: SearchIndex) -> None:
    index.put(named("Trà"))
    told: list[int] = []
    assert index.rebuild(named("Cà phê", "Mật ong"), told.append) == 2
    assert told == [1, 2]
    assert (found(index, "trà"), found(index, "mật ong")) == ([], [1])


def test_a_failed_rebuild_leaves_the_old_index_in_use(index: SearchIndex) -> None:
    index.put(named("Trà"))

    def broken() -> Iterator[Document]:
        yield from named("Cà phê")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.rebuild(broken())
    assert (found(index, "trà"), found(index, "cà phê")) == ([0], [])


def test_an_open_reader_goes_on_reading_what_it_opened(index: SearchIndex) -> None:
    index.put(named("Trà"))
    with index.reader() as reader:
        index.put(named("Cà phê"))
        index.rebuild(named("Mật ong"))
        assert [hit.id for hit in reader.search(understand("trà", reader, {}))] == [0]
    assert found(index, "trà") == []


def test_searches_go_on_while_the_index_is_rebuilt_and_changed(index: SearchIndex) -> None:
    documents = named(*NAMES[:20])
    index.rebuild(documents)

    def ask(_: int) -> int:
        return len(found(index, "da lat"))

    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(ask, range(60))
        for _ in range(3):
            index.rebuild(documents)
            index.put(documents[:3])
        assert len(set(answers)) == 1


def test_old_folders_are_swept_away(index: SearchIndex, tmp_path: Path) -> None:
    for _ in range(4):
        index.rebuild(named("Trà"))
    assert len(list((tmp_path / "mục lục").glob("index-*"))) == 2


def test_mistyped_words_are_compared_with_the_index_as_it_is_now(index: SearchIndex) -> None:
    index.put(named("Macadamia"))
    assert found(index, "macademia") == [0]
    index.put([Document("product", 1, ("Strawberry",))])
    assert found(index, "strawbery") == [1]
    index.rebuild(named("Artichoke"))
    assert found(index, "artichok") == [0]


def test_a_word_half_typed_is_found_by_its_beginning(index: SearchIndex) -> None:
    index.put(named("Macadamia sấy", "Machiato"))
    assert found(index, "macad") == [0]
    assert sorted(found(index, "mac")) == [0, 1]
    index.remove([("product", 0)])
    assert found(index, "macad") == []


def test_a_word_that_only_went_with_its_document_is_not_known(index: SearchIndex) -> None:
    index.put(named("Macadamia", "Strawberry", "Trà", "Cà phê", "Mật ong"))
    index.remove([("product", 0)])
    with index.reader() as reader:
        assert not reader.knows(Form.FOLDED, "macadamia")
        assert reader.similar("macademia") == []


def test_words_with_digits_are_no_slip_of_another(index: SearchIndex) -> None:
    index.put(named("Rượu vang 2019", "OCOP 4 sao"))
    with index.reader() as reader:
        assert reader.similar("ocopsao") == []
        assert reader.similar("ocpo") == [(Form.FOLDED, "ocop"), (Form.STEM, "ocop")]


# ---------------------------------------------------------------- missing and damaged
def test_a_missing_index_is_an_outside_failure(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path / "nowhere")
    assert not index.exists()
    for use in (
        lambda: find(index, "trà"),
        lambda: index.put(named("Trà")),
        lambda: index.remove([("product", 1)]),
    ):
        with pytest.raises(OutsideFailure):
            use()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Whoosh leaves broken files open
@pytest.mark.parametrize(
    "damage",
    ["table of contents cut", "table of contents nonsense", "segments gone", "name gone", "name nonsense"],
)
def test_a_damaged_index_is_an_outside_failure_and_a_rebuild_mends_it(tmp_path: Path, damage: str) -> None:
    index = SearchIndex(tmp_path)
    index.rebuild(named("Trà"))
    folder = tmp_path / (tmp_path / "current").read_text()
    contents = next(folder.glob("*.toc"))
    match damage:
        case "table of contents cut":
            contents.write_bytes(contents.read_bytes()[:20])
        case "table of contents nonsense":
            contents.write_bytes(b"nonsense" * 40)
        case "segments gone":
            for segment in folder.glob("*.seg"):
                segment.unlink()
        case "name gone":
            (tmp_path / "current").unlink()
        case _:
            (tmp_path / "current").write_bytes(b"\xff\x00")
    assert not index.exists()
    with pytest.raises(OutsideFailure):
        find(index, "trà")
    index.rebuild(named("Trà"))
    assert index.exists()
    assert found(index, "trà") == [0]

"""What a question means to the index, and what the address of a list asks for."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.kernel.query import Form, Query
from catalogue.search.rules import nowhere_spelled, synonym_table, understand
from catalogue.search.rules.asked import MOST_WORDS
from tests.effort import seconds_for

ANY_TEXT = st.text(st.characters(), max_size=80)


@dataclass
class KnownWords:
    """A lexicon of a few words; every word is its own stem but for a final s."""

    folded: set[str] = field(default_factory=set)
    near: dict[str, list[tuple[Form, str]]] = field(default_factory=dict)
    spelled: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)

    def knows(self, form: Form, text: str) -> bool:
        known = {Form.FOLDED: self.folded, Form.EXACT: self.spelled, Form.JOINED: self.joined}
        return text in known.get(form, set())

    def similar(self, word: str) -> list[tuple[Form, str]]:
        return self.near.get(word, [])

    def stem(self, word: str) -> str:
        return stem(word)


def stem(word: str) -> str:
    return word.removesuffix("s")


def alternatives(query: Query, place: int = 0) -> dict[tuple[Form, str], float]:
    return {(term.form, term.text): term.weight for term in query.clauses[place]}


# ---------------------------------------------------------------- understanding
def test_a_first_sound_typed_as_one_letter_is_found_where_it_is_a_syllable() -> None:
    query = understand("k ho", KnownWords(folded={"co", "ho"}, joined={"coho"}), {})
    assert all((Form.JOINED, "coho") in alternatives(query, place) for place in (0, 1))


@pytest.mark.parametrize(
    ("text", "unspelled"),
    [
        ("phở", ("phở",)),
        ("Phở phố PHỞ", ("phở",)),
        ("phố", ()),
        ("pho", ()),
        ("bún phở", ("phở",)),
        ("K'Ho", ()),
    ],
)
def test_words_typed_with_marks_and_found_only_without_them_are_named(
    text: str, unspelled: tuple[str, ...]
) -> None:
    lexicon = KnownWords(folded={"pho", "k'ho", "kho"}, spelled={"phố"})
    assert nowhere_spelled(text, lexicon) == unspelled


def test_every_word_must_be_found_in_one_of_its_forms() -> None:
    query = understand("Trà Dalat", KnownWords({"tra", "dalat"}), {})
    assert len(query.clauses) == 2
    assert {(Form.EXACT, "trà"), (Form.FOLDED, "tra")} <= alternatives(query, 0).keys()
    assert {(Form.FOLDED, "dalat"), (Form.JOINED, "dalat")} <= alternatives(query, 1).keys()


def test_typed_marks_outweigh_the_folded_word() -> None:
    found = alternatives(understand("bơ", KnownWords({"bo"}), {}))
    assert found[Form.EXACT, "bơ"] > found[Form.FOLDED, "bo"]


def test_an_unmarked_word_may_be_any_and_is_a_little_more_itself() -> None:
    found = alternatives(understand("da", KnownWords({"da"}), {}))
    assert found.keys() == {(Form.FOLDED, "da"), (Form.EXACT, "da")}
    assert found[Form.FOLDED, "da"] > found[Form.EXACT, "da"]


def test_tone_placement_i_and_y_and_composition_make_no_difference() -> None:
    known = KnownWords({"hoa", "ki"})
    spellings = ("hòa kỹ", "hoà kĩ", "ho\u0300a ky\u0303", "HÒA KỸ")
    assert len({understand(text, known, {}) for text in spellings}) == 1


def test_neighbours_are_also_looked_for_as_one_word() -> None:
    query = understand("K Ho", KnownWords({"kho"}), {})
    for place in (0, 1):
        assert {(Form.FOLDED, "kho"), (Form.JOINED, "kho")} <= alternatives(query, place).keys()


def test_a_word_that_is_no_syllable_may_be_several() -> None:
    assert (Form.JOINED, "caphe") in alternatives(understand("caphe", KnownWords(), {}))
    assert (Form.JOINED, "toan") not in alternatives(understand("toan", KnownWords(), {}))


def test_english_words_are_looked_for_by_their_stem() -> None:
    assert (Form.STEM, "weaver") in alternatives(understand("weavers", KnownWords({"weavers"}), {}))


@pytest.mark.parametrize(
    ("typed", "meant"), [("hoongf", "hồng"), ("ho6ng2", "hồng"), ("DDaf", "đà"), ("kyx", "kĩ")]
)
def test_keys_typed_with_the_input_method_off_are_read(typed: str, meant: str) -> None:
    query = understand(typed, KnownWords({"hong", "da", "ki"}), {})
    assert (Form.EXACT, meant) in alternatives(query)


def test_known_words_are_never_read_as_keys() -> None:
    known = KnownWords({"roses", "roe"})  # Telex would make roé of it
    assert (Form.FOLDED, "roses") in alternatives(understand("roses", known, {}))


def test_keys_are_not_read_when_their_word_is_unknown() -> None:
    assert (Form.FOLDED, "roses") in alternatives(understand("roses", KnownWords({"tra"}), {}))


def test_words_one_slip_away_are_tried_for_an_unknown_word_only() -> None:
    near = {"dta": [(Form.FOLDED, "dat")], "dat": [(Form.FOLDED, "dau")]}
    assert (Form.FOLDED, "dat") in alternatives(understand("dta", KnownWords({"dat"}, near), {}))
    assert (Form.FOLDED, "dau") not in alternatives(understand("dat", KnownWords({"dat"}, near), {}))


def test_a_number_is_never_taken_for_another() -> None:
    near = {"0902": [(Form.FOLDED, "0901")]}
    assert (Form.FOLDED, "0901") not in alternatives(understand("0902", KnownWords({"0901"}, near), {}))


def test_small_words_are_not_asked_for_beside_others() -> None:
    assert len(understand("coffee from the farm", KnownWords(), {}).clauses) == 2
    assert len(understand("trà của làng", KnownWords(), {}).clauses) == 2
    assert len(understand("to lua", KnownWords(joined={"tolua"}), {}).clauses) == 2  # tơ lụa
    assert len(understand("from", KnownWords(), {}).clauses) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mua trà ở đâu", "tra"),
        ("mua tra o dau", "tra"),
        ("where can I buy tea", "tea"),
        ("best tea near me", "tea"),
        ("giá trà bao nhiêu", "tra"),
        ("củ nghệ", "nghe"),
        ("3 con gà", "ga"),
        ("thành phố Huế", "hue"),
        ("H. Huế", "hue"),
        ("hue city", "hue"),
    ],
)
def test_words_that_only_ask_or_classify_may_be_missing(typed: str, kept: str) -> None:
    query = understand(typed, KnownWords({kept}), {})
    assert len(query.clauses) == 1
    assert (Form.FOLDED, kept) in alternatives(query)


@pytest.mark.parametrize("typed", ["ở đâu", "mua", "con", "phường 9", "H'Mông", "cây cảnh", "gia vi"])
def test_nothing_is_left_out_of_what_is_sought_itself(typed: str) -> None:
    synonyms = synonym_table([["cây cảnh", "bonsai"]], stem)
    query = understand(typed, KnownWords(joined={"giavi"}), synonyms)
    assert len(query.clauses) == len(typed.split())


def test_what_classifies_is_welcome_where_it_stands_and_what_asks_is_not() -> None:
    welcome = understand("củ nghệ", KnownWords(), {}).terms()
    assert (Form.EXACT, "củ") in welcome
    assert (Form.EXACT, "giá") not in understand("giá nghệ", KnownWords(), {}).terms()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1.000 g", {"1kg", "1000gr"}),
        ("1000g", {"1kg", "1000gr"}),
        ("1 ký", {"1kg", "1000gr"}),
        ("0,5 l", {"500ml", "05l"}),
        ("1.500 ml", {"15l"}),
        ("0.500 kg", {"500g"}),
    ],
)
def test_an_amount_is_looked_for_as_others_write_it(typed: str, written: set[str]) -> None:
    known = {"1kg", "1000gr", "500ml", "05l", "15l", "500g"}
    query = understand(typed, KnownWords(joined=known), {})
    for place in range(len(query.clauses)):
        assert {(Form.JOINED, one) for one in written} <= alternatives(query, place).keys()


def test_letters_typed_one_by_one_are_one_word() -> None:
    assert len(understand("O C O P", KnownWords({"ocop"}), {}).clauses) == 1
    assert len(understand("K Ho", KnownWords({"ocop"}), {}).clauses) == 2


def test_a_name_that_is_the_question_or_begins_with_it_is_welcome() -> None:
    assert {(term.form, term.text) for term in understand("Dâu tây", KnownWords(), {}).welcome} == {
        (Form.OPENING, "dautay"),
        (Form.WHOLE, "dautay"),
    }


@pytest.mark.parametrize("text", ["", "   ", "…!?", "\u200b\u0000", "☕"])
def test_no_words_ask_for_nothing(text: str) -> None:
    assert not understand(text, KnownWords(), {})


def test_a_pasted_page_is_cut_to_a_question() -> None:
    page, found = "trà ô long cao nguyên " * 500, []
    assert seconds_for(lambda: found.extend(understand(page, KnownWords(), {}).clauses)) < 0.1
    assert len(found) == MOST_WORDS


@given(ANY_TEXT)
def test_any_question_is_understood(text: str) -> None:
    understand(text, KnownWords(), {})


# ---------------------------------------------------------------- synonyms
GROUPS = [["trà", "chè", "tea"], ["hoa quả", "trái cây", "fruit"], ["cà phê", "coffee"], ["a b c d", "xyz"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("chè", (Form.EXACT, "trà")),
        ("teas", (Form.EXACT, "trà")),
        ("tra", (Form.EXACT, "tea")),
        ("hoa quả", (Form.JOINED, "traicay")),
        ("hoa qua", (Form.STEM, "fruit")),
        ("caphe", (Form.STEM, "coffee")),
        ("caf phee", (Form.STEM, "coffee")),
    ],
)
def test_synonyms_of_one_to_five_words_are_tried(typed: str, found: tuple[Form, str]) -> None:
    query = understand(typed, KnownWords({"ca", "phe"}), synonym_table(GROUPS, stem))
    assert all(found in alternatives(query, place) for place in range(len(query.clauses)))


def test_a_synonym_counts_less_than_the_word() -> None:
    found = alternatives(understand("trà", KnownWords({"tra"}), synonym_table(GROUPS, stem)))
    assert found[Form.EXACT, "chè"] < found[Form.EXACT, "trà"]


def test_other_marks_are_another_word() -> None:
    found = alternatives(understand("trả", KnownWords({"tra"}), synonym_table(GROUPS, stem)))
    assert (Form.EXACT, "chè") not in found


def test_synonyms_are_not_folded() -> None:
    found = alternatives(understand("trà", KnownWords({"tra"}), synonym_table(GROUPS, stem)))
    assert (Form.FOLDED, "che") not in found  # it would bring in chế


def test_a_word_that_only_the_synonyms_know_is_no_typing_error() -> None:
    known = KnownWords({"tra"}, {"chè": [(Form.FOLDED, "cha")], "che": [(Form.FOLDED, "cha")]})
    assert (Form.FOLDED, "cha") not in alternatives(understand("chè", known, synonym_table(GROUPS, stem)))


def test_long_phrases_are_left_out_of_the_synonyms() -> None:
    assert "a b c d e f" not in synonym_table([["a b c d e f", "xyz"]], stem)

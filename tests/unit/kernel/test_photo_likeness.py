from catalogue.kernel.photo_likeness import ALIKE_BITS, Alike, Print, alike, bits_apart

ZERO = "0" * 16


def with_bits(count: int) -> str:
    return f"{(1 << count) - 1:016x}"


def test_fingerprints_are_compared_bit_by_bit() -> None:
    assert bits_apart("00000000000000ff", "000000000000000f") == 4
    assert bits_apart(ZERO, "f" * 16) == 64


def test_a_picture_is_found_up_to_the_threshold_and_not_beyond() -> None:
    one = Print("one", ZERO, "maker")
    others = [
        Print("at", with_bits(ALIKE_BITS), "maker"),
        Print("beyond", with_bits(ALIKE_BITS + 1), "maker"),
    ]
    assert [found.code for found in alike(one, others)] == ["at"]


def test_a_picture_is_not_like_itself() -> None:
    one = Print("one", ZERO, "maker")
    assert alike(one, [one]) == []


def test_the_nearest_comes_first_and_the_code_decides_between_equals() -> None:
    others = [Print("c", with_bits(3), None), Print("b", with_bits(3), None), Print("a", with_bits(5), None)]
    assert [found.code for found in alike(Print("one", ZERO, None), others)] == ["b", "c", "a"]


def test_only_a_picture_of_another_maker_is_possibly_a_copy() -> None:
    others = [Print("other's", ZERO, "b"), Print("own", ZERO, "a"), Print("the village's", ZERO, None)]
    assert alike(Print("one", ZERO, "a"), others) == [
        Alike("other's", 0, of_another_maker=True),
        Alike("own", 0, of_another_maker=False),
        Alike("the village's", 0, of_another_maker=False),
    ]

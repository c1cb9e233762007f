"""Vietnamese syllables run together or mistaken: what may have been meant. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from unicodedata import normalize

from catalogue.kernel.text import (
    ONSETS,
    RIMES,
    TONES,
    canonical,
    divides,
    fold,
    is_syllable,
    iy,
    telex,
    vni,
    with_tone,
    without_tones,
)

LONGEST_RUN, LONGEST_PIECE = 40, 9  # letters
LEAST_FOREIGN = 3  # letters of a piece that is no syllable


def apart(run: str, known: Callable[[str], bool], together: Callable[[str], bool]) -> list[str]:
    """The words that were typed without blanks, as few as can be: `ruouvangdalat` → ruou, vang, da, lat.

    Keys of Telex and VNI are read (`caffphee`). `known` says whether a folded word exists, `together` whether
    two stand side by side, written as one. Empty when the run is not made of known words.
    """
    # By where the last piece ends and what it is: how bad the way there is, and its pieces.
    ways: dict[int, dict[str, tuple[int, list[str]]]] = {0: {"": (0, [])}}
    for start in range(len(run) if len(run) <= LONGEST_RUN else 0):
        here = ways.get(start, {})
        for end in range(start + 1, min(len(run), start + LONGEST_PIECE) + 1) if here else ():
            for piece in _readings(run[start:end]):
                plain = iy(fold(piece))
                if end - start < len(run) and known(plain):
                    way = min(
                        (cost + 2 - (bool(last) and together(last + plain)), [*before, piece])
                        for last, (cost, before) in here.items()
                    )
                    there = ways.setdefault(end, {})
                    there[plain] = min(way, there.get(plain, way))
    _, pieces = min(ways.get(len(run), {}).values(), default=(0, []))
    return pieces if len(pieces) > 1 else []


def _readings(part: str) -> Iterator[str]:
    """What a part of a run may be: a syllable, a number, a longer word; keys that spell one."""
    if part.isdigit() or len(part) >= LEAST_FOREIGN or is_syllable(fold(part)):
        yield part
    yield from (said for said in (telex(part), vni(part)) if said)


SHAPES = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}


def respelled(word: str) -> list[str]:
    """The syllables that one with some of its marks, or another tone, may stand for: `câm` → cẩm, `đuong` →
    đường; marks on letters are kept, since whoever types one means it."""
    letters, _ = without_tones(normalize("NFD", canonical(word)))
    found = (
        with_tone("".join(shaped), tone)
        for shaped in product(*(SHAPES.get(letter, letter) for letter in letters[:LONGEST_PIECE]))
        if divides("".join(shaped), ONSETS, RIMES)
        for tone in ("", *TONES)
    )
    return [spelled for spelled in found if spelled and spelled != word]


# What sounds the same in one part of the country or another, and is written for each other.
SOUNDS_AS_ONSET = ("ch tr", "s x", "d gi r v z j", "l n", "c k q", "g gh", "ng ngh", "ph f p", "qu w kw")
SOUNDS_AS_CODA = ("n ng nh", "t c ch")
SOUNDS_AS_RIME = ("ieu uou", "iu uu", "ay ai", "au ao")


def alike(word: str) -> list[str]:
    """Syllables that one is mistaken for by ear: `chà` → `trà`, `riệu` → `rượu`, `nấm` → `lấm`; lower case.

    Onset and coda keep the marks of the rime; another rime has none.
    """
    spelled = canonical(word)
    syllable = SOUNDING.fullmatch(spelled)
    if syllable is None:
        return []
    onset, vowels, coda = syllable.groups()
    onsets, codas = _mistaken(onset, SOUNDS_AS_ONSET), _mistaken(coda, SOUNDS_AS_CODA)
    found = [
        "".join(parts) for parts in product(onsets, [vowels], codas) if "gii" not in fold("".join(parts))
    ]
    rimes = _mistaken(fold(vowels + coda), SOUNDS_AS_RIME)[1:]
    found += ["".join(parts) for parts in product(onsets, rimes)]
    return found[1:]


SOUNDING = re.compile(
    r"(qu|gi(?=[^\W\d_])|[bcdđfghjklmnpqrstvwxz]*)([^\W\d_bcdđfghjklmnpqrstvwxz]{1,3})([cghmnpt]*)"
)


def _mistaken(part: str, groups: Sequence[str]) -> list[str]:
    """The part itself, then those it is mistaken for."""
    return [
        part,
        *(other for group in groups if part in (one := group.split()) for other in one if other != part),
    ]

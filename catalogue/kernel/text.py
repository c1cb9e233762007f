"""Vietnamese text: one spelling for many ways to type it, its words, its alphabetical order, its addresses.

Everything here is pure and takes any Unicode text. Index and queries go through the same functions, so what
people write differently (`hòa`/`hoà`, `kỹ`/`kĩ`, `K'Ho`/`K’Ho`, composed or decomposed) meets in one form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from unicodedata import category, combining, digit, normalize

from slugify import slugify

# ---------------------------------------------------------------- letters and marks
GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = (GRAVE, HOOK, TILDE, ACUTE, DOT)  # huyền, hỏi, ngã, sắc, nặng: their order in the dictionary
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
VOWELS = "aăâeêioôơuưy"
SHAPED = "ăâêôơư"

APOSTROPHES = "'’‘ʼ`´′ʹʻ‛＇"
# Soft hyphens, zero-width signs and direction marks: they come with pasted text and nobody sees them.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"

# What a page shows for signs that it cannot hold (controls, half surrogates) or that break its lines.
SHOWN_AS = {"Cc": " ", "Cs": " ", "Zl": " ", "Zp": " ", "Cf": ""}

# Icelandic ð and African ɖ look like đ and are typed for it; so do the sign of the đồng before a letter, and
# a d that is struck through.
PLAIN_D = str.maketrans("đĐðÐɖƉ", "dDdDdD")
TRUE_D = str.maketrans("ðÐɖƉ₫", "đĐđĐđ")
STRUCK_D = re.compile("([dD])[\u0335\u0336]")

NOT_SPELLED = re.compile(f"[{APOSTROPHES}{INVISIBLE}]")
# Letters said one by one, with a dot between them, are one word: `G.A.P.`, `VietG.A.P`, `T.P`.
LETTER = "[^\\W\\d_][\u0300-\u036f]*"
DOTTED = (
    rf"(?<![^\W_])(?:{LETTER}|(?:{LETTER})+(?=(?:\.{LETTER}){{2}}))(?:\.{LETTER})+"
    rf"(?![^\W_]|[\u0300-\u036f{APOSTROPHES}{INVISIBLE}])"
)
WORD = re.compile(rf"{DOTTED}|(?:[^\W_]|₫(?=[^\W\d_]))(?:[\u0300-\u036f{INVISIBLE}]|[{APOSTROPHES}]?[^\W_])*")
# After a consonant or `qu`, i and y are one sound (kỹ, kĩ; quý, quí); after other vowels they are not (tay, t
Y_AS_I = re.compile(rf"(?:(?<=[bcdđfghjklmnpqrstvwxz])|(?<=qu))y(?![{VOWELS}])")


def nfc(text: str) -> str:
    """The composed form, in which everything is stored and compared."""
    return normalize("NFC", text)


def shown(text: str) -> str:
    """Composed, without controls, half surrogates, direction marks; line breaks and tabs stay."""
    return "".join(sign if sign in "\n\t" else SHOWN_AS.get(category(sign), sign) for sign in nfc(text))


def one_line(text: str) -> str:
    """What somebody typed, fit to be shown in one line, with single blanks."""
    return " ".join(shown(text).split())


def fold(text: str) -> str:
    """Without any mark and in lower case: `Đà Lạt` → `da lat`."""
    if text.isascii():
        return text.lower()
    spread = normalize("NFKD", text).translate(PLAIN_D)
    lower = "".join([sign for sign in spread if not combining(sign)]).casefold()
    # A few foreign letters (ŉ, ΐ …) take a mark of their own only when they become small.
    return (
        lower
        if lower.isascii()
        else "".join(sign for sign in normalize("NFKD", lower) if not combining(sign))
    )


def mentions(wanted: str, *texts: str | None) -> bool:
    """Whether the texts have every word that is wanted, be it in a longer one, with marks or without."""
    parts = fold(NOT_SPELLED.sub("", wanted)).split()
    said = fold(NOT_SPELLED.sub("", " ".join(filter(None, texts)))) if parts else ""
    return all(part in said for part in parts)


def iy(folded: str) -> str:
    """One letter for i and y where they are one sound: `ky` → `ki`, `quy` → `qui`; `tay`, `thuy` stay."""
    return Y_AS_I.sub("i", folded) if "y" in folded else folded


# ---------------------------------------------------------------- words
class Word(NamedTuple):
    """A word cleaned for comparing (`KHo`), and where it stands in the text it was read from (`K'Ho`)."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order. An apostrophe inside a word joins it, and dots join single letters; every
    other sign divides."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    for found in WORD.finditer(text):
        spelled = found[0]
        if not spelled.isascii() or not spelled.isalnum():
            spelled = STRUCK_D.sub(_true_d, NOT_SPELLED.sub("", spelled)).translate(TRUE_D)
            spelled = normalize("NFKC", spelled)
            if not spelled.isalnum():
                spelled = "".join(sign for sign in spelled if sign.isalnum() or combining(sign))
        if spelled:
            yield Word(spelled, found.start(), found.end())


def is_divided(spelled: str) -> bool:
    """Whether an apostrophe stands in a word as it is spelled: K'Ho is not khô."""
    return any(sign in APOSTROPHES for sign in spelled)


def _true_d(struck: re.Match[str]) -> str:
    return "đ" if struck[1] == "d" else "Đ"


def joined(tokens: Sequence[str]) -> list[str]:
    """Neighbours written as one, pairs first, then threes: people type `caphe`, `dalat`, `hoahong`."""
    return [
        "".join(tokens[start : start + size]) for size in (2, 3) for start in range(len(tokens) - size + 1)
    ]


# ---------------------------------------------------------------- the syllable
SYLLABLE = re.compile(rf"(qu(?=[{VOWELS}])|gi(?=[{VOWELS}])|[^{VOWELS}]*)([{VOWELS}]{{1,3}})([^{VOWELS}]*)")

# With kr, ak and ăk of the highland names that everybody spells in Vietnamese letters: Krông, Đắk.
_ONSETS = "b c ch d đ g gh gi h k kh kr l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
    a ac ach ai ak am an ang anh ao ap at au ay  ăc ăk ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong oong op ot  oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt
    oe oen oeo oet  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut  uân uâng uât uây  uê uêch uênh  uôc uôi uôm uôn uông uôt  uơ
    uy uya uych uynh uyt uyu uyên uyêt  ư ưa ưc ưi ưng ưt ưu  ươc ươi ươm ươn ương ươp ươt ươu
    y ych ynh yt yêm yên yêng yêt yêu
"""
ONSETS = frozenset(_ONSETS.split()) | {""}
RIMES = frozenset(_RIMES.split())
FOLDED_ONSETS = frozenset(map(fold, ONSETS))
FOLDED_RIMES = frozenset(map(fold, RIMES))
LONGEST_ONSET = 3


def is_syllable(folded: str) -> bool:
    """Whether a folded word could be one Vietnamese syllable: `phe` could, `caphe` and `garden` could not."""
    return divides(folded, FOLDED_ONSETS, FOLDED_RIMES)


def divides(word: str, onsets: frozenset[str], rimes: frozenset[str]) -> bool:
    """Whether a word is one of these beginnings and one of these endings."""
    return any(word[:cut] in onsets and word[cut:] in rimes for cut in range(LONGEST_ONSET + 1))


def canonical(word: str) -> str:
    """One spelling of a word with its marks, in lower case: tone at its modern place, i for y of one sound.

    `hòa` and `hoà` → `hoà`, `thúy` → `thuý`, `qủa` → `quả`, `kỹ` → `kĩ`. What is not one syllable with one
    tone keeps its marks where they are.
    """
    if word.isascii():
        return iy(word.lower())
    spread = normalize("NFD", word.translate(TRUE_D).lower())
    letters, tones = without_tones(spread)
    if not tones:
        return iy(letters)
    toned = with_tone(iy(letters), tones) if len(tones) == 1 else None
    return toned or nfc(spread)


def without_tones(spread: str) -> tuple[str, str]:
    """Letters in decomposed form without their tones, and the tones."""
    tones = "".join([sign for sign in spread if sign in TONES])
    return nfc("".join([sign for sign in spread if sign not in TONES]) if tones else spread), tones


def with_tone(letters: str, tone: str) -> str | None:
    """The syllable with its tone on the right vowel, or None when the letters are no syllable."""
    syllable = SYLLABLE.fullmatch(letters)
    if syllable is None:
        return None
    onset, vowels, coda = syllable.groups()
    place = len(onset) + _nucleus(vowels, closed=bool(coda)) + 1
    return nfc(letters[:place] + tone + letters[place:])


def _nucleus(vowels: str, *, closed: bool) -> int:
    """Which vowel carries the tone: a shaped one, else the middle of three, else the modern rule of two."""
    shaped = [place for place, vowel in enumerate(vowels) if vowel in SHAPED]
    if shaped:
        return shaped[-1]
    if len(vowels) == 3:
        return 1
    return int(len(vowels) == 2 and (closed or vowels in {"oa", "oe", "uy"}))


# ---------------------------------------------------------------- keys typed with the input method off
class Keys(NamedTuple):
    """A typing method: which keys set a tone, which change which letters, which are letters themselves."""

    tones: Mapping[str, str]
    shapes: Mapping[str, Mapping[str, str]]
    letters: Mapping[str, str]


HORN_AND_BREVE = {"a": "ă", "o": "ơ", "u": "ư"}
TELEX = Keys(
    tones={"s": ACUTE, "f": GRAVE, "r": HOOK, "x": TILDE, "j": DOT, "z": ""},
    shapes={"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "d": {"d": "đ"}, "w": HORN_AND_BREVE},
    letters={"w": "ư"},
)
VNI = Keys(
    tones={"1": ACUTE, "2": GRAVE, "3": HOOK, "4": TILDE, "5": DOT, "0": ""},
    shapes={"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}},
    letters={},
)
LONGEST_TYPED = 12  # `nghieengs` has nine keys; a little more for corrections


def telex(word: str) -> str | None:
    """What Telex keys stand for (`hoongf` → `hồng`), or None when they spell no syllable or hold no mark."""
    return _typed(word, TELEX)


def vni(word: str) -> str | None:
    """What VNI keys stand for (`ho6ng2` → `hồng`), or None when they spell no syllable or hold no mark."""
    return _typed(word, VNI)


def vni_letters(word: str) -> str | None:
    """The letters of a word of several syllables whose marks were typed as VNI keys (`atiso6` → `atisô`), or
    None where a digit is no mark or no letter has one."""
    letters: list[str] = []
    marked = False
    for key in word:
        if key in VNI.shapes and _shape(letters, VNI.shapes[key]):
            marked = True
        elif key.isalpha():
            letters.append(key)
        else:
            return None
    return "".join(letters) if marked else None


def _typed(word: str, keys: Keys) -> str | None:
    if len(word) > LONGEST_TYPED or not word.isascii():
        return None
    letters: list[str] = []
    tone, marked = "", False
    for key in word.lower():
        if key in keys.tones and any(letter in VOWELS for letter in letters):
            if tone and keys.tones[key]:
                return None  # two tones: a number (`bo034`), or a word of another language (`hasfam`)
            tone, marked = keys.tones[key], True
        elif key in keys.shapes and _shape(letters, keys.shapes[key]):
            marked = True
        elif key.isalpha():
            letters.append(keys.letters.get(key, key))
            marked = marked or key in keys.letters
        else:
            return None
    return _spelled("".join(letters), tone) if marked else None


def _shape(letters: list[str], marks: Mapping[str, str]) -> bool:
    """Give the letter that the key is meant for its mark; False when there is none."""
    if "o" in marks and "u" in marks:
        for place in range(len(letters) - 1):  # u and o take their horns together: `duong` + w → `dương`
            if letters[place] in "uư" and letters[place + 1] == "o" and letters[:place] != ["q"]:
                letters[place : place + 2] = "ươ"
                return True
    places = [place for place, letter in enumerate(letters) if letter in marks and letters[:place] != ["q"]]
    if not places:
        return False
    place = next((place for place in places if letters[place] == "u"), places[-1])
    letters[place] = marks[letters[place]]
    return True


def _spelled(letters: str, tone: str) -> str | None:
    letters = letters.replace("ưo", "ươ")  # one horn is typed for both: `duwong`
    if letters.endswith("ươ"):  # only thuở, huơ and their like end so, and there the u has no horn
        letters = letters[:-2] + "uơ"
    if not divides(letters, ONSETS, RIMES):
        return None
    if tone in {GRAVE, HOOK, TILDE} and letters.endswith(("c", "ch", "k", "p", "t")):
        return None  # a stopped syllable has sắc or nặng only
    return with_tone(letters, tone)


# ---------------------------------------------------------------- order and addresses
SPACE, FIRST_DIGIT, FIRST_LETTER, FOREIGN = 0x01, 0x10, 0x20, 0xF0


def sort_key(name: str) -> str:
    """A key for Vietnamese order: a ă â b … d đ …, word by word, tones only when all letters are equal.

    Digits come before letters; case, apostrophes and punctuation do not count. The key is made of hexadecimal
    digits, about three for each letter, so that every database orders it alike whatever its collation.
    """
    letters, tones = [], []
    for word in _words(nfc(name)):
        for letter, tone in _letters(word.text):
            letters.append(_weight(letter))
            tones.append(str(TONES.index(tone) + 1 if tone else 0))
        letters.append(f"{SPACE:02x}")
        tones.append("0")
    return "".join(letters[:-1]) + "00" + "".join(tones[:-1])


def english_sort_key(name: str) -> str:
    """A key for English order, in which Đ stands with D and marks do not count."""
    return sort_key(fold(name))


def _letters(word: str) -> Iterator[tuple[str, str]]:
    """Each letter with its shape, and the tone above or below it or nothing."""
    for letter in nfc(word.translate(TRUE_D).lower()):
        base, tone = without_tones(normalize("NFD", letter))
        if base and base not in ALPHABET:
            base = fold(base)
        yield from ((sign, tone[:1]) for sign in base)


def _weight(letter: str) -> str:
    value = digit(letter, -1)
    if value >= 0:
        return f"{FIRST_DIGIT + value:02x}"
    if letter in ALPHABET:
        return f"{FIRST_LETTER + ALPHABET.index(letter):02x}"
    return f"{FOREIGN:02x}{ord(letter):06x}"


def slug(name: str) -> str:
    """A name as part of an address: `K'Ho, B’Lao` → `kho-blao`. Empty when nothing can be spelled."""
    return slugify(NOT_SPELLED.sub("", nfc(name)))

"""Which indexed words a mistyped one may have been: by the letters in common, then by edit distance.

A slip of the keyboard (a letter more, less, another, or two swapped) changes at most two of a word's letters
seen as a bag. So each word has its bag as a number of 32 bits, and words stand in order of length: a look
over those of about the same length leaves a few, and only they are compared letter by letter.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalogue.adapters.search_index.documents import stem
from catalogue.adapters.search_index.files import Array
from catalogue.kernel.query import FORMS, Form

if TYPE_CHECKING:
    from catalogue.adapters.search_index.postings import Postings

TWO_SLIPS_FROM = 8  # letters
JOINED_FROM = 5  # letters; shorter pairs resemble too much
LONGEST = 60  # letters; nobody types more as one word
SPELLED = (Form.FOLDED, Form.JOINED, Form.STEM)

AT_ONCE = 50_000  # words
LETTERS = 26
TWICE = "nhgaoi"  # letters that words have twice most often: a bit more for each
LONGER = 256  # keys of words: form × LONGER + length

Similar = tuple[int, bool, Form, str]


def spelled_words(texts: Array, starts: Array) -> dict[str, Array]:
    """What `similar_words` needs to know of a segment's words, each encoded as its form and its letters.

    `spelled` numbers the words that can be mistyped: without digits, for another number is another thing.
    They stand in the order of form and length; `letters` holds the bag of each. `spelled_starts` says where
    those of a form and a length begin.
    """
    forms, total = texts[starts[:-1]] if len(texts) else texts, len(starts) - 1
    signs = np.cumsum(
        np.concatenate([[0], (texts & 0xC0) != 0x80])
    )  # of many bytes only the first one counts
    lengths = np.diff(signs[starts]) - 1
    digits = np.cumsum(np.concatenate([[0], (texts >= ord("0")) & (texts <= ord("9"))]))
    usable = (np.diff(digits[starts]) == 0) & (lengths <= LONGEST)
    usable &= np.isin(forms, [FORMS.index(form) for form in SPELLED])
    keys = (forms.astype(np.uint16) * LONGER + np.minimum(lengths, LONGER - 1)).astype(np.uint16)
    chosen = np.flatnonzero(usable)
    chosen = chosen[np.argsort(keys[chosen], kind="stable")]
    bags = [_bags(texts, starts[first : first + AT_ONCE + 1]) for first in range(0, total, AT_ONCE)]
    letters = np.concatenate([np.zeros(0, np.uint32), *bags])
    first_of = np.searchsorted(keys[chosen], np.arange(len(FORMS) * LONGER + 1, dtype=keys.dtype))
    return {
        "spelled": chosen.astype(np.uint32),
        "spelled_starts": first_of.astype(np.uint32),
        "letters": letters[chosen],
    }


def similar_words(postings: Postings, word: str) -> list[Similar]:
    """Words one slip away (two from eight letters): distance, whether it begins otherwise, form and text."""
    slips = 1 if len(word) < TWO_SLIPS_FROM else 2
    asked = {Form.FOLDED: word, Form.STEM: stem(word)}
    if len(word) >= JOINED_FROM:
        asked[Form.JOINED] = word
    return [
        (int(distance), text[:1] != word[:1], form, text)
        for form, spelled in asked.items()
        for text, distance, _ in process.extract(
            spelled,
            _with_such_letters(postings, form, spelled, slips),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=None,
        )
    ]


def _with_such_letters(postings: Postings, form: Form, word: str, slips: int) -> list[str]:
    bag = _bag(word)
    numbers: list[int] = []
    for length in range(max(len(word) - slips, 0), min(len(word) + slips, LONGEST) + 1):
        key = FORMS.index(form) * LONGER + length
        these = slice(postings.spelled_starts[key], postings.spelled_starts[key + 1])
        # A letter more or less changes one letter of the bag, another letter two.
        apart = np.bitwise_count(postings.letters[these] ^ bag)
        numbers += postings.spelled[these][apart <= 2 * slips - abs(length - len(word))].tolist()
    return [postings.word(number)[1] for number in numbers]


def _bags(texts: Array, starts: Array) -> Array:
    """For each word which Latin letters it has, and which of `TWICE` more than once, a bit each."""
    total = len(starts) - 1
    letters = texts[starts[0] : starts[-1]].astype(np.intp) - ord("a")
    words = np.repeat(np.arange(total), np.diff(starts))
    plain = (letters >= 0) & (letters < LETTERS)
    counts = np.bincount(words[plain] * LETTERS + letters[plain], minlength=total * LETTERS)
    counts = counts.reshape(total, LETTERS)
    twice = counts[:, [ord(letter) - ord("a") for letter in TWICE]] > 1
    bits = np.concatenate([counts > 0, twice], axis=1)
    packed: Array = np.packbits(bits, axis=1, bitorder="little").view(np.uint32)[:, 0]
    return packed


def _bag(word: str) -> np.uint32:
    """The same of one word, quicker."""
    once = sum(1 << ord(letter) - ord("a") for letter in set(word).intersection(ascii_lowercase))
    twice = sum(1 << place for place, letter in enumerate(TWICE) if word.count(letter) > 1)
    return np.uint32(once | twice << LETTERS)

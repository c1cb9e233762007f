"""What one segment of the index holds, as arrays: for every word the documents it stands in, and how often.

They are made from the segment once, by Whoosh's own reader, and kept in a file beside it. A file that is
missing, damaged or of an older program is made anew by whoever misses it; Whoosh sweeps it away with the
segment, because its name begins with the segment's.
"""

from __future__ import annotations

import logging
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from catalogue.adapters.search_index import files
from catalogue.adapters.search_index.documents import read_key
from catalogue.adapters.search_index.files import Array
from catalogue.adapters.search_index.folder import Segment
from catalogue.adapters.search_index.spelling import spelled_words
from catalogue.kernel.query import FORMS, Form

log = logging.getLogger(__name__)

ENDING = "arrays"
MARKS = {form: bytes((number,)) for number, form in enumerate(FORMS)}  # what a word begins with
MOST_TIMES = 255  # in a byte; BM25 hardly tells more from that


class Postings:
    """A segment: its documents are numbered from 0, its words are numbered by form and text.

    `lengths` has a row for each form and a column for each document: how many words it has. `kinds` and `ids`
    name the record of each document, `prints` its fingerprint.
    """

    def __init__(self, arrays: dict[str, Array], kind_names: Sequence[str]) -> None:
        self.kind_names = kind_names
        self.kinds, self.ids, self.prints = arrays["kinds"], arrays["ids"], arrays["prints"]
        self.lengths = arrays["lengths"].reshape(len(FORMS), len(self.ids))
        self._documents, self._times = arrays["documents"], arrays["times"]
        self.spelled, self.letters = arrays["spelled"], arrays["letters"]
        # As memory views: Python reads one number of them quicker than of an array.
        self.spelled_starts = arrays["spelled_starts"].data
        self._starts = arrays["starts"].data
        self._text_starts = arrays["text_starts"].data
        self._texts = arrays["texts"].data
        self._hashes, self._hashed = arrays["hashes"].data, arrays["hashed"].data

    def number(self, form: Form, text: str) -> int | None:
        """The number of a word, None where no document has it."""
        sought = _encoded(form, text)
        hashed = crc32(sought)
        place = bisect_left(self._hashes, hashed)
        while place < len(self._hashes) and self._hashes[place] == hashed:
            number = self._hashed[place]
            if self._encoded_word(number) == sought:
                return number
            place += 1
        return None

    def of(self, number: int) -> tuple[Array, Array]:
        """The documents that have a word, and how often each."""
        start, end = self._starts[number], self._starts[number + 1]
        return self._documents[start:end], self._times[start:end]

    def word(self, number: int) -> tuple[Form, str]:
        """The form and the text of a word."""
        encoded = bytes(self._encoded_word(number))
        return FORMS[encoded[0]], encoded[1:].decode()

    def beginning(self, form: Form, letters: str) -> Iterator[str]:
        """The words in this form that begin so, in the order of their letters."""
        sought = _encoded(form, letters)
        number = bisect_left(range(len(self._text_starts) - 1), sought, key=self._encoded_bytes)
        while number < len(self._text_starts) - 1 and self._encoded_bytes(number).startswith(sought):
            yield self.word(number)[1]
            number += 1

    def _encoded_word(self, number: int) -> memoryview:
        return self._texts[self._text_starts[number] : self._text_starts[number + 1]]

    def _encoded_bytes(self, number: int) -> bytes:
        return bytes(self._encoded_word(number))


def _encoded(form: Form, text: str) -> bytes:
    return MARKS[form] + text.encode()


def open_postings(folder: Path, segment: Segment) -> Postings:
    """The arrays of a segment from the file beside it, which is made where there is none that can be used."""
    path = folder / f"{segment.segment().segment_id()}.{ENDING}"
    try:
        arrays, about = files.read(path)
    except (OSError, ValueError) as trouble:
        if not isinstance(trouble, FileNotFoundError):
            log.warning("%s is made anew: %s.", path.name, trouble)
        arrays, about = _made(segment), {"kinds": _kind_names(segment)}
        with suppress(OSError):  # where nothing can be written the arrays serve from memory
            files.write(path, arrays, about)
            arrays, about = files.read(path)
    return Postings(arrays, about["kinds"])


def _made(segment: Segment) -> dict[str, Array]:
    total = segment.doc_count_all()
    texts = bytearray()
    text_starts, starts, hashes = array("I", [0]), array("I", [0]), array("I")
    documents, times = array("i"), array("f")
    posted_of = dict.fromkeys(FORMS, 0)
    for form, encoded, found, counts in _words(segment):
        texts += encoded
        hashes.append(crc32(encoded))
        text_starts.append(len(texts))
        documents.extend(found)
        times.extend(counts)
        starts.append(len(documents))
        posted_of[form] += len(found)
    bounds = [0, *accumulate(posted_of.values())]
    posted = np.array(documents, np.min_scalar_type(total))  # two bytes each up to 65,535 documents
    counted = np.minimum(np.array(times, np.float32), MOST_TIMES)
    lengths = [
        np.bincount(posted[first:last], counted[first:last], total) for first, last in pairwise(bounds)
    ]
    order = np.argsort(np.array(hashes, np.uint32), kind="stable")
    kinds, ids, prints = _keys(segment)
    arrays = {
        "kinds": kinds,
        "ids": ids,
        "prints": prints,
        "lengths": np.concatenate(lengths).astype(np.uint32),
        "documents": posted,
        "times": counted.astype(np.uint8),
        "starts": np.array(starts, np.uint32),
        "texts": np.frombuffer(bytes(texts), np.uint8),
        "text_starts": np.array(text_starts, np.uint32),
        "hashes": np.array(hashes, np.uint32)[order],
        "hashed": order.astype(np.uint32),
    }
    return arrays | spelled_words(arrays["texts"], arrays["text_starts"])


def _words(segment: Segment) -> Iterator[tuple[Form, bytes, list[int], list[float]]]:
    """Every word in the order of form and text, with its documents and how often it stands in each."""
    forms = {form.value: form for form in FORMS}
    for (field, text), info in segment:
        if field not in forms:
            continue
        form = forms[field]
        mark = MARKS[form]
        if info.doc_frequency() == 1:  # most words: no need to open their postings
            yield form, mark + text, [info.min_id()], [info.weight()]
            continue
        matcher = segment.postings(field, text)
        found, counts = [], []
        while matcher.is_active():
            found.append(matcher.id())
            counts.append(matcher.weight())
            matcher.next()
        yield form, mark + text, found, counts


def _keys(segment: Segment) -> tuple[Array, Array, Array]:
    """For each document the place of its kind in `_kind_names`, its id and its fingerprint."""
    places = {kind: place for place, kind in enumerate(_kind_names(segment))}
    keys = [read_key(key) for key in segment.column_reader("key")]
    prints = list(segment.column_reader("print"))
    return (
        np.array([places[kind] for kind, _ in keys], np.uint8),
        np.array([number for _, number in keys], np.int64),
        np.array(prints, np.uint64),
    )


def _kind_names(segment: Segment) -> list[str]:
    return sorted({text.decode().rpartition(":")[0] for text in segment.lexicon("key")})

"""How Whoosh lays the index out: its fields, and what it may leave out because nobody asks Whoosh for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader

from catalogue.kernel.query import Form


class Counted(formats.Existence):  # type: ignore[misc]
    """Takes the words of a field as pairs of a word and how often it counts."""

    def word_values(
        self, value: Sequence[tuple[str, int]], _analyzer: object, **_options: object
    ) -> Iterator[tuple[str, int, float, bytes]]:
        return ((word, times, float(times), b"") for word, times in value)


class _Unmeasured(W3PerDocReader):  # type: ignore[misc]
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own, without pressing what is a few bytes long, and without a length at every posting: lengths
    are counted from the postings, where they are not rounded."""

    def __init__(self) -> None:
        super().__init__(compression=0)

    def per_document_reader(self, storage: Any, segment: Any) -> W3PerDocReader:
        return _Unmeasured(storage, segment)


class Gathered:
    """What is to be written, gathered by word, in the place of Whoosh's pool, which sorts a tuple for each
    posting. Documents come in ascending order, those of merged segments too."""

    def __init__(self) -> None:
        self.fieldnames: set[str] = set()
        self._found: dict[tuple[str, bytes], list[int]] = defaultdict(list)

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        """Take in that a word of a field stands in a document so many times."""
        field, text, document, times, _ = posting
        self.fieldnames.add(field)
        self._found[field, text] += (document, int(times))

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, int, bytes]]:
        """Everything by field, word and document; to be asked for once."""
        for field, text in sorted(self._found):
            found = iter(self._found.pop((field, text)))
            for document in found:
                yield field, text, document, next(found), b""

    def cleanup(self) -> None:
        """Nothing of it lies on the disk."""


def schema() -> fields.Schema:
    """A field for every form, the key of the record, and the fingerprint of what was indexed of it."""
    forms = {form.value: fields.FieldType(Counted(), analyzer=None, scorable=False) for form in Form}
    print_ = fields.COLUMN(columns.NumericColumn("Q"))
    return fields.Schema(key=fields.ID(unique=True, sortable=True), print=print_, **forms)

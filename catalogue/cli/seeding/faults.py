"""A mistake in the seed files, told so that whoever keeps them finds the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# What a rule finds in a record: the field and the sentence.
Problems = Iterator[tuple[str, str]]


@dataclass(frozen=True, order=True)
class Fault:
    """`record` is the record's code, or its number in the file where it has none."""

    file: str
    record: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file} · {self.record} · {self.field}: {self.problem}"

"""The engines that are compared: each says how many products fit, gives a page of them, and counts."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from benchmarks.search.corpus import COUNTED, PAGE, Asked, Corpus
from catalogue.adapters.search_index import SearchIndex
from catalogue.adapters.search_index.documents import indexed
from catalogue.kernel.query import FORMS, Form, Query, Term
from catalogue.kernel.text import fold, iy, words
from catalogue.search.facets import FacetTable
from catalogue.search.rules import understand

TANTIVY = Path("instance/bench-tools/tantivy")
MOST_ENDINGS = 50
WRITER_BYTES = 200_000_000
COUNTING = """SELECT value, count(*) FROM facet
WHERE facet = ? AND id IN (SELECT rowid FROM product WHERE product MATCH ?)"""
WITH_VALUE = "(SELECT id FROM facet WHERE facet = ? AND value = ?)"


class Answer(NamedTuple):
    """How many products fit, the numbers on the page asked for, and the counts of the facets counted."""

    total: int
    ids: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]


class Engine(Protocol):
    """`prepare` reads the question, which is not measured where two engines answer the same query."""

    name: str

    def prepare(self, asked: Asked) -> Any: ...
    def answer(self, asked: Asked, prepared: Any) -> Answer: ...


class Own:
    """The search of the site: the index and the table of facets, as `search.queries` uses them."""

    name = "this site"

    def __init__(self, index: SearchIndex, facets: FacetTable) -> None:
        self._index, self._facets = index, facets

    def prepare(self, asked: Asked) -> Query:
        with self._index.reader() as reader:
            if not asked.unfinished:
                return understand(asked.text, reader, {})
            endings = reader.beginning(Form.FOLDED, iy(fold(asked.text)), MOST_ENDINGS)
            clause = tuple(Term(Form.FOLDED, word, 1.0) for word in endings)
            return Query((clause,)) if clause else Query()

    def answer(self, asked: Asked, prepared: Query) -> Answer:
        with self._index.reader() as reader:
            hits = reader.search(prepared).of("product")
        counts: Mapping[str, Mapping[str, int]] = {}
        if asked.counted:
            selection = self._facets.select(asked.chosen, within=hits.numbers)
            hits, counts = hits.only(self._facets.holds(selection, hits.numbers)), selection.counts
        first = (asked.page - 1) * PAGE
        return Answer(len(hits), hits.ids[first : first + PAGE], counts)


class OwnFromText(Own):
    """The same with the reading of the question: marks, typing methods, neighbours, typos."""

    name = "this site, from the text"

    def prepare(self, asked: Asked) -> None:  # type: ignore[override]  # the answer reads the text itself
        """Nothing: it belongs to the answer."""

    def answer(self, asked: Asked, prepared: None) -> Answer:  # type: ignore[override]
        return super().answer(asked, super().prepare(asked))


class Tantivy:
    """Tantivy with the same words in the same forms, asked by the same query."""

    name = "Tantivy"

    def __init__(self, corpus: Corpus, folder: Path, own: Own) -> None:
        sys.path.append(str(TANTIVY))
        import tantivy

        self._module, self._own = tantivy, own
        builder = tantivy.SchemaBuilder()
        for form in FORMS:
            builder.add_text_field(form.value, tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("id", fast=True)
        for facet in COUNTED:
            builder.add_text_field(facet, tokenizer_name="raw", fast=True, index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        writer = self._index.writer(WRITER_BYTES, 1)
        for document, values in zip(corpus.documents, corpus.values, strict=True):
            row = tantivy.Document()
            told = indexed(document)
            for form in FORMS:
                row.add_text(form.value, " ".join(f"{word} " * times for word, times in told[form]))
            row.add_integer("id", document.id)
            for facet in COUNTED:
                for value in values.get(facet, ()):
                    row.add_text(facet, value)
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, asked: Asked) -> Query:
        return self._own.prepare(asked)

    def answer(self, asked: Asked, prepared: Query) -> Answer:
        if not prepared:
            return Answer(0, (), {})
        must, should = self._module.Occur.Must, self._module.Occur.Should
        parts = [(must, self._any(clause)) for clause in prepared.clauses]
        parts += [(should, self._term(term)) for term in prepared.welcome]
        return self._read(asked, parts)

    def _read(self, asked: Asked, parts: list[Any]) -> Answer:
        searcher, counts = self._searcher, {}
        if asked.counted:
            filters = {facet: self._values(facet, values) for facet, values in asked.chosen.items()}
            counts = self._counts(parts, filters)
            parts = [*parts, *((self._module.Occur.Must, each) for each in filters.values())]
        query = self._module.Query.boolean_query(parts)
        found = searcher.search(query, limit=PAGE, offset=(asked.page - 1) * PAGE)
        return Answer(
            found.count, searcher.fast_field_values("id", [place for _, place in found.hits]), counts
        )

    def _counts(self, parts: list[Any], filters: Mapping[str, Any]) -> dict[str, dict[str, int]]:
        """A facet's own choice does not narrow its counts: a query for each chosen, one for the rest."""
        counts = {}
        for own in (*filters, None):
            facets = [own] if own else [facet for facet in COUNTED if facet not in filters]
            others = [(self._module.Occur.Must, each) for facet, each in filters.items() if facet != own]
            wanted = {facet: {"terms": {"field": facet, "size": 200}} for facet in facets}
            told = self._searcher.aggregate(self._module.Query.boolean_query([*parts, *others]), wanted)
            for facet in facets:
                counts[facet] = {each["key"]: each["doc_count"] for each in told[facet]["buckets"]}
        return counts

    def _any(self, clause: Sequence[Term]) -> Any:
        should = self._module.Occur.Should
        return self._module.Query.boolean_query([(should, self._term(term)) for term in clause])

    def _term(self, term: Term) -> Any:
        query = self._module.Query
        plain = query.term_query(self._schema, term.form.value, term.text, "freq")
        return plain if term.weight == 1 else query.boost_query(plain, term.weight)

    def _values(self, facet: str, values: Sequence[str]) -> Any:
        return self._module.Query.term_set_query(self._schema, facet, list(values))


class TantivyAlone(Tantivy):
    """Tantivy as one would use it by itself: folded words, all of them; one slip where a word is unknown."""

    name = "Tantivy, folded words only"

    def __init__(self, other: Tantivy) -> None:
        """Asks the index that the other one made."""
        self.__dict__.update(other.__dict__)

    def prepare(self, asked: Asked) -> None:  # type: ignore[override]  # the answer reads the text itself
        """Nothing: it belongs to the answer."""

    def answer(self, asked: Asked, prepared: None) -> Answer:  # type: ignore[override]
        must = self._module.Occur.Must
        parts = [(must, self._word(iy(fold(word.text)), asked)) for word in words(asked.text)]
        return self._read(asked, parts) if parts else Answer(0, (), {})

    def _word(self, word: str, asked: Asked) -> Any:
        query = self._module.Query
        if asked.unfinished:
            return query.regex_query(self._schema, "f", f"{word}.*")
        if self._searcher.doc_freq("f", word):
            return query.term_query(self._schema, "f", word, "freq")
        return query.fuzzy_term_query(self._schema, "f", word, 1)


class Fts5:
    """SQLite's full-text search over the same folded text."""

    name = "FTS5"

    def __init__(self, corpus: Corpus, file: Path) -> None:
        self._database = sqlite3.connect(file)
        self._database.executescript(
            """
            CREATE VIRTUAL TABLE product USING fts5(names, words, texts, tokenize="unicode61");
            CREATE TABLE facet (
              id INTEGER, facet TEXT, value TEXT, PRIMARY KEY (facet, id, value)
            ) WITHOUT ROWID;
            """
        )
        with self._database:
            self._database.executemany(
                "INSERT INTO product (rowid, names, words, texts) VALUES (?, ?, ?, ?)",
                (
                    (each.id, *(_folded(texts) for texts in (each.names, each.words, each.texts)))
                    for each in corpus.documents
                ),
            )
            self._database.executemany(
                "INSERT OR IGNORE INTO facet VALUES (?, ?, ?)",
                (
                    (document.id, facet, value)
                    for document, values in zip(corpus.documents, corpus.values, strict=True)
                    for facet in COUNTED
                    for value in values.get(facet, ())
                ),
            )
            self._database.execute("INSERT INTO product (product) VALUES ('optimize')")

    def prepare(self, asked: Asked) -> None:
        """Nothing: it belongs to the answer."""

    def answer(self, asked: Asked, prepared: None) -> Answer:
        sought = " ".join(f'"{iy(fold(word.text))}"' for word in words(asked.text))
        if not sought:
            return Answer(0, (), {})
        match = sought + "*" if asked.unfinished else sought
        chosen = [(facet, value) for facet, values in asked.chosen.items() for value in values]
        given = [match, *(each for pair in chosen for each in pair)]
        fitting = "FROM product WHERE product MATCH ?" + " AND rowid IN " * bool(chosen)
        fitting += " AND rowid IN ".join([WITH_VALUE] * len(chosen))
        first = (asked.page - 1) * PAGE
        run = self._database.execute
        (total,) = run(f"SELECT count(*) {fitting}", given).fetchone()
        rows = run(
            f"SELECT rowid {fitting} ORDER BY bm25(product, 6, 2, 1) LIMIT {PAGE} OFFSET {first}",
            given,
        ).fetchall()
        return Answer(total, [row[0] for row in rows], self._counts(asked, match) if asked.counted else {})

    def _counts(self, asked: Asked, match: str) -> dict[str, Counter[str]]:
        counts: dict[str, Counter[str]] = {}
        for own in COUNTED:
            others = [pair for pair in asked.chosen.items() if pair[0] != own]
            narrowed = f" AND id IN {WITH_VALUE}" * len(others)
            rows = self._database.execute(
                COUNTING + narrowed + " GROUP BY value",
                [own, match, *(each for facet, values in others for each in (facet, values[0]))],
            )
            counts[own] = Counter(dict(rows.fetchall()))
        return counts


def _folded(texts: Sequence[str]) -> str:
    return " ".join(iy(fold(word.text)) for text in texts for word in words(text))

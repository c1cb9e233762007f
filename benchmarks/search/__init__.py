"""How quickly the search answers, beside Tantivy and SQLite's FTS5: `python -m benchmarks.search`."""

"""What readers look for in vain is counted once, and nothing of them with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from catalogue.adapters.day_files import MOST_BYTES, DayFiles
from catalogue.database import db, transaction
from catalogue.kernel.language import Language
from catalogue.search import misses

DAY, NEXT, LATER = date(2026, 11, 26), date(2026, 11, 27), date(2026, 11, 30)


@pytest.fixture
def files(tmp_path: Path) -> DayFiles:
    return DayFiles(tmp_path / "misses")


def fold(app: Flask, files: DayFiles, day: date) -> list[tuple[str, str, int, date]]:
    with app.app_context():
        with transaction():
            misses.fold(files, day)
        found, _ = misses.missed("", "", "number", 0, 100, descending=True)
        return [(one.words, one.language, one.number, one.last_on) for one in found]


def test_the_same_words_are_counted_by_language_with_the_last_day(app: Flask, files: DayFiles) -> None:
    for text, language, day in (
        ("Zirconia", Language.VI, DAY),
        (" zirconia ", Language.VI, NEXT),
        ("zirconia", Language.EN, DAY),
    ):
        misses.note(files, text, language, day)
    assert fold(app, files, NEXT) == [("zirconia", "vi", 2, NEXT), ("zirconia", "en", 1, DAY)]


def test_folding_twice_counts_once_and_goes_on_where_it_stood(app: Flask, files: DayFiles) -> None:
    misses.note(files, "zirconia", Language.VI, DAY)
    first = fold(app, files, DAY)
    assert fold(app, files, DAY) == first
    misses.note(files, "zirconia", Language.VI, DAY)
    assert [number for _, _, number, _ in fold(app, files, DAY)] == [2]


def test_what_is_not_committed_is_counted_the_next_time(app: Flask, files: DayFiles) -> None:
    misses.note(files, "zirconia", Language.VI, DAY)
    with app.app_context():
        misses.fold(files, DAY)
        db.session.rollback()
    assert [number for _, _, number, _ in fold(app, files, DAY)] == [1]


def test_files_of_days_long_over_are_taken_away(app: Flask, files: DayFiles) -> None:
    misses.note(files, "zirconia", Language.VI, DAY)
    fold(app, files, LATER)
    assert [number for _, _, number, _ in fold(app, files, LATER)] == [1]
    assert files.names() == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "!!!",
        "lan@example.test",
        "0912 345 678",
        "0912.345.678",
        "x" * 81,
        "a b c d e f g h i",
        "www.x.vn",
    ],
)
def test_what_may_tell_of_a_person_or_is_no_question_is_not_noted(files: DayFiles, text: str) -> None:
    misses.note(files, text, Language.VI, DAY)
    assert files.names() == []


def test_half_a_line_waits_and_rubbish_is_passed_over(app: Flask, files: DayFiles, tmp_path: Path) -> None:
    misses.note(files, "zirconia", Language.VI, DAY)
    with (tmp_path / "misses" / "2026-11-26.jsonl").open("ab") as file:
        file.write(
            b'\xff\n[1]\n{"words": "a@b.c", "language": "vi"}\n{"words": "x", "language": "fr"}\n{"wor'
        )
    assert [said for said, _, _, _ in fold(app, files, DAY)] == ["zirconia"]
    with (tmp_path / "misses" / "2026-11-26.jsonl").open("ab") as file:
        file.write(b'ds": "jade", "language": "en"}\n')
    assert {said for said, _, _, _ in fold(app, files, DAY)} == {"zirconia", "jade"}


def test_a_day_takes_only_so_much(files: DayFiles, tmp_path: Path) -> None:
    folder = tmp_path / "misses"
    folder.mkdir()
    (folder / "2026-11-26.jsonl").write_bytes(b"x" * MOST_BYTES)
    misses.note(files, "zirconia", Language.VI, DAY)
    assert (folder / "2026-11-26.jsonl").stat().st_size == MOST_BYTES

"""Tables as people send them: every kind of file, and files that are meant to hurt."""

from __future__ import annotations

import contextlib
import io
import itertools
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.adapters.sheets import reading
from catalogue.adapters.sheets.csv_tables import Style, csv_table
from catalogue.adapters.sheets.workbooks import Column, workbook
from catalogue.kernel.errors import RuleBroken

ROWS = (("tên", "giá"), ("Cà phê Cầu Đất; loại 1, rang", "1.250.000"))
XLS = Path("tests/data/sheets/written-by-xlwt.xls")
# What XML can hold; a stored text has no other signs that anybody could see.
LEGIBLE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=40)


def csv_of(separator: str) -> str:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.mark.parametrize(
    ("separator", "encoding"),
    list(itertools.product(",;\t", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])),
)
def test_csv_whatever_its_separator_and_its_letters(separator: str, encoding: str) -> None:
    [table] = reading.read(csv_of(separator).encode(encoding))
    assert table.rows == ROWS


def test_the_old_code_page_of_vietnamese_windows() -> None:
    decomposed = "te\u0302n;gi\u00e1\r\nTra\u0300;1"  # ê is a letter there, the tone stands behind it
    [table] = reading.read(decomposed.replace("e\u0302", "\u00ea").encode("cp1258"))
    assert table.rows[0] == ("tên", "giá")
    assert table.rows[1][0] == "Tra\u0300"


def test_a_line_that_names_the_separator_is_believed() -> None:
    [table] = reading.read(b"sep=;\r\na,b;c\r\n1;2")
    assert table.rows[1:] == (("a,b", "c"), ("1", "2"))


def test_a_cell_of_several_lines_stays_one() -> None:
    [table] = reading.read(b'a;b\r\n"x\ny";2')
    assert table.rows[1] == ("x\ny", "2")


def test_the_old_excel() -> None:
    [table] = reading.read(XLS.read_bytes())
    assert table.name == "Sản phẩm"
    assert table.rows[1] == ("Trà ô long", "tea", 95000.0, "0902.10")
    assert table.rows[2][0] == date(2027, 3, 4)


def ods(rows_xml: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            f'<office:body><office:spreadsheet><table:table table:name="S">{rows_xml}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def test_libreoffice() -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="95000"/>'
    day = '<table:table-cell office:value-type="date" office:date-value="2027-03-04"/>'
    body = ods(f"<table:table-row>{text.format('Trà')}{number}{day}</table:table-row>")
    [table] = reading.read(body)
    assert table.rows == (("Trà", 95000.0, date(2027, 3, 4)),)


def test_codes_and_texts_that_look_like_formulas_are_text_cells() -> None:
    """field-s11 and field-s27."""
    line = [
        *("0017", "09520123456788", "000123", "0902.10", "0263 000 0000"),
        *('=HYPERLINK("http://evil.example";"x")', "@SUM(A1:A9)", "-5 °C", "+84 263 000 0000", -12),
    ]
    columns = [Column(str(place), f"C{place}") for place in range(len(line))]
    body = workbook("S", columns, [line])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-12</v>" in sheet
    [table] = reading.read(body)
    assert list(table.rows[2]) == line
    [table] = reading.read(csv_table(["x"] * len(line), [line]))
    assert list(table.rows[1]) == [*line[:-1], "-12"]


@settings(max_examples=25)
@given(st.lists(st.lists(LEGIBLE, min_size=2, max_size=2), min_size=1, max_size=20))
def test_what_is_written_is_read_as_the_same(lines: list[list[str]]) -> None:
    expected = [tuple(cell or None for cell in line) for line in lines]
    [table] = reading.read(workbook("S", [Column("a", "A"), Column("b", "B")], lines))
    padded = [*table.rows[2:], *[(None, None)] * len(lines)][: len(lines)]
    assert padded == expected
    for style in Style:
        [table] = reading.read(csv_table(["a", "b"], lines, style))
        assert [row for row in table.rows[1:] if row] == [row for row in expected if row]


def test_the_drop_down_offers_the_choices() -> None:
    body = workbook("S", [Column("a", "A", choices=("một", "hai"))], [])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "_!$A$1:$A$2" in sheet
    assert 'hidden="1"' in sheet  # the row of the codes
    assert [table.name for table in reading.read(body)] == ["S"]


def refused(body: bytes) -> str:
    with pytest.raises(RuleBroken) as broken:
        reading.read(body)
    return broken.value.code


def test_what_is_no_sheet_is_refused() -> None:
    assert refused(b"") == "sheet.empty"
    assert refused(b"PK\x03\x04 and nothing") == "sheet.unreadable"
    assert refused(XLS.read_bytes()[:2000]) == "sheet.unreadable"
    assert refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") == "sheet.unreadable"
    assert refused(b"\xff\xfea") == "sheet.unreadable"


def test_too_much_is_refused_before_it_is_read() -> None:
    assert refused(b"a" * (reading.MOST_BYTES + 1)) == "sheet.too_large"
    assert refused(b"a,b\n" * (reading.MOST_ROWS + 1)) == "sheet.too_long"
    assert refused(workbook("S", [Column("a", "A")], [["x"]] * reading.MOST_ROWS)) == "sheet.too_long"


def xlsx_with(sheet: str) -> bytes:
    """A workbook whose sheet is replaced."""
    given_book, file = workbook("S", [Column("a", "A")], [["x"]]), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(given_book)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else body)
    return file.getvalue()


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "</worksheet>"
)


ENDS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
EVERYWHERE = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
    ' table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(xlsx_with(SHEET.format(ENDS)), id="two cells at the ends of the world"),
        pytest.param(xlsx_with(SHEET.format(" " * 200_000_000)), id="packed blanks"),
        pytest.param(ods(EVERYWHERE), id="one cell said to stand everywhere"),
    ],
)
def test_a_file_that_would_fill_the_machine_ends_by_itself(body: bytes) -> None:
    began = time.monotonic()
    with contextlib.suppress(RuleBroken):
        assert all(len(table.rows) <= reading.MOST_ROWS for table in reading.read(body))
    assert time.monotonic() - began < reading.PATIENCE_S

"""Documents for paper: the letters, the codes, the tags, and that nothing is fetched from anywhere."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from catalogue.adapters import qr
from catalogue.adapters.pdf import documents
from catalogue.adapters.pdf.documents import pdf
from catalogue.kernel.errors import OutsideFailure
from tests import paper

CSS = """
@font-face { font-family: "Be Vietnam Pro"; src: url("piece:BeVietnamPro_400Regular.ttf") }
body { font-family: "Be Vietnam Pro" }
.code { width: 25mm }
"""
ADDRESS = "https://catalogue.test/vi/san-pham/khan-tho-cam-rong-18-cm"

pytestmark = paper.needs_programs


def document(body: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><head><title>Tờ chào hàng</title></head><body>{body}</body></html>'
    )


def test_vietnamese_letters_are_read_back_as_they_are() -> None:
    said = "Nguyễn Thị Thuỷ bán ruốc nấm, rượu cần, khăn thổ cẩm: 1.250.000 ₫ (K’Ho, Đắk, ữ ợ ẵ ẫ)"
    assert said in paper.words(pdf(document(f"<p>{said}</p>"), CSS, {}))


def test_the_document_is_tagged_and_says_its_language_and_title() -> None:
    written = pdf(document("<h1>Một</h1><p>Hai</p>"), CSS, {})
    told = paper.about(written)
    assert (told["Tagged"], told["Title"]) == ("yes", "Tờ chào hàng")
    assert "pdfuaid:part" in paper.metadata(written)


def test_a_code_is_read_from_paper_by_another_program() -> None:
    body = document('<p><img class="code" src="piece:code.svg" alt="Mã"></p>')
    assert paper.codes(pdf(body, CSS, {"code.svg": qr.svg(ADDRESS)})) == [ADDRESS]


def test_a_code_is_read_on_a_black_ground_for_its_margin_is_its_own() -> None:
    page = document(
        '<p style="background: #000; padding: 20mm"><img class="code" src="piece:a" alt="Mã"></p>'
    )
    assert paper.codes(pdf(page, CSS, {"a": qr.svg(ADDRESS)})) == [ADDRESS]
    [drawn] = paper.pages(pdf(page, CSS, {"a": qr.svg(ADDRESS)}))
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))
    assert found.format == zxingcpp.BarcodeFormat.QRCode


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "piece:../secret", "data:text/plain,x"]
)
def test_nothing_is_fetched_from_any_address(address: str, tmp_path: Path) -> None:
    body = f'<link rel="stylesheet" href="{address}"><img src="{address}" alt="nothing"><p>Còn đây</p>'
    written = pdf(document(body), CSS + f'@import url("{address}");', {})
    assert "Còn đây" in paper.words(written)
    assert b"/EmbeddedFile" not in written


def test_a_machine_without_the_libraries_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "typesetting.py"
    shutil.copy(documents.PROGRAM, program)
    program.write_text(
        program.read_text("utf-8").replace("from weasyprint import", "from no_weasyprint import")
    )
    monkeypatch.setattr(documents, "PROGRAM", program)
    with pytest.raises(OutsideFailure, match=r"pdf.unavailable"):
        pdf(document("<p>Một</p>"), CSS, {})

"""Finds wordings that bypass gettext: text written into templates, Vietnamese written into code."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent

# The same in both languages: names, a language's own name for itself, marks of programmes.
NAMES = re.compile(
    r"Đà Lạt|Lâm Đồng|Kết tinh kỳ diệu từ đất lành|Tiếng Việt|English|Bảo Lộc|Cầu Đất|K['’]Ho|Chu Ru"
    r"|OCOP|VietGAP|ISO|\b(VI|EN)\b"
)
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label", "aria-description", "label")
SILENT_ELEMENTS = ("script", "style", "code", "svg")
EXPRESSION = "\ue000"  # stands where the template puts a value in
# A macro may write attributes, a block named …_class fills one; neither is read by anybody.
UNSPOKEN = re.compile(r'[\w-]+="[^"]*"')
CLASS_BLOCK = re.compile(r"\{%-?\s*block \w+_class\s*-?%\}[^{]*\{%-?\s*endblock")
# Vietnamese letters and the little words that a search passes over are what these rooms are about.
VIETNAMESE_IS_MEANT = ("catalogue/kernel/text.py", "catalogue/kernel/misread.py", "catalogue/search/rules/")


def in_templates(root: Path = ROOT) -> Iterator[str]:
    """Words that a reader would see or hear as they stand in a template, each with its place."""
    for path in sorted((root / "templates").rglob("*.html")):
        for line, text in spoken_text(path.read_text("utf-8")):
            yield f"{path.relative_to(root)}:{line}: {text}"


def spoken_text(source: str) -> list[tuple[int, str]]:
    """The literal words of a template outside its `trans` blocks, with their lines."""
    reader = _SpokenText()
    reader.feed(_without_expressions(CLASS_BLOCK.sub("{% endblock", source)))
    reader.close()
    return [
        (line, text) for line, text in reader.found if LETTERS.search(UNSPOKEN.sub("", NAMES.sub("", text)))
    ]


def in_code(root: Path = ROOT) -> Iterator[str]:
    """Vietnamese in string literals of Python, each with its place; docstrings may quote it."""
    for path in sorted((root / "catalogue").rglob("*.py")):
        place = path.relative_to(root).as_posix()
        if place.startswith((*VIETNAMESE_IS_MEANT, "catalogue/migrations/")):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        quoted = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in quoted
                and VIETNAMESE.search(NAMES.sub("", node.value))
            ):
                yield f"{place}:{node.lineno}: {node.value.strip()[:80]}"


def _without_expressions(source: str) -> str:
    """The template's HTML alone, line for line; a value or a translation becomes a sign."""
    kept: list[str] = []
    translated = False
    opened = ""
    for _, kind, value in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lexer.tokeniter(
        source, None
    ):
        newlines = "\n" * value.count("\n")
        if kind == "data" and not translated:
            kept.append(value)
            continue
        if kind == "variable_begin":
            kept.append(EXPRESSION)
        elif kind == "block_begin":
            opened = "block"
        elif opened and kind == "name":
            translated = value == "trans" or (translated and value != "endtrans")
            opened = ""
        kept.append(newlines)
    return "".join(kept)


class _SpokenText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT_ELEMENTS:
            self._silent.append(tag)
        for name, value in attrs:
            if name in SPOKEN_ATTRIBUTES and value:
                self._keep(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._keep(data)

    def _keep(self, text: str) -> None:
        words = " ".join(text.replace(EXPRESSION, "…").split())
        if words:
            self.found.append((self.getpos()[0], words))


def main() -> int:
    found = [*in_templates(), *in_code()]
    print("\n".join(found) or "Every wording goes through gettext.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

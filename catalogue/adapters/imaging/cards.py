"""The cards that stand for a page where its address is shared, drawn with Pillow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from PIL import Image, ImageDraw, ImageFont

from catalogue.kernel import weave
from catalogue.kernel.card import HEIGHT, WIDTH, Card

WEFT = 4  # pixels a weft of the band
MARGIN = 72
PAPER, INK, SOFT, LINK = "#fcfdfa", "#102821", "#41574f", "#0d5d50"
COLOURS = 128  # of the finished picture: enough for smooth type, and a small file

FONTS = Path(__file__).parent.parent / "fonts"
DISPLAY = FONTS / "Brygada1918_600SemiBold.ttf"
TEXT = FONTS / "BeVietnamPro_400Regular.ttf"
STRONG = FONTS / "BeVietnamPro_600SemiBold.ttf"
# Sizes of the name, the largest first: the first at which it fits its lines is taken.
NAME_SIZES = (84, 76, 68, 60, 54, 48, 42)
NAME_LINES = 3
BALANCE = 40  # pixels by which lines are narrowed at a time, to make them more equal
NAME_TOP = 108  # below the line that says what kind of thing it is
LEADING, BASELINE = 1.2, 0.79  # lines of Vietnamese need room for stacked marks, above more than below


def draw_card(card: Card) -> bytes:
    """The card as a PNG of 1200 × 630 pixels."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    band = _band(card.band)
    floor = HEIGHT - band.height
    picture.paste(band, (0, floor))
    pen = ImageDraw.Draw(picture)
    room = WIDTH - 2 * MARGIN
    label, small = ImageFont.truetype(STRONG, 30), ImageFont.truetype(TEXT, 30)
    pen.text((MARGIN, 84), card.kind, font=label, fill=LINK, anchor="ls")
    pen.text((WIDTH - MARGIN, 84), card.site, font=label, fill=INK, anchor="rs")
    pen.text((MARGIN, floor - 36), fit_line(card.note, small, room), font=small, fill=SOFT, anchor="ls")
    for baseline, line, font in place_name(card.name, room, NAME_TOP, floor - 84):
        pen.text((MARGIN, baseline), line, font=font, fill=INK, anchor="ls")
    stored = BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(stored, "PNG", optimize=True)
    return stored.getvalue()


def place_name(name: str, width: int, top: int, bottom: int) -> list[tuple[int, str, ImageFont.FreeTypeFont]]:
    """Baseline, words and type of each line of a name, the whole in the middle between `top` and `bottom`."""
    lines, font = fit_name(normalize("NFC", name), width)
    step = int(font.size * LEADING)
    first = top + (bottom - top - step * len(lines)) // 2 + int(step * BASELINE)
    return [(first + number * step, line, font) for number, line in enumerate(lines)]


def fit_name(name: str, width: int) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The name in as few and as large lines as fit; a name too long even when small ends in “…”."""
    font = ImageFont.truetype(DISPLAY, NAME_SIZES[-1])
    for size in NAME_SIZES:
        font = ImageFont.truetype(DISPLAY, size)
        lines = list(_lines(name.split(), font, width))
        most = 2 if size > 60 else NAME_LINES
        if len(lines) <= most and all(font.getlength(line) <= width for line in lines):
            return _balanced(lines, font, width), font
    lines = list(_lines(name.split(), font, width))
    kept = lines[: NAME_LINES - 1]
    rest = " ".join(lines[NAME_LINES - 1 :])
    return [fit_line(line, font, width) for line in [*kept, rest] if line], font


def fit_line(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, shortened with “…” where it is wider than that."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


def _lines(words: Sequence[str], font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _balanced(lines: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The same words in as many lines of more equal length, so that none is left alone on the last."""
    words = " ".join(lines).split()
    for narrower in range(width, width // 2, -BALANCE):
        found = list(_lines(words, font, narrower))
        if len(found) > len(lines) or any(font.getlength(line) > width for line in found):
            break
        lines = found
    return lines


def _band(code: str) -> Image.Image:
    """The maker's band over the whole width, the cloth's repeat laid side by side."""
    one = _cloth(weave.draft(code, weave.Kind.BAND))
    band = Image.new("RGB", (WIDTH, one.height))
    for left in range(0, WIDTH, one.width):
        band.paste(one, (left, 0))
    return band


def _cloth(draft: weave.Draft) -> Image.Image:
    """One repeat of a cloth; each weft is a little thinner than its row, so that it reads as cloth."""
    picture = Image.new("RGB", (draft.width * WEFT, len(draft.rows) * WEFT), draft.dyes[0])
    pen = ImageDraw.Draw(picture)
    shade = _darker(draft.dyes[0])
    for y, row in enumerate(draft.rows):
        foot = y * WEFT + WEFT - 1
        for x, thread in enumerate(row):
            if thread:
                box = (x * WEFT, y * WEFT, x * WEFT + WEFT - 1, foot)
                pen.rectangle(box, fill=draft.dyes[thread])
        pen.line((0, foot, picture.width, foot), fill=shade)
    return picture


def _darker(colour: str) -> tuple[int, ...]:
    return tuple(int(int(colour[at : at + 2], 16) * 0.86) for at in (1, 3, 5))

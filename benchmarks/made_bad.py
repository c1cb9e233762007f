"""Photographs made bad in known ways, the same ones on every run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

FONT = Path("catalogue/adapters/fonts/BeVietnamPro_400Regular.ttf")
TEXT = (
    "gốm đỏ Đà Lạt bán tại vườn mỗi sáng mua hai tặng một giao hàng tận nhà xin gọi số điện thoại giá một"
    " trăm nghìn đồng ảnh hôm nay bình luận chia sẻ thích trả lời xem thêm"
)
WORDS = TEXT.split()
PHONES = ((720, 1600), (1080, 2340), (1080, 1920))
COMPUTERS = ((1366, 768), (1920, 1080))
LIGHT_SCREEN = ((255, 255, 255), (20, 20, 25))
DARK_SCREEN = ((18, 18, 20), (230, 230, 230))
BARS = ((240, 242, 245), (24, 119, 242), (0, 104, 255), (255, 255, 255))
# Left, top, right and bottom of each picture, as shares of the whole.
COLLAGES = (
    ((0, 0, 1 / 2, 1), (1 / 2, 0, 1, 1)),
    ((0, 0, 1, 1 / 2), (0, 1 / 2, 1, 1)),
    ((0, 0, 1 / 2, 1 / 2), (1 / 2, 0, 1, 1 / 2), (0, 1 / 2, 1 / 2, 1), (1 / 2, 1 / 2, 1, 1)),
    ((0, 0, 0.62, 1), (0.62, 0, 1, 1 / 2), (0.62, 1 / 2, 1, 1)),
    ((0, 0, 1 / 3, 1), (1 / 3, 0, 2 / 3, 1), (2 / 3, 0, 1, 1)),
)
GUTTERS = ((255, 255, 255), (255, 255, 255), (0, 0, 0), (245, 230, 200))

Change = Callable[[Image.Image], Image.Image]


def saved_again(picture: Image.Image, quality: int = 82) -> Image.Image:
    """As a phone or an app saves it: JPEG."""
    body = BytesIO()
    picture.convert("RGB").save(body, "JPEG", quality=quality)
    return Image.open(BytesIO(body.getvalue())).convert("RGB")


def exposed(stops: float) -> Change:
    """The same scene with 2^stops times the light; what is brighter than white is cut off."""
    levels = [_srgb(_linear(level / 255) * 2**stops) for level in range(256)]
    return lambda picture: picture.point(levels * 3)


def _linear(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def _srgb(light: float) -> int:
    light = min(1, light)
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def out_of_focus(share: float) -> Change:
    """Blurred by a Gaussian of so much of the longer side."""
    return lambda picture: picture.filter(ImageFilter.GaussianBlur(max(picture.size) * share))


def shaken(share: float) -> Change:
    """Moved sideways by so much of the longer side while it was taken."""
    return lambda picture: picture.filter(ImageFilter.BoxBlur((max(picture.size) * share / 2, 0)))


def smaller(longer: int) -> Change:
    """With so many pixels along its longer side."""
    return lambda picture: ImageOps.contain(picture, (longer, longer))


def cut(share: float) -> Change:
    """With so much of every side cut off."""

    def change(picture: Image.Image) -> Image.Image:
        across, down = round(picture.width * share), round(picture.height * share)
        return picture.crop((across, down, picture.width - across, picture.height - down))

    return change


def brighter(factor: float) -> Change:
    """As the slider of a phone does it."""
    return lambda picture: ImageEnhance.Brightness(picture).enhance(factor)


def screenshot(picture: Image.Image, chance: Random) -> Image.Image:
    """A post with its text around the photograph, on a phone or computer."""
    size = chance.choice(PHONES + COMPUTERS)
    ground, ink = chance.choice((LIGHT_SCREEN, LIGHT_SCREEN, DARK_SCREEN))
    bar = (36, 37, 38) if ground == DARK_SCREEN[0] else chance.choice(BARS)
    on_bar = LIGHT_SCREEN[1] if sum(bar) > 380 else LIGHT_SCREEN[0]
    screen = Image.new("RGB", size, ground)
    draw, unit = ImageDraw.Draw(screen), min(size) // 40
    font = ImageFont.truetype(FONT, round(unit * 1.3))
    draw.rectangle((0, 0, size[0], unit * 6), fill=bar)
    draw.text((unit, unit * 0.3), "9:41   4G  87%", font=font, fill=on_bar)
    draw.text((unit * 2, unit * 3), " ".join(chance.sample(WORDS, 4)), font=font, fill=on_bar)
    longest = 7 if size[1] > size[0] else 16

    def write(y: int, lines: int) -> int:
        for line in range(lines):
            words = " ".join(chance.choices(WORDS, k=chance.randint(4, longest)))
            draw.text((unit * 2, y + line * unit * 2), words, font=font, fill=ink)
        return y + (lines * 2 + 1) * unit

    y = write(unit * 7, chance.randint(3, 6))
    shown = ImageOps.fit(picture, (size[0], round(size[1] * chance.uniform(0.25, 0.45))))
    screen.paste(shown, (0, y))
    y += shown.height + unit
    while y < size[1] - unit * 6:
        y = write(y, 2)
    draw.rectangle((0, size[1] - unit * 4, *size), fill=bar)
    return screen


def gallery(picture: Image.Image, chance: Random) -> Image.Image:
    """A phone's gallery, caught with the photograph between two bars."""
    size = chance.choice(PHONES[:2])
    ground, ink = chance.choice((((0, 0, 0), (255, 255, 255)), ((255, 255, 255), (0, 0, 0))))
    screen = Image.new("RGB", size, ground)
    draw, unit = ImageDraw.Draw(screen), size[0] // 40
    font = ImageFont.truetype(FONT, round(unit * 1.3))
    draw.text((unit, unit * 0.3), "9:41   4G  87%", font=font, fill=ink)
    draw.text((unit * 2, unit * 4), "Hôm qua 16:05", font=font, fill=ink)
    shown = ImageOps.fit(picture, (size[0], round(size[0] * chance.choice((0.75, 1, 1.33)))))
    screen.paste(shown, (0, (size[1] - shown.height) // 2))
    for button in range(4):
        x, y = size[0] * (button + 0.5) / 4, size[1] - unit * 3
        draw.rectangle((x - unit, y - unit, x + unit, y + unit), outline=ink, width=max(2, unit // 6))
    return screen


def collage(pictures: Sequence[Image.Image], chance: Random) -> Image.Image:
    """Two to four of the photographs with gutters between them, as collage programs make it."""
    width = chance.choice((1080, 1440, 2048))
    height = round(width * chance.choice((0.8, 1, 1.25)))
    gutter = round(width * chance.choice((0.006, 0.01, 0.02)))
    border = gutter if chance.random() < 0.6 else 0
    sheet = Image.new("RGB", (width, height), chance.choice(GUTTERS))
    cells = chance.choice(COLLAGES)
    for (left, top, right, bottom), picture in zip(cells, chance.sample(pictures, len(cells)), strict=True):
        x = round(left * width) + (gutter // 2 if left else border)
        y = round(top * height) + (gutter // 2 if top else border)
        x_end = round(right * width) - (gutter - gutter // 2 if right < 1 else border)
        y_end = round(bottom * height) - (gutter - gutter // 2 if bottom < 1 else border)
        sheet.paste(ImageOps.fit(picture, (x_end - x, y_end - y)), (x, y))
    return sheet

"""How alike two pictures of one size look: the structural similarity of their brightness (SSIM)."""

from __future__ import annotations

from PIL import Image, ImageMath

# Wang, Bovik, Sheikh and Simoncelli (2004), with even windows of 8 × 8 pixels, four pixels apart.
STEP = 4
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def ssim(one: Image.Image, other: Image.Image) -> float:
    """From about 0 (nothing in common) to 1 (the same)."""
    x, y = (picture.convert("L").convert("F") for picture in (one, other))
    mean_x, mean_y = _windows(x), _windows(y)
    likeness = ImageMath.lambda_eval(
        lambda m: (
            ((2 * m["mx"] * m["my"] + C1) * (2 * (m["xy"] - m["mx"] * m["my"]) + C2))
            / (
                (m["mx"] * m["mx"] + m["my"] * m["my"] + C1)
                * (m["xx"] - m["mx"] * m["mx"] + m["yy"] - m["my"] * m["my"] + C2)
            )
        ),
        mx=mean_x,
        my=mean_y,
        xx=_windows(_product(x, x)),
        yy=_windows(_product(y, y)),
        xy=_windows(_product(x, y)),
    )
    value = likeness.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(value, float)
    return value


def _product(one: Image.Image, other: Image.Image) -> Image.Image:
    product: Image.Image = ImageMath.lambda_eval(lambda m: m["a"] * m["b"], a=one, b=other)
    return product


def _windows(picture: Image.Image) -> Image.Image:
    """The mean of each window, put together from four small squares."""
    squares = picture.reduce(STEP)
    width, height = squares.size
    if width < 2 or height < 2:
        return squares
    corners = {
        name: squares.crop((x, y, x + width - 1, y + height - 1))
        for name, x, y in (("a", 0, 0), ("b", 1, 0), ("c", 0, 1), ("d", 1, 1))
    }
    mean: Image.Image = ImageMath.lambda_eval(lambda m: (m["a"] + m["b"] + m["c"] + m["d"]) / 4.0, **corners)
    return mean

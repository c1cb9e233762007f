"""From a file's pixels to a picture as it is shown: upright, in sRGB, on white, of a given width."""

from __future__ import annotations

from PIL import Image

from catalogue.adapters.imaging import colours
from catalogue.adapters.imaging.reading import SWAPPED, Source, unfold
from catalogue.adapters.imaging.transparency import WHITE, alpha
from catalogue.kernel.photo import Rotation

# How much larger than needed a picture stays where it is reduced coarsely before the fine filter. A JPEG may
# come without such a margin from its decoder: that halves the work of 12 megapixels, at an SSIM of 0.99.
GAP = 2.0
# By Exif's orientation: what turns the stored picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ROTATIONS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def shown_size(source: Source, rotation: Rotation) -> tuple[int, int]:
    """Width and height of the whole picture as it is shown."""
    width, height = source.size
    return (height, width) if rotation in {90, 270} else (width, height)


def develop(source: Source, size: tuple[int, int], rotation: Rotation = 0) -> Image.Image:
    """The picture in RGB of exactly that size, which is no larger than the shown one. Raises NotTaken.

    The order saves most of the work: a JPEG is unfolded small, and turning and colours come after reducing.
    """
    if rotation in {90, 270}:
        size = size[::-1]
    stored = size[::-1] if source.orientation in SWAPPED else size
    picture = unfold(source, stored)
    picture = plain(picture)
    if picture.size != stored:
        picture = picture.resize(stored, Image.Resampling.LANCZOS, reducing_gap=GAP)
    if source.orientation in TURNS:
        picture = picture.transpose(TURNS[source.orientation])
    if rotation in ROTATIONS:
        picture = picture.transpose(ROTATIONS[rotation])
    picture = colours.to_srgb(picture, source.profile)
    picture.info = {}  # what a library would write into the new file by itself
    return picture


def plain(image: Image.Image) -> Image.Image:
    """The same picture with 8 bits a channel in L, RGB, CMYK or LAB; what is transparent stands on white."""
    if image.mode.startswith("I;16"):
        opaque = alpha(image)
        scale = 255 / (2 ** image.info.get("bits", 16) - 1)
        image = image.convert("I").point(lambda level: level * scale + 0.5).convert("L")
    elif image.mode in {"I", "F"}:
        return _stretched(image)
    else:
        opaque = alpha(image)
    if opaque is not None:
        image = (image.convert("RGBA") if image.mode == "P" else image).convert("RGB")
        return Image.composite(image, Image.new("RGB", image.size, WHITE), opaque)
    if image.mode in {"L", "RGB", "CMYK", "LAB"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Levels of no known range, as scientific files have them: from the darkest to the lightest."""
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    scale = 255 / (high - low) if high > low else 1
    return image.point(lambda level: level * scale + (0.5 - low * scale)).convert("L")

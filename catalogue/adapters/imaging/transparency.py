"""Where a picture can be seen through."""

from __future__ import annotations

from PIL import Image, ImageMath

OPAQUE = 255
WHITE = (255, 255, 255)


def alpha(image: Image.Image) -> Image.Image | None:
    """How opaque each pixel is, from 0 to 255; None where all of them are. The pixels must be unfolded."""
    if not image.has_transparency_data:
        return None
    channel = _sixteen_bit_mask(image) if image.mode.startswith("I;16") else _channel(image)
    low, _ = channel.getextrema()
    return None if low == OPAQUE else channel


def _channel(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA"}:
        return image.getchannel("A")
    return image.convert("RGBA").getchannel("A")


def _sixteen_bit_mask(image: Image.Image) -> Image.Image:
    """Of grey with 16 bits: one level is see-through."""
    key = image.info["transparency"]
    seen: Image.Image = ImageMath.lambda_eval(
        lambda given: (given["levels"] != key) * OPAQUE, levels=image.convert("I")
    )
    return seen.convert("L")


def on_white_around(image: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The part of a picture in that box (left, top, right, bottom) on a white ground of the whole size.

    No opacity of the whole is reckoned: around eight pixels there may be a hundred million.
    """
    part, ground = image.crop(box), Image.new("RGB", image.size, WHITE)
    ground.paste(part.convert("RGBA").convert("RGB"), box[:2], alpha(part))
    return ground

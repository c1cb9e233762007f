"""Codes that phones read, drawn by segno: dark on light whatever the theme, with the margin they need."""

from __future__ import annotations

import io

# In modules. Without it readers do not find the code on a dark ground (ISO/IEC 18004).
MARGIN = 4


def svg(text: str) -> bytes:
    """A QR code as an SVG that fills whatever box it is given; a seventh of it may be dirty or torn."""
    import segno  # 1 MB, for line sheets only

    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=MARGIN, dark="#000", light="#fff", omitsize=True, xmldecl=False)
    return drawn.getvalue()

"""XML documents for machines: written by a library, and free of the signs that XML cannot hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from flask import Response

# Characters that no XML 1.0 document may hold, in whatever way they are written.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element below `parent`; an attribute `xml_lang` is written `xml:lang`."""
    named = {name.replace("xml_", "xml:"): clean(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, named)
    element.text = clean(text) if text is not None else None
    return element


def clean(text: str) -> str:
    """The text without what would make the whole document unreadable."""
    return FORBIDDEN.sub("", text)


def answer(root: ET.Element, media_type: str) -> Response:
    """The document as it goes over the wire."""
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=f"{media_type}; charset=utf-8")

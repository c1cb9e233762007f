"""A producer as a listing: its row as plain values for the editor, and plain values put on a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.kernel.language import Bilingual
from catalogue.producers.models import Producer

TEXTS = ("name", "summary", "story", "products_summary", "opening_hours", "visiting", "way", "payment")
PLAIN = ("kind", "since", "website", "visitable", "languages_spoken")
SAID = {None: None, True: "yes", False: "no"}


def content_of(producer: Producer) -> dict[str, Any]:
    """What the editor shows of a producer."""
    return {
        **{name: getattr(producer, name).plain for name in TEXTS},
        **{name: getattr(producer, name) for name in PLAIN},
        "step_free": SAID[producer.step_free],
    }


def put_content(producer: Producer, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says; what the editor does not ask for stays."""
    for name in TEXTS:
        setattr(producer, name, Bilingual.of(content.get(name)))
    for name in PLAIN:
        setattr(producer, name, content.get(name))
    producer.step_free = {word: said for said, word in SAID.items()}[content.get("step_free")]

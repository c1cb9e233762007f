"""A milestone of the flower centre as a listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalogue.flower_centre.models import Milestone
from catalogue.kernel.language import Bilingual
from catalogue.kernel.sources import cite, urls_of

PREFIX = "step-"


def code_of(milestone: Milestone) -> str:
    """What a milestone is called by: its number, which never changes."""
    return f"{PREFIX}{milestone.position}"


def position_of(code: str) -> int | None:
    """The number behind such a code; None for any other one."""
    number = code.removeprefix(PREFIX)
    return int(number) if code.startswith(PREFIX) and number.isdecimal() and len(number) < 7 else None


def content_of(milestone: Milestone) -> dict[str, Any]:
    """What the editor shows of a milestone."""
    return {
        "event": milestone.event.plain,
        "date": milestone.date,
        "sources": urls_of(milestone.sources),
    }


def put_content(milestone: Milestone, content: Mapping[str, Any]) -> None:
    """Let a row say what the content says."""
    milestone.event = Bilingual.of(content.get("event"))
    milestone.date = content["date"]
    milestone.sources = cite(content.get("sources"), milestone.sources)

"""Where the marks of a chart stand: plain numbers for `components/chart.html`, which draws them as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 400
ROW = 42
BAR = 10
BELOW = 22  # room for the numbers of the scale
# So many letters have room beside a value in the narrowest chart; the table has the whole words.
MOST_LABEL = 36


@dataclass(frozen=True)
class Mark:
    """One line of a chart: words at its start, the value in words at its end, and below them the value itself
    from `low` to `high`. `kind`: `count` or `target` is drawn as a bar, `figure` as a point."""

    label: str
    text: str
    low: float
    high: float
    kind: str = "count"


def chart(marks: Sequence[Mark], *, whole: float | None = None, scale: bool = False) -> dict[str, Any] | None:
    """The marks one below the other, on one scale from 0; None where there is nothing to draw.

    `whole`: what the full width stands for, else the largest value. `scale`: with lines and their numbers.
    """
    if not marks:
        return None
    first = min(0.0, *(mark.low for mark in marks))
    last = max(whole or 0.0, *(mark.high for mark in marks))
    ticks = _ticks(first, last) if scale else []
    first, last = min([first, *ticks]), max([last, *ticks])
    span = (last - first) or 1.0

    def across(value: float) -> float:
        return round((value - first) / span * WIDTH, 1)

    height = ROW * len(marks)
    return {
        "width": WIDTH,
        "height": height + (BELOW if scale else 0),
        "base": height,
        "rows": [_row(place, mark, across) for place, mark in enumerate(marks)],
        "ticks": [{"x": across(tick), "value": tick, "anchor": _anchor(across(tick))} for tick in ticks],
    }


def _row(place: int, mark: Mark, across: Callable[[float], float]) -> dict[str, Any]:
    start, end = across(mark.low), across(mark.high)
    top = place * ROW + 20
    label = mark.label if len(mark.label) <= MOST_LABEL else mark.label[: MOST_LABEL - 1].rstrip() + "…"
    return {
        "label": label,
        "text": mark.text,
        "kind": mark.kind,
        "words_y": top - 6,
        "y": top,
        "middle": top + BAR / 2,
        "height": BAR,
        "x": start,
        # A range without width and a small number are still to be seen.
        "width": max(round(end - start, 1), 2.0) if mark.high else 0,
    }


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from below `low` to above `high`, about five of them."""
    span = (high - low) or 1.0
    rough = span / 4
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _anchor(x: float) -> str:
    """Numbers at the edges stay inside the picture."""
    return "start" if x <= 0 else "end" if x >= WIDTH else "middle"

"""Whether a price stands to reason beside those of similar products."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

# With fewer neighbours nobody can say what is usual.
LEAST_NEIGHBOURS = 3
# A slip of one 0 is a factor of ten; makers really differ by three or four.
FAR = 5


def is_far(price: float, neighbours: Sequence[float]) -> bool:
    """Whether a slip of the keyboard is likely: asked, never refused."""
    if len(neighbours) < LEAST_NEIGHBOURS:
        return False
    usual = median(neighbours)
    return not usual / FAR <= price <= usual * FAR

"""Five hundred files with flipped bits: each is refused or rendered; nothing breaks, nothing hangs."""

from __future__ import annotations

import contextlib
import time

import pytest

from catalogue.adapters.imaging.cleaning import clean_original
from catalogue.adapters.imaging.containers.anatomy import NotTaken
from catalogue.adapters.imaging.reading import check_whole, inspect, open_source
from catalogue.adapters.imaging.rendering import portrait, render
from catalogue.kernel.photo import Encoded
from tests import pictures

KINDS = sorted(pictures.kinds())
EACH = -(-500 // len(KINDS))
PATIENCE_S = 10.0

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::UserWarning:PIL")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_with_flipped_bits_is_refused_or_shown(kind: str) -> None:
    for seed in range(EACH):
        body = pictures.broken_bits(pictures.kinds()[kind], seed)
        began = time.monotonic()
        found = inspect(body)
        if found.accepted:
            use(body)
        else:
            with pytest.raises(NotTaken):
                make(body)
        assert time.monotonic() - began < PATIENCE_S, (kind, seed)


def make(body: bytes) -> list[Encoded]:
    """As the command line does."""
    check_whole(open_source(body))
    return list(render(body))


def use(body: bytes) -> None:
    """What is done with an accepted file; one whose parts lie upon each other is not cleaned."""
    assert list(render(body))
    assert portrait(body).colour
    with contextlib.suppress(NotTaken):
        assert inspect(clean_original(body)).accepted

"""Finding things: what a reader asks, what it means, what is found; all of it derived from other rooms."""

"""How the data under `catalogue/seeds/` becomes rows: read, check, compare, write."""

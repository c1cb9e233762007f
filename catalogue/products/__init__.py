"""Products and the category tree they hang on."""

"""Documents for paper: HTML becomes a tagged PDF, in a program of its own."""

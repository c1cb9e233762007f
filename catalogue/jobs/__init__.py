"""What happens after a commit and by the clock: the worker and what it answers to."""

"""The outside world: one library per module, a handful of functions each."""

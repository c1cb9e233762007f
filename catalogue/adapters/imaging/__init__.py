"""Pixels: photographs are read, cleaned and rendered here, and the cards of shared pages drawn."""

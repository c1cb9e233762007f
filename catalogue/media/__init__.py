"""Photographs: what was received, what may be shown of it, and where."""

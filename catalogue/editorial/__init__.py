"""How good the catalogue is: what rests on which source, and what is not known."""

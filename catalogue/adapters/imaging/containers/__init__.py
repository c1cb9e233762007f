"""How each kind of file is put together: where it ends, what it tells, and how its location comes off."""

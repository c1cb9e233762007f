"""Tour routes: ordered stops at villages, makers and sights."""

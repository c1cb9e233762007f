"""Where the listings of each kind lie in the workshop: /studio/<room>/<code>/…."""

from __future__ import annotations

ROOMS = {"listings": "product", "producers": "producer"}
ROOM_OF = {kind: room for room, kind in ROOMS.items()}

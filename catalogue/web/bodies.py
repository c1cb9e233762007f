"""Bodies that readers send as JSON: one that is nested too deeply is unreadable, and no failure of ours."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, abort, request


class CarefulRequest(Request):
    """Forms and sign-in look into every body that calls itself JSON."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        try:
            return super().get_json(force=force, silent=silent, cache=cache)
        except RecursionError:
            return None if silent else abort(400)


def register(app: Flask) -> None:
    """Read bodies with care."""
    app.request_class = CarefulRequest

    @app.teardown_request
    def let_go(_error: BaseException | None) -> None:
        """Files that came with a form and were not wanted."""
        request.close()

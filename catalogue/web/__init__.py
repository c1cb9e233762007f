"""HTTP in, HTML out: blueprints, error pages and what every template may use."""

from __future__ import annotations

from flask import Flask

from catalogue.web import (
    api,
    assets,
    caching,
    errors,
    headers,
    language,
    page,
    photographs,
    public,
    social,
    structured,
    weaves,
)


def register(app: Flask) -> None:
    """Put the web on the application."""
    language.register(app)
    caching.register(app)  # inside of what headers make of an address
    headers.register(app)
    assets.register(app)
    page.register(app)
    errors.register(app)
    app.register_blueprint(weaves.blueprint)
    app.register_blueprint(photographs.blueprint)
    social.register(app)
    structured.register(app)
    app.register_blueprint(public.blueprint)
    api.register(app)

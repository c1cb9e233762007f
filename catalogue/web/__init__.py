"""HTTP in, HTML out: blueprints, error pages and what every template may use."""

from __future__ import annotations

from flask import Flask

from catalogue.web import (
    account,
    api,
    assets,
    bodies,
    caching,
    errors,
    headers,
    identity,
    language,
    limits,
    page,
    photographs,
    prose,
    public,
    social,
    staff,
    structured,
    studio,
    weaves,
)


def register(app: Flask) -> None:
    """Put the web on the application."""
    language.register(app)
    bodies.register(app)
    caching.register(app)  # inside of what headers make of an address
    headers.register(app)
    limits.register(app)
    assets.register(app)
    page.register(app)
    prose.register(app)
    errors.register(app)
    app.register_blueprint(weaves.blueprint)
    app.register_blueprint(photographs.blueprint)
    social.register(app)
    structured.register(app)
    app.register_blueprint(public.blueprint)
    identity.register(app)
    account.register(app)
    app.register_blueprint(studio.blueprint)
    app.register_blueprint(staff.blueprint)
    api.register(app)

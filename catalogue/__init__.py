"""The only place where all parts meet."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_compress import Compress

import config
from catalogue import cli, web
from catalogue.adapters.day_files import DayFiles
from catalogue.adapters.mailer import Mailer, Server
from catalogue.adapters.papers import Papers
from catalogue.adapters.pieces import Pieces
from catalogue.adapters.search_index import SearchIndex
from catalogue.adapters.storage import Bucket, Storage
from catalogue.database import db

__all__ = ["create_app", "create_site"]


class _Site(Flask):
    """The application; a secret of its own is made when something is first signed."""

    @property
    def secret_key(self) -> str:  # type: ignore[override]
        if not self.config["SECRET_KEY"]:
            self.config["SECRET_KEY"] = config.own_secret(Path(self.instance_path))
        return str(self.config["SECRET_KEY"])


def create_app(settings: config.Config | None = None) -> Flask:
    """The site with the commands that people type."""
    app = create_site(settings)
    cli.register(app)
    return app


def create_site(settings: config.Config | None = None) -> Flask:
    """The site as a WSGI application, which serves readers; settings come from the environment unless given.

    It writes nothing and asks nobody: folder, secret, database and storage are opened when they are first
    needed, so a command that needs none of them runs wherever it is typed, whatever their settings say.
    """
    settings = settings or config.from_environment()
    app = _Site(
        "catalogue",
        template_folder=str(config.ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.INSTANCE.absolute()),
    )
    app.config.from_mapping(settings.as_dict())
    db.init_app(app)
    Compress(app)
    app.extensions["search_index"] = SearchIndex(settings.INSTANCE / "index")
    app.extensions["papers"] = Papers(settings.INSTANCE / "papers")
    app.extensions["pieces"] = Pieces(settings.INSTANCE / "uploads")
    app.extensions["misses"] = DayFiles(settings.INSTANCE / "misses")
    app.extensions["mailer"] = _mailer(settings)
    app.extensions["storage"] = _storage(settings)
    web.register(app)
    return app


def _mailer(settings: config.Config) -> Mailer:
    """By SMTP where the owner has set a server."""
    server = Server(
        settings.MAIL_SERVER,
        settings.MAIL_PORT,
        settings.MAIL_USER,
        settings.MAIL_PASSWORD,
        settings.MAIL_ENCRYPTION,
    )
    folder = settings.INSTANCE / "mail"
    return Mailer(settings.MAIL_SENDER, server if settings.MAIL_SERVER else None, folder)


def _storage(settings: config.Config) -> Storage:
    """Where the photographs are kept."""
    bucket = Bucket(
        settings.AWS_ENDPOINT_URL,
        settings.AWS_REGION,
        settings.AWS_ACCESS_KEY_ID,
        settings.AWS_SECRET_ACCESS_KEY,
    )
    return Storage(settings.MEDIA_URL or settings.INSTANCE.absolute() / "media", bucket)

"""Every setting of the site; the only reader of the environment."""

from __future__ import annotations

import contextlib
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parent
# What is sent packed; pictures and fonts are packed already.
TEXTS = ("html", "css", "javascript", "plain", "csv", "calendar")
STRUCTURED = ("json", "geo+json", "manifest+json", "problem+json", "xml", "atom+xml", "gpx+xml")


class Config:
    """Settings that every environment shares; `make run` on one machine needs no variable set.

    Without SECRET_KEY the site makes its own secret, once, and keeps it in the instance folder.
    """

    # Everything written at run time lies here: database, index, mail, keys.
    INSTANCE: Path = Path(os.environ.get("CATALOGUE_INSTANCE", ROOT / "instance"))
    # Where readers reach the site, without a slash at the end. Links to it never come from a request.
    SITE_URL: str = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip(
        "/"
    )
    # Signs forms and the addresses of acknowledgements.
    SECRET_KEY: str = os.environ.get("SECRET_KEY", "")
    # SQLAlchemy's address of the database; postgresql+psycopg://… by configuration alone.
    DATABASE_URL: str = os.environ.get("DATABASE_URL", "")
    # Where to write for help: shown on pages only when it is set.
    TRADE_PROMOTION_EMAIL: str = os.environ.get("TRADE_PROMOTION_EMAIL", "")
    # Mail by SMTP. Without a server each letter becomes a file in `mail` in the instance folder.
    # Encryption: starttls, tls or none.
    MAIL_SERVER: str = os.environ.get("MAIL_SERVER", "")
    MAIL_PORT: int = int(os.environ.get("MAIL_PORT", "587"))
    MAIL_USER: str = os.environ.get("MAIL_USER", "")
    MAIL_PASSWORD: str = os.environ.get("MAIL_PASSWORD", "")
    MAIL_ENCRYPTION: str = os.environ.get("MAIL_ENCRYPTION", "starttls")
    MAIL_SENDER: str = os.environ.get("MAIL_SENDER", "Da Lat catalogue <no-reply@localhost>")
    # How many proxies of our own stand in front, each adding to X-Forwarded-For; nobody else is believed.
    TRUSTED_PROXIES: int = int(os.environ.get("TRUSTED_PROXIES", "0"))
    # Whether made-up people may sign in (`users sample`): never where the site is in earnest.
    SAMPLE_ACCOUNTS: bool = True
    # Map tiles of another provider, such as https://{s}.tiles.example/{z}/{x}/{y}.png, and whom to thank.
    # Without it the site draws its own land, and no map asks another host for anything.
    TILE_URL: str = os.environ.get("TILE_URL", "")
    TILE_ATTRIBUTION: str = os.environ.get("TILE_ATTRIBUTION", "")
    # Where photographs are kept: empty for the folder `media` of the instance, or s3://<bucket>/<prefix>.
    MEDIA_URL: str = os.environ.get("MEDIA_URL", "")
    # The S3 server, where it is not Amazon's own: https://…; its region, and the key that may read and write.
    AWS_ENDPOINT_URL: str = os.environ.get("AWS_ENDPOINT_URL", "")
    AWS_REGION: str = os.environ.get("AWS_REGION", "")
    AWS_ACCESS_KEY_ID: str = os.environ.get("AWS_ACCESS_KEY_ID", "")
    AWS_SECRET_ACCESS_KEY: str = os.environ.get("AWS_SECRET_ACCESS_KEY", "")
    # The longest body a reader may send, in bytes.
    MAX_CONTENT_LENGTH: int = 2 * 1024 * 1024

    # Finished pages that each process keeps in memory, in bytes; the longest unread one goes first.
    PAGE_CACHE_BYTES: int = 32 * 1024 * 1024

    # The cookie of forms and of whoever is signed in; public pages never set it. It lasts as long as the
    # browser is open; whoever wants to stay signed in gets a second one.
    SESSION_COOKIE_NAME = "form"
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = SITE_URL.startswith("https:")
    REMEMBER_COOKIE_NAME = "stay"
    REMEMBER_COOKIE_DURATION = timedelta(days=60)
    REMEMBER_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_HTTPONLY = True
    REMEMBER_COOKIE_SECURE = SITE_URL.startswith("https:")
    WTF_CSRF_TIME_LIMIT = None  # whoever writes slowly loses nothing

    BABEL_DEFAULT_LOCALE = "vi"
    BABEL_DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "translations")

    def as_dict(self) -> dict[str, Any]:
        """What Flask and its extensions read."""
        settings = {name: getattr(self, name) for name in dir(self) if name.isupper()}
        settings |= {
            "SQLALCHEMY_DATABASE_URI": self.DATABASE_URL
            or "sqlite:///catalogue.db",  # of the instance folder
            "COMPRESS_ALGORITHM": ["br", "zstd", "gzip"],
            "COMPRESS_ALGORITHM_STREAMING": ["br", "zstd", "gzip"],
            "COMPRESS_MIN_SIZE": 500,
            "COMPRESS_MIMETYPES": [
                "image/svg+xml",
                *(f"text/{kind}" for kind in TEXTS),
                *(f"application/{kind}" for kind in STRUCTURED),
            ],
        }
        settings["SQLALCHEMY_ENGINE_OPTIONS"] = self._engine_options(settings["SQLALCHEMY_DATABASE_URI"])
        return settings

    # SQLite: one connection a thread and a guard against sharing it. PostgreSQL: a small steady pool.
    SQLITE: ClassVar[dict[str, Any]] = {"poolclass": NullPool, "connect_args": {"check_same_thread": True}}
    POSTGRESQL: ClassVar[dict[str, Any]] = {
        "pool_size": 4,
        "max_overflow": 2,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "pool_timeout": 5,
    }

    def _engine_options(self, address: str) -> dict[str, Any]:
        return dict(self.SQLITE if address.startswith("sqlite") else self.POSTGRESQL)


class Testing(Config):
    """Tests give their own folder and database, and count what every single page takes."""

    TESTING = True
    SECRET_KEY = "tests keep no secrets"  # noqa: S105
    PAGE_CACHE_BYTES = 0
    SITE_URL = "http://catalogue.test"
    MEDIA_URL = ""

    def __init__(self, instance: Path, database_url: str = "") -> None:
        self.INSTANCE = instance
        self.DATABASE_URL = database_url


class Production(Config):
    """Refuses to start without its own secret and database; nobody made up signs in."""

    SAMPLE_ACCOUNTS = False

    def __init__(self) -> None:
        missing = [name for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL") if not os.environ.get(name)]
        if missing:
            raise RuntimeError("set these variables before starting: " + ", ".join(missing))


def own_secret(folder: Path) -> str:
    """The secret of this instance, made when it is first needed; only its owner may read the file.

    Where nothing can be written nobody can sign in either: a secret that is forgotten does for the commands
    that need none.
    """
    try:
        return _kept_secret(folder / "secret.key")
    except OSError:
        return secrets.token_urlsafe(48)


def _kept_secret(kept: Path) -> str:
    folder = kept.parent
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f"secret.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        # Of two that need it at the same moment one wins, and both read the winner's.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text(encoding="ascii")


def from_environment() -> Config:
    """Production where CATALOGUE_ENV says so, else what one machine needs."""
    return Production() if os.environ.get("CATALOGUE_ENV") == "production" else Config()

"""People who sign in, their roles and passkeys; invitations and applications.

The only module that may use the mixins of the sign-in library; the names it expects are the columns here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, Table
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalogue.accounts import rules
from catalogue.accounts.rules import ApplicationState
from catalogue.database import Model, UTCDateTime
from catalogue.kernel.clock import now

STATES = ", ".join(f"'{state}'" for state in ApplicationState)

user_role = Table(
    "user_role",
    Model.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Role(RoleMixin, Model):
    """A role in the office; `name` is one of `rules.Role`."""

    __tablename__ = "role"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)


class User(UserMixin, Model):
    """A person with an account. `links_used` counts the links that signed in: each is good once.

    `fs_uniquifier` names the person in every session; a new one signs out everywhere.
    """

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint("language IN ('vi', 'en')", name="language_known"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(String(2), default="vi")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    links_used: Mapped[int] = mapped_column(default=0)
    is_sample: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]  # made with a key
        String(64), unique=True
    )
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(JSON(none_as_null=True))
    )
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]  # the library's lists are invariant
        secondary=user_role, lazy="selectin"
    )
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        lazy="selectin", cascade="all, delete-orphan", back_populates="user"
    )

    @property
    def role_codes(self) -> frozenset[str]:
        return frozenset(role.name for role in self.roles)

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """A second factor is asked of staff, and of everybody who has set one up; never skipped."""
        required = bool(self.tf_totp_secret) or self.check_tf_required_setup()
        return required, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Whether this person must have a second factor."""
        return rules.needs_second_factor(self.role_codes)


class Passkey(WebAuthnMixin, Model):
    """A key on a phone, computer or stick that signs in by itself."""

    __tablename__ = "passkey"
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(Integer, default=0)
    transports: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    extensions: Mapped[str | None]
    usage: Mapped[str] = mapped_column(String(64))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    create_datetime: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    lastuse_datetime: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    user: Mapped[User] = relationship(lazy="select", back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        """How the library finds the person behind a passkey."""
        return {"id": self.user_id}


class Invitation(Model):
    """A letter that lets one address in; its link is made when it is written, and kept nowhere.

    `producer_id` and `voice`: for which producer the person will speak, and as what; `roles`: in the office.
    """

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("(producer_id IS NULL) = (voice IS NULL)", name="voice_of_a_producer"),)
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(2))
    roles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id", ondelete="CASCADE"), index=True)
    voice: Mapped[str | None] = mapped_column(String(20))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)
    created: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    expires: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def is_open(self, moment: datetime) -> bool:
        """Whether it can still be taken up."""
        return rules.is_open(self.accepted, self.revoked, self.expires, moment)


class Application(Model):
    """A producer that wants to join. `suspect`: a field that people do not see was filled.

    `draft` names the folder of its papers.
    """

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(f"state IN ({STATES})", name="state_known"),
        CheckConstraint("state <> 'declined' OR reason <> ''", name="declined_with_a_reason"),
        CheckConstraint(
            "producer <> '' AND place <> '' AND craft <> '' AND person <> '' AND email <> ''",
            name="can_be_judged",
        ),
    )
    is_public = False

    id: Mapped[int] = mapped_column(primary_key=True)
    producer: Mapped[str]
    place: Mapped[str]
    craft: Mapped[str]
    person: Mapped[str]
    email: Mapped[str] = mapped_column(String(254))
    telephone: Mapped[str | None]
    text: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(2))
    suspect: Mapped[bool]
    draft: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    received: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    state: Mapped[str] = mapped_column(String(20), default=ApplicationState.NEW.value, index=True)
    reason: Mapped[str | None]
    decided: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"), index=True)

    @property
    def reference(self) -> str:
        """The number that the producer is told, such as TG-0042 (TG: tham gia, to join)."""
        return f"TG-{self.id:04d}"

"""Work that waits, and when regular work is due."""

import sqlalchemy as sa
from alembic import op

revision = "outbox"
down_revision = "accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=True),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_outbox_message_attempts_counted")),
        sa.CheckConstraint(
            "parked_at IS NULL OR trouble IS NOT NULL",
            name=op.f("ck_outbox_message_parked_with_its_trouble"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_message_waiting", "outbox_message", ["parked_at", "due_at"])
    op.create_table(
        "timetable_entry",
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_timetable_entry")),
    )


def downgrade() -> None:
    op.drop_table("timetable_entry")
    op.drop_table("outbox_message")

"""Notes of messages sent within the last minute, counted by all processes together."""

import sqlalchemy as sa
from alembic import op

revision = "0006_sent_message"
down_revision = "0005_published_at"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_message")),
    )
    with op.batch_alter_table("sent_message") as batch:
        batch.create_index(batch.f("ix_sent_message_at"), ["at"])


def downgrade() -> None:
    op.drop_table("sent_message")

"""Invitations without a kept secret: the link is made when its letter is written."""

import sqlalchemy as sa
from alembic import op

revision = "0023_workshop"
down_revision = "0014_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.drop_constraint(op.f("uq_invitation_secret_hash"), type_="unique")
        batch.drop_column("secret_hash")


def downgrade() -> None:
    op.add_column("invitation", sa.Column("secret_hash", sa.String(64), nullable=True))
    # Letters that were sent meanwhile do not work any more: nobody knows what their links would have held.
    op.execute("UPDATE invitation SET secret_hash = 'none ' || id")
    with op.batch_alter_table("invitation") as batch:
        batch.alter_column("secret_hash", nullable=False)
        batch.create_unique_constraint(op.f("uq_invitation_secret_hash"), ["secret_hash"])

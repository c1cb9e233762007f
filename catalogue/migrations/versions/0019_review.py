"""By when the office answers what a maker sent, and which reviewer has the file in hand."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0019_review"
down_revision = "0018_register"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("answer_by", sa.Date(), nullable=True))
    op.add_column("revision", sa.Column("taken_by_id", sa.Integer(), nullable=True))
    op.add_column("revision", sa.Column("taken_by", sa.Text(), nullable=True))
    op.create_index(op.f("ix_revision_taken_by_id"), "revision", ["taken_by_id"])
    _promise_what_waits()


def _promise_what_waits() -> None:
    """What was sent before is answered within five days of its sending, as everything since."""
    revision = sa.table(
        "revision",
        sa.column("id", sa.Integer()),
        sa.column("state", sa.String()),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
        sa.column("answer_by", sa.Date()),
    )
    waiting = revision.c.state.in_(["submitted", "approved"]) & revision.c.submitted_at.is_not(None)
    for row in op.get_bind().execute(sa.select(revision.c.id, revision.c.submitted_at).where(waiting)).all():
        day = (row.submitted_at + timedelta(days=5, hours=7)).date()
        op.execute(revision.update().where(revision.c.id == row.id).values(answer_by=day))


def downgrade() -> None:
    op.drop_index(op.f("ix_revision_taken_by_id"), "revision")
    with op.batch_alter_table("revision") as batch:
        batch.drop_column("taken_by")
        batch.drop_column("taken_by_id")
        batch.drop_column("answer_by")

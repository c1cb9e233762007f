"""Sheets of listings and ZIP files of photographs that makers send."""

import sqlalchemy as sa
from alembic import op

revision = "0011_sheets"
down_revision = "0010_listings"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sheet_upload",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("table", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.Column("added", sa.Integer(), nullable=True),
        sa.Column("changed", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(applied_at IS NULL) = (added IS NULL)", name=op.f("ck_sheet_upload_counted_when_applied")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sheet_upload")),
    )
    op.create_index(op.f("ix_sheet_upload_user_id"), "sheet_upload", ["user_id"])
    op.create_index(op.f("ix_sheet_upload_received_at"), "sheet_upload", ["received_at"])
    op.create_table(
        "photograph_batch",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_photograph_batch")),
    )
    op.create_index(op.f("ix_photograph_batch_user_id"), "photograph_batch", ["user_id"])
    op.create_index(op.f("ix_photograph_batch_received_at"), "photograph_batch", ["received_at"])


def downgrade() -> None:
    op.drop_table("photograph_batch")
    op.drop_table("sheet_upload")

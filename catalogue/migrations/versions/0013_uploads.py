"""Photographs that arrive in pieces, and at which version each field of a draft was last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0013_uploads"
down_revision = "0012_enquiries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.String(20), nullable=False),
        sa.Column("subject_code", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asset_code", sa.String(16), nullable=True),
        sa.CheckConstraint("length > 0", name=op.f("ck_upload_is_something")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_upload_user_id_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_upload_begun_at"), "upload", ["begun_at"])
    op.add_column("revision", sa.Column("touched", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("touched", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("revision") as batch:
        batch.drop_column("touched")
    op.drop_table("upload")

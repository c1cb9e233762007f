"""Messages about records."""

import sqlalchemy as sa
from alembic import op

revision = "0004_corrections"
down_revision = "0003_showcase"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('fact', 'own', 'removal', 'label')", name=op.f("ck_correction_request_kind_known")
        ),
        sa.CheckConstraint("state IN ('new')", name=op.f("ck_correction_request_state_known")),
        sa.CheckConstraint(
            "text <> '' AND contact <> ''", name=op.f("ck_correction_request_can_be_answered")
        ),
        sa.CheckConstraint(
            "record IS NOT NULL OR about IS NOT NULL", name=op.f("ck_correction_request_is_about_something")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_correction_request_fingerprint")),
    )
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_request_record"), ["record"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_request_record"))

    op.drop_table("correction_request")

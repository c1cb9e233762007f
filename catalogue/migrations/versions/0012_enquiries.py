"""What visitors ask of makers, a part for each maker, and the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0012_enquiries"
down_revision = "0011_sheets"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "enquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Text(), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("market", sa.String(length=2), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("received", MOMENT, nullable=False),
        sa.Column("suspect", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.CheckConstraint("need <> '' AND email <> ''", name=op.f("ck_enquiry_can_be_answered")),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_enquiry_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_enquiry_fingerprint")),
    )
    op.create_index(op.f("ix_enquiry_market"), "enquiry", ["market"])
    op.create_index(op.f("ix_enquiry_received"), "enquiry", ["received"])
    op.create_table(
        "enquiry_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.Integer(), nullable=False),
        sa.Column("producer_code", sa.Text(), nullable=False),
        sa.Column("producer_name_vi", sa.Text(), nullable=False),
        sa.Column("producer_name_en", sa.Text(), nullable=True),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("through_office", sa.Boolean(), nullable=False),
        sa.Column("passed_on", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'read', 'answered', 'closed')", name=op.f("ck_enquiry_part_state_known")
        ),
        sa.CheckConstraint("producer_name_vi <> ''", name=op.f("ck_enquiry_part_producer_name_vi_filled")),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["enquiry.id"],
            name=op.f("fk_enquiry_part_enquiry_id_enquiry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_part")),
        sa.UniqueConstraint(
            "enquiry_id", "producer_code", name=op.f("uq_enquiry_part_enquiry_id_producer_code")
        ),
    )
    op.create_index(op.f("ix_enquiry_part_producer_code"), "enquiry_part", ["producer_code"])
    op.create_index(op.f("ix_enquiry_part_state"), "enquiry_part", ["state"])
    op.create_table(
        "enquiry_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("of_office", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written", MOMENT, nullable=False),
        sa.Column("draft", sa.String(length=64), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_enquiry_message_text_filled")),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_enquiry_message_language_known")),
        sa.ForeignKeyConstraint(
            ["part_id"],
            ["enquiry_part.id"],
            name=op.f("fk_enquiry_message_part_id_enquiry_part"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiry_message")),
        sa.UniqueConstraint("part_id", "draft", name=op.f("uq_enquiry_message_part_id_draft")),
    )


def downgrade() -> None:
    for table in ("enquiry_message", "enquiry_part", "enquiry"):
        op.drop_table(table)

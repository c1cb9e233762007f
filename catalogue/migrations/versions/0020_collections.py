"""Collections that staff compose, their numbered places, and how each stood before a change."""

import sqlalchemy as sa
from alembic import op

revision = "0020_collections"
down_revision = "0019_review"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("introduction_vi", sa.Text(), nullable=True),
        sa.Column("introduction_en", sa.Text(), nullable=True),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.CheckConstraint("kind IN ('exporters', 'gifts', 'fair')", name=op.f("ck_collection_kind_known")),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_collection_ends_after_start")),
        sa.CheckConstraint("ends IS NULL OR starts IS NOT NULL", name=op.f("ck_collection_end_has_start")),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_collection_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("code", name=op.f("uq_collection_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_collection_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_collection_slug_vi")),
    )
    for column in ("starts", "sort_vi", "sort_en"):
        op.create_index(op.f(f"ix_collection_{column}"), "collection", [column])
    op.create_table(
        "feature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("taken_off", sa.Date(), nullable=True),
        sa.Column("criterion", sa.String(length=20), nullable=False),
        sa.Column("reason_vi", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(product_id IS NULL) <> (producer_id IS NULL)", name=op.f("ck_feature_one_subject")
        ),
        sa.CheckConstraint(
            "criterion IN ('years', 'certificates', 'markets', 'capacity', 'complete')",
            name=op.f("ck_feature_criterion_known"),
        ),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_feature_ends_after_start")),
        sa.CheckConstraint("coalesce(reason_en, '') <> ''", name=op.f("ck_feature_reason_in_english")),
        sa.CheckConstraint("reason_vi <> ''", name=op.f("ck_feature_reason_vi_filled")),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_feature_collection_id_collection"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producer.id"], name=op.f("fk_feature_producer_id_producer")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_feature_product_id_product")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feature")),
    )
    for column in ("collection_id", "producer_id", "product_id"):
        op.create_index(op.f(f"ix_feature_{column}"), "feature", [column])
    op.create_table(
        "board_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collection.id"],
            name=op.f("fk_board_step_collection_id_collection"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_step")),
    )
    op.create_index(op.f("ix_board_step_collection_id"), "board_step", ["collection_id"])


def downgrade() -> None:
    for table in ("board_step", "feature", "collection"):
        op.drop_table(table)

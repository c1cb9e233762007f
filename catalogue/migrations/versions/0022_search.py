"""What the office adds to the search, and what readers looked for in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0022_search"
down_revision = "0021_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phrases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
    )
    op.create_table(
        "search_pin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason_vi", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "reason_en IS NOT NULL AND reason_en <> ''", name=op.f("ck_search_pin_reason_in_both")
        ),
        sa.CheckConstraint("reason_vi <> ''", name=op.f("ck_search_pin_reason_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_pin")),
        sa.UniqueConstraint("key", "kind", "code", name=op.f("uq_search_pin_key_kind_code")),
    )
    op.create_index(op.f("ix_search_pin_key"), "search_pin", ["key"])
    op.create_table(
        "search_miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_search_miss_was_missed")),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_search_miss_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_miss")),
        sa.UniqueConstraint("words", "language", name=op.f("uq_search_miss_words_language")),
    )
    op.create_index(op.f("ix_search_miss_last_on"), "search_miss", ["last_on"])
    op.create_table(
        "misses_folded",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_misses_folded")),
    )


def downgrade() -> None:
    op.drop_table("misses_folded")
    op.drop_table("search_miss")
    op.drop_table("search_pin")
    op.drop_table("synonym_group")

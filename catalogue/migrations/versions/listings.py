"""Revisions of listings, what the editor asks for, what left the catalogue, and the change log of search."""

import sqlalchemy as sa
from alembic import op

revision = "listings"
down_revision = "media"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
# Every record can leave the catalogue, and what stands or falls with one.
ARCHIVABLE = (
    *("category", "certificate", "certificate_scope", "certification_scheme", "craft_village"),
    *("flower_variety", "industrial_zone", "place", "point_of_interest", "producer", "product"),
    *("stop", "tour_route"),
)
PRODUCT = {
    "price": sa.Numeric(14, 2),
    "currency": sa.String(3),
    "price_on_request": sa.Boolean(),
    "stock": sa.String(20),
    "minimum_order": sa.Integer(),
    "monthly_capacity": sa.Integer(),
    "lead_time_days": sa.Integer(),
    "shelf_life_days": sa.Integer(),
    "packaging_vi": sa.Text(),
    "packaging_en": sa.Text(),
    "visit_vi": sa.Text(),
    "visit_en": sa.Text(),
    "stale_texts": sa.JSON(none_as_null=True),
}
PRODUCT_CHECKS = {
    "price_positive": "price > 0",
    "price_in_a_currency": "(price IS NULL) = (currency IS NULL)",
    "price_or_on_request": "price IS NULL OR price_on_request IS NULL",
    "stock_known": "stock IN ('in_stock', 'to_order', 'sold_out')",
    "minimum_order_positive": "minimum_order > 0",
    "monthly_capacity_positive": "monthly_capacity > 0",
    "lead_time_days_positive": "lead_time_days > 0",
    "shelf_life_days_positive": "shelf_life_days > 0",
}
PRODUCER = {
    **{
        f"{name}_{language}": sa.Text()
        for name in ("opening_hours", "visiting", "way", "payment")
        for language in ("vi", "en")
    },
    "languages_spoken": sa.JSON(none_as_null=True),
    "step_free": sa.Boolean(),
    "stale_texts": sa.JSON(none_as_null=True),
}
OPEN = sa.text("state IN ('approved', 'draft', 'returned', 'submitted')")
LIVE = sa.text("state = 'published'")


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("producer_code", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_number", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("publish_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'published', 'archived')",
            name=op.f("ck_revision_state_known"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR published_at IS NOT NULL", name=op.f("ck_revision_published_at_known")
        ),
        sa.CheckConstraint(
            "publish_at IS NULL OR state IN ('approved', 'published', 'archived')",
            name=op.f("ck_revision_planned"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("kind", "code", "number", name=op.f("uq_revision_kind_code_number")),
    )
    for column in ("producer_code", "publish_at", "state"):
        op.create_index(op.f(f"ix_revision_{column}"), "revision", [column])
    for name, where in (("open", OPEN), ("live", LIVE)):
        op.create_index(
            f"uq_revision_one_{name}",
            "revision",
            ["kind", "code"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_table(
        "translation_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("source_hash", sa.String(16), nullable=False),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_translation_mark_language_known")),
        sa.CheckConstraint("origin IN ('human', 'machine')", name=op.f("ck_translation_mark_origin_known")),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_translation_mark_revision_id_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_mark")),
        sa.UniqueConstraint(
            "revision_id", "field", "language", name=op.f("uq_translation_mark_revision_id_field_language")
        ),
    )
    op.create_table(
        "sent_form",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sent_form")),
    )
    op.create_index(op.f("ix_sent_form_sent_at"), "sent_form", ["sent_at"])
    op.create_table(
        "kept_form",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_form")),
    )
    op.create_index(op.f("ix_kept_form_kept_at"), "kept_form", ["kept_at"])
    op.create_table(
        "index_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_change")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("catalogue_version") as batch:
        batch.add_column(sa.Column("due_at", MOMENT, nullable=True))
    for table in ARCHIVABLE:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("archived_at", MOMENT, nullable=True))
    with op.batch_alter_table("product") as batch:
        for name, kind in PRODUCT.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
        for name, rule in PRODUCT_CHECKS.items():
            batch.create_check_constraint(batch.f(f"ck_product_{name}"), rule)
    with op.batch_alter_table("producer") as batch:
        for name, kind in PRODUCER.items():
            batch.add_column(sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("producer") as batch:
        for name in PRODUCER:
            batch.drop_column(name)
    with op.batch_alter_table("product") as batch:
        for name in PRODUCT_CHECKS:
            batch.drop_constraint(batch.f(f"ck_product_{name}"), type_="check")
        for name in PRODUCT:
            batch.drop_column(name)
    for table in ARCHIVABLE:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("archived_at")
    with op.batch_alter_table("catalogue_version") as batch:
        batch.drop_column("due_at")
    for table in ("index_change", "kept_form", "sent_form", "translation_mark", "revision"):
        op.drop_table(table)

"""Photographs, the files made of them, and the records they stand on."""

import sqlalchemy as sa
from alembic import op

revision = "media"
down_revision = "outbox"
branch_labels = None
depends_on = None

# As it was when this step was written; models may say more later.
MAY_BE_SHOWN = (
    "published_at IS NULL OR ("
    "(decorative OR (COALESCE(alt_vi, '') <> '' AND COALESCE(alt_en, '') <> ''))"
    " AND COALESCE(credit, '') <> '' AND COALESCE(licence, '') <> ''"
    " AND (COALESCE(consent_how, '') = 'nobody' OR (COALESCE(consent_by, '') <> ''"
    " AND COALESCE(consent_how, '') <> '' AND consent_on IS NOT NULL)))"
)


def upgrade() -> None:
    op.create_table(
        "media_asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("received_sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Text(), nullable=False),
        sa.Column("original_key", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("focus_x", sa.Float(), nullable=False),
        sa.Column("focus_y", sa.Float(), nullable=False),
        sa.Column("focus_by", sa.String(length=10), nullable=False),
        sa.Column("recipe", sa.String(length=10), nullable=True),
        sa.Column("colour", sa.String(length=7), nullable=True),
        sa.Column("placeholder", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=16), nullable=True),
        sa.Column("advice", sa.JSON(), nullable=False),
        sa.Column("found_credit", sa.Text(), nullable=True),
        sa.Column("found_rights", sa.Text(), nullable=True),
        sa.Column("alt_vi", sa.Text(), nullable=True),
        sa.Column("alt_en", sa.Text(), nullable=True),
        sa.Column("decorative", sa.Boolean(), nullable=False),
        sa.Column("caption_vi", sa.Text(), nullable=True),
        sa.Column("caption_en", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("consent_by", sa.Text(), nullable=True),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_how", sa.Text(), nullable=True),
        sa.Column("described_by", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Text(), nullable=True),
        sa.CheckConstraint(MAY_BE_SHOWN, name=op.f("ck_media_asset_shown_with_words_and_rights")),
        sa.CheckConstraint("rotation IN (0, 90, 180, 270)", name=op.f("ck_media_asset_rotation_known")),
        sa.CheckConstraint("width > 0 AND height > 0", name=op.f("ck_media_asset_has_a_size")),
        sa.CheckConstraint(
            "focus_x >= 0 AND focus_x <= 1 AND focus_y >= 0 AND focus_y <= 1",
            name=op.f("ck_media_asset_focus_inside"),
        ),
        sa.CheckConstraint("focus_by IN ('guess', 'person')", name=op.f("ck_media_asset_focus_by_known")),
        sa.CheckConstraint(
            "file_name <> '' AND original_key <> ''", name=op.f("ck_media_asset_has_an_original")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_asset")),
        sa.UniqueConstraint("code", name=op.f("uq_media_asset_code")),
        sa.UniqueConstraint("received_sha256", name=op.f("uq_media_asset_received_sha256")),
        sa.UniqueConstraint("original_key", name=op.f("uq_media_asset_original_key")),
    )
    for column in ("recipe", "fingerprint", "published_at"):
        op.create_index(op.f(f"ix_media_asset_{column}"), "media_asset", [column])
    op.create_table(
        "rendition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.String(length=10), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.CheckConstraint("purpose IN ('view', 'card')", name=op.f("ck_rendition_purpose_known")),
        sa.CheckConstraint("width > 0 AND height > 0 AND size > 0", name=op.f("ck_rendition_is_something")),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["media_asset.id"],
            name=op.f("fk_rendition_asset_id_media_asset"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendition")),
        sa.UniqueConstraint("path", name=op.f("uq_rendition_path")),
    )
    op.create_index(op.f("ix_rendition_asset_id"), "rendition", ["asset_id"])
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('product', 'producer', 'village', 'route')",
            name=op.f("ck_placement_subject_known"),
        ),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["media_asset.id"],
            name=op.f("fk_placement_asset_id_media_asset"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_code",
            "asset_id",
            name=op.f("uq_placement_subject_kind_subject_code_asset_id"),
        ),
    )
    op.create_index(op.f("ix_placement_asset_id"), "placement", ["asset_id"])


def downgrade() -> None:
    op.drop_table("placement")
    op.drop_table("rendition")
    op.drop_table("media_asset")

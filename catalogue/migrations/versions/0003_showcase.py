"""Trade promotion and the province’s mark."""

import sqlalchemy as sa
from alembic import op

revision = "0003_showcase"
down_revision = "0002_zones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "point_of_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("address_vi", sa.Text(), nullable=True),
        sa.Column("address_en", sa.Text(), nullable=True),
        sa.Column("current_unit", sa.Text(), nullable=True),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("announced", sa.Text(), nullable=True),
        sa.Column("announced_by_vi", sa.Text(), nullable=True),
        sa.Column("announced_by_en", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("still_open", sa.Boolean(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('mark', 'ocop')", name=op.f("ck_point_of_sale_kind_known")),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_point_of_sale_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_of_sale")),
        sa.UniqueConstraint("code", name=op.f("uq_point_of_sale_code")),
    )
    op.create_table(
        "promotion_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("status_code", sa.Text(), nullable=False),
        sa.Column("status_vi", sa.Text(), nullable=True),
        sa.Column("status_en", sa.Text(), nullable=True),
        sa.Column("address_vi", sa.Text(), nullable=True),
        sa.Column("address_en", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_promotion_body_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promotion_body")),
        sa.UniqueConstraint("code", name=op.f("uq_promotion_body_code")),
    )
    op.create_table(
        "trade_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("date_from", sa.Text(), nullable=False),
        sa.Column("date_to", sa.Text(), nullable=True),
        sa.Column("date_conflicts", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("place_vi", sa.Text(), nullable=True),
        sa.Column("place_en", sa.Text(), nullable=True),
        sa.Column("organiser_vi", sa.Text(), nullable=True),
        sa.Column("organiser_en", sa.Text(), nullable=True),
        sa.Column("centre_role", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("note_vi", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_trade_event_name_vi_filled")),
        sa.CheckConstraint("status IN ('held', 'announced')", name=op.f("ck_trade_event_status_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trade_event")),
        sa.UniqueConstraint("code", name=op.f("uq_trade_event_code")),
    )
    op.create_table(
        "brand_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("holders", sa.JSON(), nullable=False),
        sa.Column("holders_note_vi", sa.Text(), nullable=True),
        sa.Column("holders_note_en", sa.Text(), nullable=True),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["certification_scheme.id"],
            name=op.f("fk_brand_mark_scheme_id_certification_scheme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_brand_mark")),
        sa.UniqueConstraint("code", name=op.f("uq_brand_mark_code")),
    )


def downgrade() -> None:
    op.drop_table("brand_mark")
    op.drop_table("trade_event")
    op.drop_table("promotion_body")
    op.drop_table("point_of_sale")

"""Which units of today a zone stands in, and what was read of all zones together."""

import sqlalchemy as sa
from alembic import op

revision = "0002_zones"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "zone_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_survey")),
        sa.UniqueConstraint("code", name=op.f("uq_zone_survey_code")),
    )
    op.create_table(
        "zone_place",
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_zone_place_place_id_place"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["industrial_zone.id"],
            name=op.f("fk_zone_place_zone_id_industrial_zone"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("zone_id", "place_id", name=op.f("pk_zone_place")),
    )
    op.create_index(op.f("ix_zone_place_place_id"), "zone_place", ["place_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_zone_place_place_id"), table_name="zone_place")
    op.drop_table("zone_place")
    op.drop_table("zone_survey")

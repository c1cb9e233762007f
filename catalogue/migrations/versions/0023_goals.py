"""Published figures that staff note beside the targets of the resolution."""

import sqlalchemy as sa
from alembic import op

revision = "0023_goals"
down_revision = "0022_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("nature", sa.String(20), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("same_measure", sa.Boolean(), nullable=False),
        sa.Column("indicator_vi", sa.Text(), nullable=True),
        sa.Column("indicator_en", sa.Text(), nullable=True),
        sa.Column("unit_vi", sa.Text(), nullable=True),
        sa.Column("unit_en", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "period IN ('year', 'jan-mar', 'jan-jun', 'jan-sep')",
            name=op.f("ck_published_figure_period_known"),
        ),
        sa.CheckConstraint(
            "scope IN ('lam-dong-before-2025-07-01', 'lam-dong-since-2025-07-01')",
            name=op.f("ck_published_figure_scope_known"),
        ),
        sa.CheckConstraint(
            "nature IN ('reported', 'estimate', 'forecast')", name=op.f("ck_published_figure_nature_known")
        ),
        sa.CheckConstraint(
            "same_measure OR (coalesce(indicator_vi, '') <> '' AND coalesce(unit_vi, '') <> '')",
            name=op.f("ck_published_figure_measure_said"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint(
            "target", "year", "period", "scope", "value", "url", name=op.f("uq_published_figure_noted_once")
        ),
    )
    op.create_index(op.f("ix_published_figure_target"), "published_figure", ["target"])


def downgrade() -> None:
    op.drop_table("published_figure")

"""The register of certificates: history, papers, what is named besides products, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0018_register"
down_revision = "0017_reports"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STANDING = sa.text("replaced_on IS NULL AND withdrawn_on IS NULL AND rejected_on IS NULL")
HOLDERS = ("product", "producer")
STEPS = "'issue', 'confirm', 'correct', 'reject', 'renew', 'replace', 'suspend', 'withdraw', 'restore'"
# Of several of one holder and scheme only the newest could stay under the old constraint.
EARLIER = """SELECT earlier.id FROM certificate AS earlier JOIN certificate AS later
    ON later.scheme_id = earlier.scheme_id AND later.id > earlier.id
    AND (later.product_id = earlier.product_id OR later.producer_id = earlier.producer_id)"""


def upgrade() -> None:
    with op.batch_alter_table("certificate") as batch:
        batch.add_column(sa.Column("issued_by", sa.Text(), nullable=True))
        batch.add_column(sa.Column("papers", sa.String(40), nullable=True))
        batch.add_column(sa.Column("rejected_on", sa.Date(), nullable=True))
        batch.alter_column("source_url", existing_type=sa.Text(), nullable=True)
        for holder in HOLDERS:
            batch.drop_constraint(f"uq_certificate_{holder}_id_scheme_id", type_="unique")
    for holder in HOLDERS:
        op.create_index(
            f"uq_certificate_{holder}_standing",
            "certificate",
            [f"{holder}_id", "scheme_id"],
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        )
    with op.batch_alter_table("certificate_scope") as batch:
        batch.alter_column("source_url", existing_type=sa.Text(), nullable=True)
    _create_what_papers_name()
    _create_history()


def _create_what_papers_name() -> None:
    op.create_table(
        "certificate_category",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id", "scheme_id"],
            ["certificate.id", "certificate.scheme_id"],
            name="fk_certificate_category_certificate",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id", "category_id"],
            ["scheme_category.scheme_id", "scheme_category.category_id"],
            name="fk_certificate_category_scheme_category",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "category_id", name=op.f("pk_certificate_category")),
    )
    op.create_table(
        "certificate_flower",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("flower_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_flower_certificate_id_certificate"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["flower_id"],
            ["flower_variety.id"],
            name=op.f("fk_certificate_flower_flower_id_flower_variety"),
        ),
        sa.PrimaryKeyConstraint("certificate_id", "flower_id", name=op.f("pk_certificate_flower")),
    )


def _create_history() -> None:
    op.create_table(
        "certificate_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.CheckConstraint(f"step IN ({STEPS})", name=op.f("ck_certificate_event_step_known")),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_event_certificate_id_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_event")),
    )
    op.create_index(op.f("ix_certificate_event_certificate_id"), "certificate_event", ["certificate_id"])
    op.create_table(
        "certificate_notice",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.String(10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["certificate.id"],
            name=op.f("fk_certificate_notice_certificate_id_certificate"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "expires", "days", name=op.f("pk_certificate_notice")),
    )


def downgrade() -> None:
    for table in (
        *("certificate_notice", "certificate_event"),
        *("certificate_flower", "certificate_category"),
    ):
        op.drop_table(table)
    op.execute(f"DELETE FROM certificate_scope WHERE certificate_id IN ({EARLIER})")  # noqa: S608
    op.execute(f"DELETE FROM certificate WHERE id IN ({EARLIER})")  # noqa: S608
    for table in ("certificate", "certificate_scope"):
        op.execute(f"UPDATE {table} SET source_url = '' WHERE source_url IS NULL")  # noqa: S608
        with op.batch_alter_table(table) as batch:
            batch.alter_column("source_url", existing_type=sa.Text(), nullable=False)
    for holder in HOLDERS:
        op.drop_index(f"uq_certificate_{holder}_standing", "certificate")
    with op.batch_alter_table("certificate") as batch:
        for holder in HOLDERS:
            batch.create_unique_constraint(
                f"uq_certificate_{holder}_id_scheme_id", [f"{holder}_id", "scheme_id"]
            )
        for column in ("rejected_on", "papers", "issued_by"):
            batch.drop_column(column)

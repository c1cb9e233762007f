"""Certificates that makers say they have; enquiries whose words were let go; no secrets of invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0016_workshop"
down_revision = "0015_photograph_owners"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.drop_constraint(op.f("uq_invitation_secret_hash"), type_="unique")
        batch.drop_column("secret_hash")
    moment = sa.DateTime(timezone=True)
    op.add_column("enquiry", sa.Column("forgotten", moment, nullable=True))
    with op.batch_alter_table("enquiry") as batch:
        batch.drop_constraint(op.f("ck_enquiry_can_be_answered"), type_="check")
        batch.create_check_constraint(
            op.f("ck_enquiry_can_be_answered"), "forgotten IS NOT NULL OR (need <> '' AND email <> '')"
        )
    op.create_table(
        "certificate_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("producer_code", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('new', 'accepted', 'declined', 'taken_back')",
            name=op.f("ck_certificate_claim_state_known"),
        ),
        sa.CheckConstraint(
            "state <> 'declined' OR reason <> ''", name=op.f("ck_certificate_claim_declined_with_a_reason")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_claim")),
        sa.UniqueConstraint("key", name=op.f("uq_certificate_claim_key")),
    )
    op.create_index("ix_certificate_claim_listing", "certificate_claim", ["kind", "code"])
    for column in ("producer_code", "state"):
        op.create_index(op.f(f"ix_certificate_claim_{column}"), "certificate_claim", [column])


def downgrade() -> None:
    op.drop_table("certificate_claim")
    # What was forgotten cannot be written down again.
    gone = "SELECT id FROM enquiry WHERE forgotten IS NOT NULL"
    parts = f"SELECT id FROM enquiry_part WHERE enquiry_id IN ({gone})"  # noqa: S608
    op.execute(f"DELETE FROM enquiry_message WHERE part_id IN ({parts})")  # noqa: S608
    op.execute(f"DELETE FROM enquiry_part WHERE enquiry_id IN ({gone})")  # noqa: S608
    op.execute("DELETE FROM enquiry WHERE forgotten IS NOT NULL")
    with op.batch_alter_table("enquiry") as batch:
        batch.drop_constraint(op.f("ck_enquiry_can_be_answered"), type_="check")
        batch.create_check_constraint(op.f("ck_enquiry_can_be_answered"), "need <> '' AND email <> ''")
        batch.drop_column("forgotten")
    op.add_column("invitation", sa.Column("secret_hash", sa.String(64), nullable=True))
    # Letters that were sent meanwhile do not work any more: nobody knows what their links would have held.
    op.execute("UPDATE invitation SET secret_hash = 'none ' || id")
    with op.batch_alter_table("invitation") as batch:
        batch.alter_column("secret_hash", nullable=False)
        batch.create_unique_constraint(op.f("uq_invitation_secret_hash"), ["secret_hash"])

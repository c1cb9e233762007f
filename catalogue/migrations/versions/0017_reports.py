"""Reports as tickets, enquiries with somebody who looks after them; one way to count messages."""

import sqlalchemy as sa
from alembic import op

revision = "0017_reports"
down_revision = "0016_workshop"
branch_labels = None
depends_on = None

REPORT_STATES = "state IN ('new', 'taken', 'done', 'declined')"
REPORT_KINDS = "kind IN ('fact', 'own', 'removal', 'label', 'closed', 'not_as_shown')"


def upgrade() -> None:
    op.drop_table("sent_message")
    with op.batch_alter_table("correction_request") as batch:
        batch.add_column(sa.Column("draft", sa.String(40), nullable=True))
        batch.add_column(sa.Column("taken_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("taken_by", sa.Text(), nullable=True))
        batch.add_column(sa.Column("answer", sa.Text(), nullable=True))
        batch.add_column(sa.Column("decided", sa.DateTime(timezone=True), nullable=True))
        batch.drop_constraint(op.f("ck_correction_request_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_correction_request_state_known"), REPORT_STATES)
        batch.drop_constraint(op.f("ck_correction_request_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_correction_request_kind_known"), REPORT_KINDS)
        batch.create_check_constraint(
            op.f("ck_correction_request_decided_in_words"),
            "state NOT IN ('done', 'declined') OR (answer <> '' AND decided IS NOT NULL)",
        )
        batch.create_index(op.f("ix_correction_request_state"), ["state"])
        batch.create_index(op.f("ix_correction_request_received"), ["received"])
    with op.batch_alter_table("enquiry_part") as batch:
        batch.add_column(sa.Column("assigned_to_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("assigned_to", sa.Text(), nullable=True))
        batch.add_column(sa.Column("answered", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("outcome", sa.String(20), nullable=True))
        batch.create_check_constraint(op.f("ck_enquiry_part_outcome_known"), "outcome IN ('won', 'lost')")
        batch.create_index(op.f("ix_enquiry_part_assigned_to_id"), ["assigned_to_id"])
    op.execute(
        "UPDATE enquiry_part SET answered = (SELECT min(written) FROM enquiry_message"
        " WHERE enquiry_message.part_id = enquiry_part.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("enquiry_part") as batch:
        batch.drop_index(op.f("ix_enquiry_part_assigned_to_id"))
        batch.drop_constraint(op.f("ck_enquiry_part_outcome_known"), type_="check")
        for name in ("outcome", "answered", "assigned_to", "assigned_to_id"):
            batch.drop_column(name)
    # What the older tables cannot hold becomes what is nearest to it there.
    op.execute(
        "UPDATE correction_request SET state = 'new', kind = CASE kind"
        " WHEN 'closed' THEN 'fact' WHEN 'not_as_shown' THEN 'fact' ELSE kind END"
    )
    with op.batch_alter_table("correction_request") as batch:
        batch.drop_index(op.f("ix_correction_request_received"))
        batch.drop_index(op.f("ix_correction_request_state"))
        batch.drop_constraint(op.f("ck_correction_request_decided_in_words"), type_="check")
        batch.drop_constraint(op.f("ck_correction_request_kind_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_correction_request_kind_known"), "kind IN ('fact', 'own', 'removal', 'label')"
        )
        batch.drop_constraint(op.f("ck_correction_request_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_correction_request_state_known"), "state IN ('new')")
        for name in ("decided", "answer", "taken_by", "taken_by_id", "draft"):
            batch.drop_column(name)
    op.create_table(
        "sent_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_message")),
    )
    op.create_index(op.f("ix_sent_message_at"), "sent_message", ["at"])

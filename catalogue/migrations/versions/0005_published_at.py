"""When a product entered the catalogue."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005_published_at"
down_revision = "0004_corrections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product") as batch:
        batch.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    # Nobody noted it before: for the products that are here already it counts from now.
    product = sa.table("product", sa.column("published_at", sa.DateTime(timezone=True)))
    op.execute(product.update().values(published_at=datetime.now(UTC)))
    with op.batch_alter_table("product") as batch:
        batch.alter_column("published_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch.create_index(batch.f("ix_product_published_at"), ["published_at"])


def downgrade() -> None:
    with op.batch_alter_table("product") as batch:
        batch.drop_index(batch.f("ix_product_published_at"))
        batch.drop_column("published_at")

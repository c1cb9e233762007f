"""Whose each photograph is: every maker has a row of its own, also of what another one sent."""

from collections import defaultdict
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0015_photograph_owners"
down_revision = "0014_audit"
branch_labels = None
depends_on = None

ASSET = sa.table(
    "media_asset",
    *(sa.column(name) for name in ("id", "code", "owner", "received_sha256")),
)
REVISION = sa.table("revision", sa.column("producer_code"), sa.column("content", sa.JSON))


def upgrade() -> None:
    with op.batch_alter_table("media_asset") as table:
        table.add_column(sa.Column("owner", sa.Text(), nullable=False, server_default=""))
        table.drop_constraint(op.f("uq_media_asset_received_sha256"), type_="unique")
        table.create_unique_constraint(
            op.f("uq_media_asset_owner_received_sha256"), ["owner", "received_sha256"]
        )
    with op.batch_alter_table("media_asset") as table:
        table.alter_column("owner", server_default=None)
    for code, makers in _makers().items():
        if len(makers) == 1:
            op.execute(ASSET.update().where(ASSET.c.code == code).values(owner=makers.pop()))


def _makers() -> dict[str, set[str]]:
    """The makers on whose pages each photograph stands or is to stand, by its code."""
    found: dict[str, set[str]] = defaultdict(set)
    for maker, content in op.get_bind().execute(sa.select(REVISION)):
        for code in content.get("photographs") or ():
            found[code].add(maker)
    placed = """
        SELECT media_asset.code, CASE WHEN placement.subject_kind = 'producer'
          THEN placement.subject_code ELSE producer.code END AS maker
        FROM media_asset JOIN placement ON placement.asset_id = media_asset.id
        LEFT JOIN product ON placement.subject_kind = 'product' AND product.code = placement.subject_code
        LEFT JOIN producer ON producer.id = product.producer_id
    """
    for code, maker in op.get_bind().execute(sa.text(placed)):
        if maker:
            found[code].add(maker)
    return found


def downgrade() -> None:
    # What several makers sent keeps its file's sum once; the others are never taken for that file again.
    seen: set[str] = set()
    for asset in op.get_bind().execute(sa.select(ASSET).order_by(ASSET.c.id)).all():
        if asset.received_sha256 in seen:
            another = sha256(asset.code.encode()).hexdigest()
            op.execute(ASSET.update().where(ASSET.c.id == asset.id).values(received_sha256=another))
        seen.add(asset.received_sha256)
    with op.batch_alter_table("media_asset") as table:
        table.drop_constraint(op.f("uq_media_asset_owner_received_sha256"), type_="unique")
        table.drop_column("owner")
        table.create_unique_constraint(op.f("uq_media_asset_received_sha256"), ["received_sha256"])

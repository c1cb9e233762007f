"""The catalogue's own words: front page, pages about the site, travel notices; and the glossary."""

import sqlalchemy as sa
from alembic import op

revision = "0021_pages"
down_revision = "0020_collections"
branch_labels = None
depends_on = None

TRANSLATED = ("craft_village", "point_of_interest", "tour_route", "certification_scheme", "milestone")

# How these words are said in the catalogue's own data already; staff change them on the site.
TERMS = (
    ("thổ cẩm", "brocade", "handwoven patterned cloth of the highland peoples"),
    ("rượu cần", "jar wine", "rice wine drunk through straws from one jar"),
    ("hồng treo gió", "hang-dried persimmon", "peeled and hung in the wind, in the Japanese manner"),
    ("hồng sấy", "dried persimmon", "dried in an oven"),
    ("cồng chiêng", "gongs", None),
    ("gùi", "gùi", "carrying basket; keep the word and explain it once"),
    ("khung cửi", "loom", None),
    ("tơ tằm", "mulberry silk", None),
    ("kén tằm", "silkworm cocoons", None),
    ("dâu tằm", "mulberry", None),
    ("atisô", "artichoke", None),
    ("trà ô long", "oolong tea", None),
    ("trà ướp hương", "scented tea", None),
    ("cà phê chè", "arabica coffee", None),
    ("cà phê vối", "robusta coffee", None),
    ("cà phê nhân", "green coffee", "unroasted beans"),
    ("mắc ca", "macadamia", None),
    ("đông trùng hạ thảo", "cordyceps", None),
    ("linh chi", "lingzhi", None),
    ("dâu tây", "strawberry", None),
    ("phúc bồn tử", "raspberry", None),
    ("rượu vang", "wine", None),
    ("mây tre đan", "bamboo and rattan", None),
    ("hoa cắt cành", "cut flowers", None),
    ("hoa chậu", "potted flowers", None),
    ("cẩm tú cầu", "hydrangea", None),
    ("lay ơn", "gladiolus", None),
    ("cẩm chướng", "carnation", None),
    ("cát tường", "lisianthus", None),
    ("cấy mô", "tissue culture", None),
    ("vườn ươm", "nursery", None),
    ("nhà kính", "greenhouse", None),
    ("làng nghề", "craft village", None),
    ("nghệ nhân", "artisan", None),
    ("hợp tác xã", "cooperative", None),
    ("tổ hợp tác", "cooperative group", "smaller and looser than a hợp tác xã"),
    ("hộ kinh doanh", "household business", None),
    ("nhãn hiệu chứng nhận", "certification mark", None),
    ("chỉ dẫn địa lý", "geographical indication", None),
    ("mã số vùng trồng", "growing area code", None),
    ("vùng trồng", "growing area", None),
    ("xuất xứ", "origin", None),
    ("quy cách đóng gói", "packaging", None),
    ("hạn sử dụng", "shelf life", "how long it keeps"),
    ("đơn hàng tối thiểu", "minimum order", None),
    ("thời gian giao hàng", "lead time", "days until it is ready"),
    ("giá bán buôn", "wholesale price", None),
    ("báo giá", "quotation", None),
)


def upgrade() -> None:
    for table in TRANSLATED:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("stale_texts", sa.JSON(none_as_null=True), nullable=True))
            if table == "milestone":
                batch.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
            if table == "certification_scheme":
                batch.add_column(sa.Column("criteria_vi", sa.Text(), nullable=True))
                batch.add_column(sa.Column("criteria_en", sa.Text(), nullable=True))
    op.create_table(
        "home_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("text_vi", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stale_texts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("title_vi <> ''", name=op.f("ck_home_section_title_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_section")),
        sa.UniqueConstraint("code", name=op.f("uq_home_section_code")),
    )
    op.create_table(
        "about_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("stale_texts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_about_page_name_vi_filled")),
        sa.CheckConstraint("text_vi <> ''", name=op.f("ck_about_page_text_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about_page")),
        sa.UniqueConstraint("code", name=op.f("uq_about_page_code")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_about_page_slug_vi")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_about_page_slug_en")),
    )
    for column in ("sort_vi", "sort_en"):
        op.create_index(op.f(f"ix_about_page_{column}"), "about_page", [column])
    op.create_table(
        "travel_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("text_vi", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("villages", sa.JSON(), nullable=False),
        sa.Column("routes", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("stale_texts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_travel_notice_days_in_order")),
        sa.CheckConstraint("title_vi <> ''", name=op.f("ck_travel_notice_title_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_travel_notice_code")),
    )
    op.create_index(op.f("ix_travel_notice_last_day"), "travel_notice", ["last_day"])
    glossary = op.create_table(
        "glossary_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vi", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("vi <> '' AND en <> ''", name=op.f("ck_glossary_term_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_term")),
        sa.UniqueConstraint("vi", name=op.f("uq_glossary_term_vi")),
    )
    op.bulk_insert(glossary, [{"vi": vi, "en": en, "note": note} for vi, en, note in TERMS])


def downgrade() -> None:
    for table in ("glossary_term", "travel_notice", "about_page", "home_section"):
        op.drop_table(table)
    for table in TRANSLATED:
        with op.batch_alter_table(table) as batch:
            if table == "certification_scheme":
                batch.drop_column("criteria_en")
                batch.drop_column("criteria_vi")
            if table == "milestone":
                batch.drop_column("archived_at")
            batch.drop_column("stale_texts")

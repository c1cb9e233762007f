"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_version")),
    )
    op.create_table(
        "category",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("hs_codes", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_category_name_vi_filled")),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name=op.f("fk_category_parent_id_category")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("code", name=op.f("uq_category_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_category_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_category_slug_vi")),
    )
    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_category_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_category_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_category_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "certification_scheme",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("issuer_vi", sa.Text(), nullable=True),
        sa.Column("issuer_en", sa.Text(), nullable=True),
        sa.Column("scope_vi", sa.Text(), nullable=True),
        sa.Column("scope_en", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("legal_basis_vi", sa.Text(), nullable=True),
        sa.Column("legal_basis_en", sa.Text(), nullable=True),
        sa.Column("granted_to", sa.Text(), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_certification_scheme_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_certification_scheme_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_certification_scheme_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_certification_scheme_slug_vi")),
    )
    with op.batch_alter_table("certification_scheme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certification_scheme_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_certification_scheme_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "flower_centre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("purpose_vi", sa.Text(), nullable=True),
        sa.Column("purpose_en", sa.Text(), nullable=True),
        sa.Column("history_vi", sa.Text(), nullable=True),
        sa.Column("history_en", sa.Text(), nullable=True),
        sa.Column("status_code", sa.Text(), nullable=False),
        sa.Column("status_vi", sa.Text(), nullable=True),
        sa.Column("status_en", sa.Text(), nullable=True),
        sa.Column("disclaimer_vi", sa.Text(), nullable=False),
        sa.Column("disclaimer_en", sa.Text(), nullable=True),
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("locations", sa.JSON(), nullable=False),
        sa.Column("area", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.JSON(), nullable=False),
        sa.Column("investor", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("disclaimer_vi <> ''", name=op.f("ck_flower_centre_disclaimer_vi_filled")),
        sa.CheckConstraint(
            "name_vi <> '' AND disclaimer_vi <> ''", name=op.f("ck_flower_centre_says_that_it_is_planned")
        ),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_flower_centre_name_vi_filled")),
        sa.CheckConstraint(
            "status_code <> 'planned' OR opened IS NULL", name=op.f("ck_flower_centre_planned_is_not_open")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flower_centre")),
        sa.UniqueConstraint("code", name=op.f("uq_flower_centre_code")),
    )
    op.create_table(
        "grading_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_standard")),
        sa.UniqueConstraint("code", name=op.f("uq_grading_standard_code")),
    )
    op.create_table(
        "place",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("note_vi", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("coords_approximate", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_place_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_place_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_place_slug_vi")),
    )
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_place_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_place_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("issuer_vi", sa.Text(), nullable=True),
        sa.Column("issuer_en", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("focus_vi", sa.Text(), nullable=True),
        sa.Column("focus_en", sa.Text(), nullable=True),
        sa.Column("orientation_2030_vi", sa.Text(), nullable=True),
        sa.Column("orientation_2030_en", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("title_vi <> ''", name=op.f("ck_resolution_title_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolution")),
        sa.UniqueConstraint("code", name=op.f("uq_resolution_code")),
    )
    op.create_table(
        "retired_slug",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retired_slug")),
        sa.UniqueConstraint("kind", "language", "slug", name=op.f("uq_retired_slug_kind_language_slug")),
    )
    op.create_table(
        "seed_record",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_seed_record")),
    )
    op.create_table(
        "tour_route",
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("distance_km", sa.Double(), nullable=True),
        sa.Column("season_months", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("theme_vi", sa.Text(), nullable=True),
        sa.Column("theme_en", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("story_vi", sa.Text(), nullable=True),
        sa.Column("story_en", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_tour_route_name_vi_filled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_route")),
        sa.UniqueConstraint("code", name=op.f("uq_tour_route_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_tour_route_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_tour_route_slug_vi")),
    )
    with op.batch_alter_table("tour_route", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tour_route_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_tour_route_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "craft_village",
        sa.Column("craft_code", sa.Text(), nullable=False),
        sa.Column("ethnic_group", sa.Text(), nullable=True),
        sa.Column("recognition", sa.Text(), nullable=False),
        sa.Column("recognised_year", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("story_vi", sa.Text(), nullable=True),
        sa.Column("story_en", sa.Text(), nullable=True),
        sa.Column("visit_activities", sa.JSON(), nullable=False),
        sa.Column("visit_months", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("visit_notes_vi", sa.Text(), nullable=True),
        sa.Column("visit_notes_en", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("locality_vi", sa.Text(), nullable=True),
        sa.Column("locality_en", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("coords_approximate", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_craft_village_name_vi_filled")),
        sa.CheckConstraint(
            "recognition IN ('recognised', 'listed', 'none-found')",
            name=op.f("ck_craft_village_recognition_known"),
        ),
        sa.ForeignKeyConstraint(
            ["craft_code"], ["category.code"], name=op.f("fk_craft_village_craft_code_category")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_craft_village_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_craft_village")),
        sa.UniqueConstraint("code", name=op.f("uq_craft_village_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_craft_village_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_craft_village_slug_vi")),
    )
    with op.batch_alter_table("craft_village", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_craft_village_craft_code"), ["craft_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_craft_village_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_craft_village_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_craft_village_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "flower_variety",
        sa.Column("scientific_name", sa.Text(), nullable=True),
        sa.Column("category_code", sa.Text(), nullable=False),
        sa.Column("trade_group", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("hs_code", sa.Text(), nullable=False),
        sa.Column("grading", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("season_months", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("vase_life_days", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("hoa_da_lat_mark", sa.Boolean(), nullable=False),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("description_vi", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_flower_variety_name_vi_filled")),
        sa.ForeignKeyConstraint(
            ["category_code"], ["category.code"], name=op.f("fk_flower_variety_category_code_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flower_variety")),
        sa.UniqueConstraint("code", name=op.f("uq_flower_variety_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_flower_variety_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_flower_variety_slug_vi")),
    )
    with op.batch_alter_table("flower_variety", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flower_variety_category_code"), ["category_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_flower_variety_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_flower_variety_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "industrial_zone",
        sa.Column("place_inferred", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("proposed_kind", sa.Text(), nullable=True),
        sa.Column("named_in_resolution", sa.Text(), nullable=True),
        sa.Column("status_code", sa.Text(), nullable=False),
        sa.Column("status_vi", sa.Text(), nullable=True),
        sa.Column("status_en", sa.Text(), nullable=True),
        sa.Column("area_ha", sa.Double(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("investor_vi", sa.Text(), nullable=True),
        sa.Column("investor_en", sa.Text(), nullable=True),
        sa.Column("sectors_vi", sa.Text(), nullable=True),
        sa.Column("sectors_en", sa.Text(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("other_enterprises", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("locality_vi", sa.Text(), nullable=True),
        sa.Column("locality_en", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("coords_approximate", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_industrial_zone_name_vi_filled")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_industrial_zone_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industrial_zone")),
        sa.UniqueConstraint("code", name=op.f("uq_industrial_zone_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_industrial_zone_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_industrial_zone_slug_vi")),
    )
    with op.batch_alter_table("industrial_zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_industrial_zone_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_industrial_zone_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_industrial_zone_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("event_vi", sa.Text(), nullable=False),
        sa.Column("event_en", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("event_vi <> ''", name=op.f("ck_milestone_event_vi_filled")),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["flower_centre.id"],
            name=op.f("fk_milestone_centre_id_flower_centre"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("centre_id", "position", name=op.f("uq_milestone_centre_id_position")),
    )
    op.create_table(
        "outcome",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("indicator_vi", sa.Text(), nullable=False),
        sa.Column("indicator_en", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("unit_vi", sa.Text(), nullable=True),
        sa.Column("unit_en", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("indicator_vi <> ''", name=op.f("ck_outcome_indicator_vi_filled")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
            name=op.f("fk_outcome_resolution_id_resolution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("code", name=op.f("uq_outcome_code")),
        sa.UniqueConstraint("resolution_id", "position", name=op.f("uq_outcome_resolution_id_position")),
    )
    op.create_table(
        "place_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_name_place_id_place"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_name")),
        sa.UniqueConstraint("place_id", "position", name=op.f("uq_place_name_place_id_position")),
    )
    op.create_table(
        "place_successor",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("current_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["current_id"], ["place.id"], name=op.f("fk_place_successor_current_id_place"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_successor_place_id_place"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("place_id", "current_id", name=op.f("pk_place_successor")),
    )
    op.create_table(
        "planned_function",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_planned_function_name_vi_filled")),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["flower_centre.id"],
            name=op.f("fk_planned_function_centre_id_flower_centre"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_function")),
        sa.UniqueConstraint("centre_id", "code", name=op.f("uq_planned_function_centre_id_code")),
        sa.UniqueConstraint("centre_id", "position", name=op.f("uq_planned_function_centre_id_position")),
    )
    op.create_table(
        "point_of_interest",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("locality_vi", sa.Text(), nullable=True),
        sa.Column("locality_en", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("coords_approximate", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_point_of_interest_name_vi_filled")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_point_of_interest_place_id_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_of_interest")),
        sa.UniqueConstraint("code", name=op.f("uq_point_of_interest_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_point_of_interest_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_point_of_interest_slug_vi")),
    )
    with op.batch_alter_table("point_of_interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_of_interest_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_of_interest_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_of_interest_sort_vi"), ["sort_vi"], unique=False)

    op.create_table(
        "scheme_area",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_scheme_area_place_id_place")),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["certification_scheme.id"],
            name=op.f("fk_scheme_area_scheme_id_certification_scheme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheme_id", "place_id", name=op.f("pk_scheme_area")),
    )
    op.create_table(
        "scheme_category",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("agreed_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_scheme_category_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["certification_scheme.id"],
            name=op.f("fk_scheme_category_scheme_id_certification_scheme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheme_id", "category_id", name=op.f("pk_scheme_category")),
    )
    with op.batch_alter_table("scheme_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scheme_category_category_id"), ["category_id"], unique=False)

    op.create_table(
        "scheme_level",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["certification_scheme.id"],
            name=op.f("fk_scheme_level_scheme_id_certification_scheme"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("scheme_id", "level", name=op.f("pk_scheme_level")),
    )
    op.create_table(
        "solution",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("what_vi", sa.Text(), nullable=True),
        sa.Column("what_en", sa.Text(), nullable=True),
        sa.Column("catalogue_part_vi", sa.Text(), nullable=True),
        sa.Column("catalogue_part_en", sa.Text(), nullable=True),
        sa.Column("later_vi", sa.Text(), nullable=True),
        sa.Column("later_en", sa.Text(), nullable=True),
        sa.Column("related", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_solution_name_vi_filled")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
            name=op.f("fk_solution_resolution_id_resolution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
        sa.UniqueConstraint("code", name=op.f("uq_solution_code")),
        sa.UniqueConstraint("resolution_id", "position", name=op.f("uq_solution_resolution_id_position")),
    )
    op.create_table(
        "target",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("indicator_vi", sa.Text(), nullable=False),
        sa.Column("indicator_en", sa.Text(), nullable=True),
        sa.Column("unit_vi", sa.Text(), nullable=True),
        sa.Column("unit_en", sa.Text(), nullable=True),
        sa.Column("note_vi", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("period_from", sa.Integer(), nullable=True),
        sa.Column("period_to", sa.Integer(), nullable=True),
        sa.Column("baseline", sa.Double(), nullable=True),
        sa.Column("min", sa.Double(), nullable=True),
        sa.Column("max", sa.Double(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("indicator_vi <> ''", name=op.f("ck_target_indicator_vi_filled")),
        sa.CheckConstraint("min IS NULL OR max IS NULL OR min <= max", name=op.f("ck_target_range_in_order")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
            name=op.f("fk_target_resolution_id_resolution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("code", name=op.f("uq_target_code")),
        sa.UniqueConstraint("resolution_id", "position", name=op.f("uq_target_resolution_id_position")),
    )
    op.create_table(
        "task",
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("catalogue_link_vi", sa.Text(), nullable=True),
        sa.Column("catalogue_link_en", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("text_vi <> ''", name=op.f("ck_task_text_vi_filled")),
        sa.ForeignKeyConstraint(
            ["resolution_id"],
            ["resolution.id"],
            name=op.f("fk_task_resolution_id_resolution"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("resolution_id", "position", name=op.f("uq_task_resolution_id_position")),
    )
    op.create_table(
        "growing_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("flower_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("label_vi", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=True),
        sa.CheckConstraint("label_vi <> ''", name=op.f("ck_growing_area_label_vi_filled")),
        sa.ForeignKeyConstraint(
            ["flower_id"],
            ["flower_variety.id"],
            name=op.f("fk_growing_area_flower_id_flower_variety"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_growing_area_place_id_place")),
        sa.ForeignKeyConstraint(
            ["village_id"], ["craft_village.id"], name=op.f("fk_growing_area_village_id_craft_village")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_growing_area")),
        sa.UniqueConstraint("flower_id", "position", name=op.f("uq_growing_area_flower_id_position")),
    )
    op.create_table(
        "producer",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("visitable", sa.Boolean(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("story_vi", sa.Text(), nullable=True),
        sa.Column("story_en", sa.Text(), nullable=True),
        sa.Column("products_summary_vi", sa.Text(), nullable=True),
        sa.Column("products_summary_en", sa.Text(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("former_commune", sa.Text(), nullable=True),
        sa.Column("former_district", sa.Text(), nullable=True),
        sa.Column("locality_vi", sa.Text(), nullable=True),
        sa.Column("locality_en", sa.Text(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("coords_approximate", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('company', 'cooperative', 'household', 'artisan-group', 'farm')",
            name=op.f("ck_producer_kind_known"),
        ),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_producer_name_vi_filled")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_producer_place_id_place")),
        sa.ForeignKeyConstraint(
            ["village_id"], ["craft_village.id"], name=op.f("fk_producer_village_id_craft_village")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_producer")),
        sa.UniqueConstraint("code", name=op.f("uq_producer_code")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_producer_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_producer_slug_vi")),
    )
    with op.batch_alter_table("producer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_producer_place_id"), ["place_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_sort_vi"), ["sort_vi"], unique=False)
        batch_op.create_index(batch_op.f("ix_producer_village_id"), ["village_id"], unique=False)

    op.create_table(
        "producer_flower",
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("flower_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flower_id"],
            ["flower_variety.id"],
            name=op.f("fk_producer_flower_flower_id_flower_variety"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["producer_id"],
            ["producer.id"],
            name=op.f("fk_producer_flower_producer_id_producer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("producer_id", "flower_id", name=op.f("pk_producer_flower")),
    )
    with op.batch_alter_table("producer_flower", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_producer_flower_flower_id"), ["flower_id"], unique=False)

    op.create_table(
        "producer_market",
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["producer_id"],
            ["producer.id"],
            name=op.f("fk_producer_market_producer_id_producer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("producer_id", "country", name=op.f("pk_producer_market")),
    )
    op.create_table(
        "producer_zone",
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("zone_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["producer_id"],
            ["producer.id"],
            name=op.f("fk_producer_zone_producer_id_producer"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["zone_id"],
            ["industrial_zone.id"],
            name=op.f("fk_producer_zone_zone_id_industrial_zone"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("producer_id", "zone_id", name=op.f("pk_producer_zone")),
    )
    with op.batch_alter_table("producer_zone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_producer_zone_zone_id"), ["zone_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("flower_id", sa.Integer(), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("description_vi", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("specs", sa.JSON(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("hs_code", sa.Text(), nullable=True),
        sa.Column("season_months", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug_vi", sa.Text(), nullable=False),
        sa.Column("slug_en", sa.Text(), nullable=False),
        sa.Column("sort_vi", sa.Text(), nullable=False),
        sa.Column("sort_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.CheckConstraint("name_vi <> ''", name=op.f("ck_product_name_vi_filled")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_product_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["flower_id"], ["flower_variety.id"], name=op.f("fk_product_flower_id_flower_variety")
        ),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producer.id"], name=op.f("fk_product_producer_id_producer")
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["craft_village.id"], name=op.f("fk_product_village_id_craft_village")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("code", name=op.f("uq_product_code")),
        sa.UniqueConstraint("id", "category_id", name=op.f("uq_product_id_category_id")),
        sa.UniqueConstraint("slug_en", name=op.f("uq_product_slug_en")),
        sa.UniqueConstraint("slug_vi", name=op.f("uq_product_slug_vi")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_category_id"), ["category_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_flower_id"), ["flower_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_producer_id"), ["producer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_sort_en"), ["sort_en"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_sort_vi"), ["sort_vi"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_village_id"), ["village_id"], unique=False)

    op.create_table(
        "stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("poi_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note_vi", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN village_id IS NULL THEN 0 ELSE 1 END + CASE WHEN producer_id IS NULL THEN 0 ELSE 1 END + CASE WHEN poi_id IS NULL THEN 0 ELSE 1 END = 1",  # noqa: E501
            name=op.f("ck_stop_one_target"),
        ),
        sa.CheckConstraint("position >= 1", name=op.f("ck_stop_position_from_one")),
        sa.ForeignKeyConstraint(
            ["poi_id"], ["point_of_interest.id"], name=op.f("fk_stop_poi_id_point_of_interest")
        ),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_stop_producer_id_producer")),
        sa.ForeignKeyConstraint(
            ["route_id"], ["tour_route.id"], name=op.f("fk_stop_route_id_tour_route"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["village_id"], ["craft_village.id"], name=op.f("fk_stop_village_id_craft_village")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
        sa.UniqueConstraint("route_id", "position", name=op.f("uq_stop_route_id_position")),
    )
    with op.batch_alter_table("stop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stop_poi_id"), ["poi_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stop_producer_id"), ["producer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stop_village_id"), ["village_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("producer_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.Column("lookup_code", sa.Text(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "confirmed_on IS NULL OR trim(coalesce(number, '')) <> '' OR evidence <> 'press'",
            name=op.f("ck_certificate_confirmed_on_grounds"),
        ),
        sa.CheckConstraint(
            "evidence IN ('register', 'document', 'press')", name=op.f("ck_certificate_evidence_known")
        ),
        sa.CheckConstraint(
            "(product_id IS NULL) <> (producer_id IS NULL)", name=op.f("ck_certificate_one_holder")
        ),
        sa.ForeignKeyConstraint(
            ["producer_id"], ["producer.id"], name=op.f("fk_certificate_producer_id_producer")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_certificate_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id", "level"],
            ["scheme_level.scheme_id", "scheme_level.level"],
            name=op.f("fk_certificate_scheme_id_level_scheme_level"),
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["certification_scheme.id"],
            name=op.f("fk_certificate_scheme_id_certification_scheme"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint("id", "scheme_id", name=op.f("uq_certificate_id_scheme_id")),
        sa.UniqueConstraint("lookup_code", name=op.f("uq_certificate_lookup_code")),
        sa.UniqueConstraint("producer_id", "scheme_id", name=op.f("uq_certificate_producer_id_scheme_id")),
        sa.UniqueConstraint("product_id", "scheme_id", name=op.f("uq_certificate_product_id_scheme_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_scheme_id"), ["scheme_id"], unique=False)

    op.create_table(
        "product_market",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_market_product_id_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", "country", name=op.f("pk_product_market")),
    )
    op.create_table(
        "certificate_scope",
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id", "scheme_id"],
            ["certificate.id", "certificate.scheme_id"],
            name="fk_certificate_scope_certificate",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id", "category_id"],
            ["product.id", "product.category_id"],
            name="fk_certificate_scope_product",
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id", "category_id"],
            ["scheme_category.scheme_id", "scheme_category.category_id"],
            name="fk_certificate_scope_scheme_category",
        ),
        sa.PrimaryKeyConstraint("certificate_id", "product_id", name=op.f("pk_certificate_scope")),
    )
    with op.batch_alter_table("certificate_scope", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_scope_product_id"), ["product_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("certificate_scope", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_scope_product_id"))

    op.drop_table("certificate_scope")
    op.drop_table("product_market")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_scheme_id"))

    op.drop_table("certificate")
    with op.batch_alter_table("stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stop_village_id"))
        batch_op.drop_index(batch_op.f("ix_stop_producer_id"))
        batch_op.drop_index(batch_op.f("ix_stop_poi_id"))

    op.drop_table("stop")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_village_id"))
        batch_op.drop_index(batch_op.f("ix_product_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_product_sort_en"))
        batch_op.drop_index(batch_op.f("ix_product_producer_id"))
        batch_op.drop_index(batch_op.f("ix_product_flower_id"))
        batch_op.drop_index(batch_op.f("ix_product_category_id"))

    op.drop_table("product")
    with op.batch_alter_table("producer_zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_zone_zone_id"))

    op.drop_table("producer_zone")
    op.drop_table("producer_market")
    with op.batch_alter_table("producer_flower", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_flower_flower_id"))

    op.drop_table("producer_flower")
    with op.batch_alter_table("producer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_producer_village_id"))
        batch_op.drop_index(batch_op.f("ix_producer_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_producer_sort_en"))
        batch_op.drop_index(batch_op.f("ix_producer_place_id"))

    op.drop_table("producer")
    op.drop_table("growing_area")
    op.drop_table("task")
    op.drop_table("target")
    op.drop_table("solution")
    op.drop_table("scheme_level")
    with op.batch_alter_table("scheme_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scheme_category_category_id"))

    op.drop_table("scheme_category")
    op.drop_table("scheme_area")
    with op.batch_alter_table("point_of_interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_of_interest_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_point_of_interest_sort_en"))
        batch_op.drop_index(batch_op.f("ix_point_of_interest_place_id"))

    op.drop_table("point_of_interest")
    op.drop_table("planned_function")
    op.drop_table("place_successor")
    op.drop_table("place_name")
    op.drop_table("outcome")
    op.drop_table("milestone")
    with op.batch_alter_table("industrial_zone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_industrial_zone_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_industrial_zone_sort_en"))
        batch_op.drop_index(batch_op.f("ix_industrial_zone_place_id"))

    op.drop_table("industrial_zone")
    with op.batch_alter_table("flower_variety", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flower_variety_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_flower_variety_sort_en"))
        batch_op.drop_index(batch_op.f("ix_flower_variety_category_code"))

    op.drop_table("flower_variety")
    with op.batch_alter_table("craft_village", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_craft_village_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_craft_village_sort_en"))
        batch_op.drop_index(batch_op.f("ix_craft_village_place_id"))
        batch_op.drop_index(batch_op.f("ix_craft_village_craft_code"))

    op.drop_table("craft_village")
    with op.batch_alter_table("tour_route", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tour_route_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_tour_route_sort_en"))

    op.drop_table("tour_route")
    op.drop_table("seed_record")
    op.drop_table("retired_slug")
    op.drop_table("resolution")
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_place_sort_en"))

    op.drop_table("place")
    op.drop_table("grading_standard")
    op.drop_table("flower_centre")
    with op.batch_alter_table("certification_scheme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certification_scheme_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_certification_scheme_sort_en"))

    op.drop_table("certification_scheme")
    with op.batch_alter_table("category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_category_sort_vi"))
        batch_op.drop_index(batch_op.f("ix_category_sort_en"))
        batch_op.drop_index(batch_op.f("ix_category_parent_id"))

    op.drop_table("category")
    op.drop_table("catalogue_version")

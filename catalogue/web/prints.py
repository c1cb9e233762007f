"""Which block print stands for a product until its photographs come."""

from __future__ import annotations

from catalogue.flowers.models import FlowerVariety
from catalogue.products.models import Product

# One of the 26 prints of static/prints for a category; a gùi of harvest stands for those without one.
HARVEST = "basket"
BY_CATEGORY: dict[str, str] = {
    "flowers": "hydrangea",
    "cut-flowers": "chrysanthemum",
    "potted-flowers": "hydrangea",
    "orchids": "orchid",
    "dried-flowers": "sunflower",
    "berries": "strawberry",
    "persimmon-fresh": "persimmon",
    "coffee": "coffee",
    "coffee-arabica": "coffee",
    "coffee-robusta": "coffee",
    "coffee-convenience": "coffee",
    "tea": "tea",
    "tea-oolong": "tea",
    "tea-black": "tea",
    "tea-green": "tea",
    "tea-scented": "tea",
    "silk-textile": "silk",
    "silk-fabric": "silk",
    "silk-yarn": "silk",
    "silk-apparel": "scarf",
    "handicraft": "basket",
    "brocade": "loom",
    "pottery": "pot",
    "silver": "ring",
    "bamboo-rattan": "basket",
    "embroidery": "hoop",
    "processed-food": "pouch",
    "powders-condiments": "pouch",
    "jam-syrup": "jam",
    "dried-fruit": "persimmon",
    "dried-persimmon": "persimmon",
    "nuts": "macadamia",
    "dairy": "milk",
    "honey": "honey",
    "wine-spirits": "wine",
    "grape-wine": "wine",
    "fruit-wine": "wine",
    "jar-wine": "jar",
    "herbal-liquor": "wine",
    "herbs-mushrooms": "mushroom",
    "artichoke": "artichoke",
    "cordyceps": "mushroom",
    "lingzhi": "mushroom",
    "culinary-mushrooms": "mushroom",
    "herbal-infusions": "tea",
    "farm-tour": "strawberry",
    "factory-tour": "wine",
    "craft-workshop": "loom",
}
# A flower that has a print of its own, by its code or its trade group, is not shown as another one.
BY_FLOWER: dict[str, str] = {
    "cam-tu-cau": "hydrangea",
    "huong-duong": "sunflower",
    "rose": "rose",
    "chrysanthemum": "chrysanthemum",
    "lily": "lily",
    "orchid": "orchid",
}
VARIANTS = (1, 2, 3)
# How far back a card looks for its own plate: the card beside it matters most, then those above it in
# rows of three, four and two.
NEIGHBOURS = {1: 8, 3: 4, 4: 2, 2: 1}


def print_for(category_code: str) -> str:
    """The print of a category."""
    return BY_CATEGORY.get(category_code, HARVEST)


def print_of(product: Product) -> str:
    """The print of a product: its flower's own, else its category's. Needs flower and category loaded."""
    own = print_of_flower(product.flower) if product.flower else None
    return own or print_for(product.category.code)


def print_of_flower(flower: FlowerVariety) -> str | None:
    """A flower's own print, or None: no flower is shown as another one."""
    return BY_FLOWER.get(flower.code) or BY_FLOWER.get(flower.trade_group)


def next_variant(name: str, plates: list[tuple[str, int]]) -> int:
    """The variant for the next plate of a row, so that no two identical plates touch."""

    def touching(variant: int) -> int:
        same = (back for back in NEIGHBOURS if back <= len(plates) and plates[-back] == (name, variant))
        return sum(NEIGHBOURS[back] for back in same)

    return min(VARIANTS, key=touching)

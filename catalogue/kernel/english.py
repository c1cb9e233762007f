"""English words as the search reads them: one base for forms that no rule of endings joins, one spelling."""

from __future__ import annotations

# Forms on the right are found under the word on the left. A stemmer joins the rest (weaver, weavers).
_FORMS = """
    child: children childs childrens
    man: men mens
    woman: women womens
    person: people
    foot: feet
    tooth: teeth
    goose: geese
    mouse: mice
    ox: oxen
    leaf: leaves
    loaf: loaves
    knife: knives
    half: halves
    shelf: shelves
    wolf: wolves
    life: lives
    scarf: scarves scarfs
    calf: calves
    dwarf: dwarves
    fungus: fungi
    cactus: cacti
    gladiolus: gladioli gladioluses
    narcissus: narcissi
    iris: irises
    matrix: matrices
    medium: media
    berry: berries
    dry: dried drying drier dries
    fry: fried frying fries
    weave: wove woven weaving weaves weaver weavers
    grow: grew grown growing grows grower growers
    farm: farms farmed farming farmer farmers
    garden: gardens gardening gardener gardeners
    pottery: potter potters potteries
    brew: brewed brewing brewer brewers brewery breweries
    distil: distill distilled distilling distillery distilleries
    spice: spicy spices spiced
    wool: wools woollen woolen woollens woolens woolly
    wood: woods wooden
    make: made making makes maker makers
    spin: spun spinning spins
    grind: ground grinding grinds
    freeze: froze frozen freezing
    hold: held holding
    bake: baked baking
    sew: sewn sewing sewed
    knit: knitted knitting knits
    buy: bought buying buys
    sell: sold selling
    choose: chosen chose
    take: taken took
    carve: carved carving carver carvers
    dye: dyed dyeing dyes
    cut: cutting cuts
    wear: worn wore wearing
    pick: picked picking picker pickers
    roast: roasted roasting roaster roasters
    export: exports exported exporting exporter exporters
    plait: plaited plaiting
    smoke: smoked smoking
    preserve: preserved preserving preserves preservation
    embroider: embroidery embroidered embroidering embroideries
    craft: crafts crafted
    jewel: jewelry jewellery jewels jewelers jewellers
    colour: color colors colours colored coloured
    flavour: flavor flavors flavours flavored flavoured
    fibre: fiber fibers fibres
    grey: gray
    centre: center centers centres
    metre: meter meters metres
    litre: liter liters litres
    yogurt: yoghurt yoghurts yogurts yoghourt
    puree: puree purees
    mould: mold
    plough: plow
    organise: organize organized organised
    specialty: speciality specialities specialties
    programme: program programs programmes
    catalogue: catalog catalogs catalogues
    theatre: theater
    traveller: traveler travelers travellers
    donut: doughnut doughnuts donuts
    chilli: chili chile chilies chillies
    whisky: whiskey
    aubergine: aubergines
    tyre: tire
    storey: story
    cosy: cozy
"""


def _read(forms: str) -> dict[str, str]:
    lines = (line.split(":") for line in forms.strip().splitlines())
    return {form: base.strip() for base, found in lines for form in found.split()}


BASES = _read(_FORMS)


def base(word: str) -> str:
    """The word under which a form is found, for a folded word: `leaves` → `leaf`, `fiber` → `fibre`."""
    return BASES.get(word, word)

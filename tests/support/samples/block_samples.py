"""One block of each kind, with words that occur nowhere else on a page."""

from onestop.screen import (
    BLOCK_KINDS,
    Action,
    Alert,
    AnswerRow,
    Answers,
    Block,
    Bullets,
    Button,
    Choice,
    Code,
    Facts,
    Form,
    Heading,
    Link,
    Menu,
    MenuItem,
    Note,
    Option,
    Paragraph,
    Picture,
    Place,
    Reference,
    Run,
    Screen,
    Search,
    Steps,
    Table,
)

BLOCKS: tuple[Block, ...] = (
    Paragraph((Run("Aardvarks & "), Run("badgers", strong=True), Run(" see "), Run("camels", target="/bins", number="200"))),
    Heading("Dormice"),
    Bullets(((Run("Eels"),), (Run("Foxes", target="https://example.org/foxes"),))),
    Steps(((Run("Geese"),), (Run("Hares"),)), start=83),
    Table(((Run("Ibexes"),), (Run("Jackals"),)), (((Run("Kites"),), (Run("Lynxes"),)), ((Run("Moles"),), (Run("Newts"),))), "Owls"),
    Note((Run("Pandas"),), "warning"),
    Facts((("Quails", (Run("Rabbits"),)), ("Seals", (Run("Toads"),)))),
    Place(
        "Urials", ("Vole Street", "Wombat"), "01632 960 200", "yaks@example.org", (("Zebras", "08:30 to 17:00"),), "Open, ants"
    ),
    Menu((MenuItem("Bees", "/bins/missed-bin", "451", "trash-2", "Cranes"),), "related", "Doves"),
    Action("Egrets", "/bins/missed-bin", "mail"),
    Search("finches"),
    Picture("/pictures/bins/bin.png", "Gulls"),
    Code("https://www.eastmere.example/214", "Herons"),
    Form(
        "/bins/missed-bin/ask/colour", "Impalas", Choice("colour", (Option("k", "Koels"), Option("l", "Larks", "Mynas")), several=True),
        "Nutrias", "Oryxes", (("seen", "7"),), (Button("also", "skip", "Pumas"),)
    ),
    Answers((AnswerRow("Quolls", "Ravens", "/bins/missed-bin/ask/colour"), AnswerRow("Shrews", "Tapirs"))),
    Reference("Uakaris", "123 456 7890"),
)  # fmt: skip
WORDS: dict[type, str] = {
    Paragraph: "Aardvarks badgers camels",
    Heading: "Dormice",
    Bullets: "Eels Foxes",
    Steps: "Geese Hares 83",
    Table: "Ibexes Jackals Kites Lynxes Moles Newts Owls",
    Note: "Pandas Warning",
    Facts: "Quails Rabbits Seals Toads",
    Place: "Urials Vole Wombat 01632 960 200 yaks@example.org Zebras 08:30 17:00 ants",
    Menu: "Bees 451 Doves",
    Action: "Egrets",
    Search: "finches",
    Picture: "Gulls",
    Code: "Herons",
    Form: "Impalas Koels Larks Mynas Nutrias Oryxes Pumas",
    Answers: "Quolls Ravens Shrews Tapirs",
    Reference: "Uakaris 123 456 7890",
}
assert tuple(type(block) for block in BLOCKS) == BLOCK_KINDS == tuple(WORDS)


def screen(*blocks: Block, **more: object) -> Screen:
    """Return a screen of these blocks with everything else that a screen can have."""
    around: dict[str, object] = {
        "kind": "service",
        "title": "Iguanas & jays",
        "address": "/bins/missed-bin",
        "language": "en",
        "number": "214",
        "summary": "Koalas and llamas.",
        "trail": (Link("Home", "/"), Link("Martens", "/bins")),
        "alert": Alert("Nightjars.", "Otters", "/roads/gritting", "614"),
        "languages": ("en", "cy"),
        "reviewed": "2026-10-01",
        "data": '{"@type":"GovernmentService"}',
    }
    return Screen(blocks=blocks, **(around | more))  # type: ignore[arg-type]

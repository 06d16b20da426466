"""Write channels/advances.json: for each character the widest advance of the fonts a screen may have, in thousandths of an em."""

import json
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path("/usr/share/fonts")
FACES = {
    "regular": [
        "truetype/dejavu/DejaVuSans.ttf",
        "truetype/noto/NotoSans-Regular.ttf",
        "truetype/liberation/LiberationSans-Regular.ttf",
        "truetype/tiresias/tiresias_infofont.ttf",
        "opentype/inter/Inter-Regular.otf",
    ],
    "bold": [
        "truetype/dejavu/DejaVuSans-Bold.ttf",
        "truetype/noto/NotoSans-Bold.ttf",
        "truetype/liberation/LiberationSans-Bold.ttf",
        "truetype/tiresias/tiresias_infofont_bold.ttf",
        "opentype/inter/Inter-Bold.otf",
    ],
}
# Latin, Latin-1, Latin Extended-A (Welsh is there), the w and y with accents, and the punctuation of running text.
WANTED = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1E80, 0x1E86),
    0x1EF2,
    0x1EF3,
    *range(0x2010, 0x2027),
    0x20AC,
    0x2192,
    0x25B6,
]


def main() -> None:
    """Write the table beside the module that reads it."""
    table = {name: advances([TTFont(FONTS / file) for file in files]) for name, files in FACES.items()}
    place = Path(__file__).parent.parent / "channels" / "advances.json"
    place.write_text(json.dumps(table, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8")


def advances(fonts: list[TTFont]) -> dict[str, int]:
    """Return the widest advance of each wanted character that at least one font has."""
    widest: dict[str, int] = {}
    for font in fonts:
        em, glyphs, metrics = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        for code in WANTED:
            if code in glyphs:
                advance = -(-metrics[glyphs[code]][0] * 1000 // em)
                widest[chr(code)] = max(widest.get(chr(code), 0), advance)
    return widest


if __name__ == "__main__":
    main()

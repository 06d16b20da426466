"""Style sheets for languages written from right to left: what is on the left goes to the right.

Old sets and phones know no logical properties, so the sheet itself is turned; every other language keeps its bytes.
"""

import re
from functools import lru_cache

ADDRESS = re.compile(r"url\([^)]*\)")
SIDE = re.compile(
    r"(?<=[{;])((?:margin|padding|border)-|border-(?:top|bottom)-|)(left|right)((?:-\w+)*)(?=:)|(?<=:)(left|right)(?=[;}!])"
)
FOUR = re.compile(r"(?<=[{;])(margin|padding|inset|border-(?:width|style|color)|border-radius):([^;}()]+)(?=[;}])")
START = re.compile(r"(no-repeat )0(?= )")
TURNED = ".turns{transform:scaleX(-1)}"
"""Icons that point along the line of text."""
OTHER_SIDE = {"left": "right", "right": "left"}


@lru_cache(maxsize=128)
def mirrored(css: str) -> str:
    """Return compact CSS with left and right exchanged."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"url({len(kept) - 1})"

    css = ADDRESS.sub(keep, css)
    css = SIDE.sub(_other_side, css)
    css = FOUR.sub(_other_order, css)
    css = START.sub(r"\g<1>100%", css)
    return re.sub(r"url\((\d+)\)", lambda found: kept[int(found[1])], css) + TURNED


def _other_side(found: re.Match[str]) -> str:
    if found[4]:
        return OTHER_SIDE[found[4]]
    return f"{found[1]}{OTHER_SIDE[found[2]]}{found[3]}"


def _other_order(found: re.Match[str]) -> str:
    """Exchange right and left of four sides; of four corners, exchange those on one line."""
    values = found[2].split()
    corners = found[1] == "border-radius"
    if len(values) == 4:
        order = (1, 0, 3, 2) if corners else (0, 3, 2, 1)
        values = [values[place] for place in order]
    elif corners and len(values) == 2:
        values.reverse()
    return f"{found[1]}:{' '.join(values)}"

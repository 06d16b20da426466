"""The council's crest: an SVG of shapes, kept by an allow-list, because it becomes part of every page of every channel."""

import re
import xml.etree.ElementTree as ElementTree

SVG = "http://www.w3.org/2000/svg"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "viewBox",
        "preserveAspectRatio",
        "transform",
        "version",
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "opacity",
        "color",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clip-path",
        "clip-rule",
        "clipPathUnits",
        "mask",
        "maskUnits",
        "maskContentUnits",
        "aria-hidden",
        "role",
    ]
)
FUNCTIONS = frozenset(["url", "matrix", "translate", "scale", "rotate", "skewx", "skewy", "rgb", "rgba", "hsl", "hsla"])
"""Functions a value may call, in small letters. Others, such as image-set(), load pictures from elsewhere."""
FUNCTION = re.compile(r"([^\s(,)]*)\s*\(")
DEEPEST = 40
"""Elements within each other."""
LEADS_AWAY = re.compile(r"url\s*\(\s*(?![\"']?#[A-Za-z0-9_-]+[\"']?\s*\))|[\\@:]", re.IGNORECASE)
"""A value that refers to anything but an element of the crest itself."""


def clean_crest(text: str) -> str | None:
    """Return the crest written anew from what an XML parser read; None if it holds anything that is not allowed.

    Declarations, comments and processing instructions are refused before parsing, so that no entity is ever expanded.
    """
    if "<!" in text or "<?" in text:
        return None
    try:
        root = ElementTree.fromstring(text if "xmlns" in text else text.replace("<svg", f'<svg xmlns="{SVG}"', 1))  # noqa: S314
    except ElementTree.ParseError:
        return None
    if root.tag != f"{{{SVG}}}svg" or _is_too_deep(root) or not all(_allowed(element) for element in root.iter()):
        return None
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _is_too_deep(root: ElementTree.Element) -> bool:
    """Return whether elements lie deeper than DEEPEST: the parser reads any depth, but writing the tree recurses."""
    level = [root]
    for _ in range(DEEPEST):
        level = [inner for element in level for inner in element]
    return bool(level)


def _allowed(element: ElementTree.Element) -> bool:
    space, _, name = element.tag.partition("}")
    return (
        space == f"{{{SVG}"
        and name in ELEMENTS
        and all(attribute in ATTRIBUTES and _stays_here(value) for attribute, value in element.attrib.items())
    )


def _stays_here(value: str) -> bool:
    return not LEADS_AWAY.search(value) and all(name.lower() in FUNCTIONS for name in FUNCTION.findall(value))

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
    if root.tag != f"{{{SVG}}}svg" or not all(_allowed(element) for element in root.iter()):
        return None
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _allowed(element: ElementTree.Element) -> bool:
    space, _, name = element.tag.partition("}")
    attributes = element.attrib.items()
    return (
        space == f"{{{SVG}"
        and name in ELEMENTS
        and all(attribute in ATTRIBUTES and not LEADS_AWAY.search(value) for attribute, value in attributes)
    )

"""A council's crest as a bitmap icon for app stores."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from tvapp.outlines import Point, UntraceableShape, outlines

FINER = 4
"""Oversampling factor for smooth edges."""
PASSED_ON = ("fill", "stroke", "stroke-width", "fill-rule")
SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
IGNORED = ("title", "desc", "metadata")
Style = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Canvas:
    """`picture` is `FINER` times the final size; `scale`, `left` and `top` map the crest's units to it."""

    picture: Image.Image
    scale: float
    left: float
    top: float

    def place(self, point: Point) -> Point:
        return (point[0] * self.scale + self.left, point[1] * self.scale + self.top)


def draw_icon(size: tuple[int, int], crest: str, ground: str, name: str, colour: str) -> Image.Image:
    """Return the crest centred on `ground`. If it has more than plain shapes, return the first letter of `name` in `colour` instead."""
    picture = Image.new("RGB", (size[0] * FINER, size[1] * FINER), ground)
    room = min(picture.size) * 0.72
    try:
        _crest(picture, crest, room)
    except (UntraceableShape, ElementTree.ParseError, ValueError):
        letter = ImageDraw.Draw(picture)
        middle = (picture.width / 2, picture.height / 2)
        letter.text(middle, name[:1], fill=colour, font=ImageFont.load_default(room), anchor="mm")
    return picture.resize(size, Image.Resampling.LANCZOS)


def _crest(picture: Image.Image, crest: str, room: float) -> None:
    root = ElementTree.fromstring(crest)  # noqa: S314  # the council's own file, checked when the catalogue was read
    x, y, width, height = (float(number) for number in root.attrib["viewBox"].replace(",", " ").split())
    scale = room / max(width, height)
    left, top = (picture.width - width * scale) / 2 - x * scale, (picture.height - height * scale) / 2 - y * scale
    drawn = picture.copy()
    canvas = Canvas(drawn, scale, left, top)
    for shape, style in _shapes(root, {"fill": "#000", "stroke": "none", "stroke-width": "1"}):
        _shape(canvas, shape, style)
    picture.paste(drawn)


def _shapes(parent: ElementTree.Element, style: Style) -> Iterator[tuple[ElementTree.Element, Style]]:
    """Yield every shape with its inherited style. Raise UntraceableShape for anything else."""
    for element in parent:
        name = element.tag.rpartition("}")[2]
        own = {**style, **{key: value for key, value in element.attrib.items() if key in PASSED_ON}}
        if element.attrib.keys() & {"transform", "style", "class", "clip-path", "mask", "opacity"}:
            raise UntraceableShape(f"{name} has more to it than a shape")
        if name == "g":
            yield from _shapes(element, own)
        elif name in SHAPES:
            yield element, own
        elif name not in IGNORED:
            raise UntraceableShape(f"{name} is no shape")


def _shape(canvas: Canvas, element: ElementTree.Element, style: Style) -> None:
    lines = [[canvas.place(point) for point in outline] for outline in outlines(_data(element))]
    if style["fill"] != "none":
        _fill(canvas.picture, lines, style["fill"])
    if style["stroke"] != "none":
        _stroke(canvas.picture, lines, style["stroke"], float(style["stroke-width"]) * canvas.scale)


def _fill(picture: Image.Image, lines: list[list[Point]], colour: str) -> None:
    """Fill outlines by the even-odd rule: an outline inside another is a hole."""
    mask = Image.new("1", picture.size)
    for line in lines:
        if len(line) > 2:
            one = Image.new("1", picture.size)
            ImageDraw.Draw(one).polygon(line, fill=1)
            mask = ImageChops.logical_xor(mask, one)
    picture.paste(ImageColor.getrgb(colour)[:3], mask=mask.convert("L"))


def _stroke(picture: Image.Image, lines: list[list[Point]], colour: str, width: float) -> None:
    """Draw lines with round caps and joins."""
    pen, half = ImageDraw.Draw(picture), width / 2
    for line in lines:
        pen.line(line, fill=colour, width=max(1, round(width)))
        for x, y in line:
            pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _data(element: ElementTree.Element) -> str:
    """Return any shape as path data."""

    def number(name: str) -> float:
        return float(element.get(name, "0"))

    name = element.tag.rpartition("}")[2]
    if name == "path":
        return element.get("d", "")
    if name == "rect":
        x, y, width, height = (number(key) for key in ("x", "y", "width", "height"))
        return f"M{x} {y}h{width}v{height}h{-width}z"
    if name == "line":
        return f"M{number('x1')} {number('y1')}L{number('x2')} {number('y2')}"
    if name in ("circle", "ellipse"):
        rx, ry = number("r") or number("rx"), number("r") or number("ry")
        start = f"M{number('cx') - rx} {number('cy')}"
        return f"{start}a{rx} {ry} 0 1 0 {2 * rx} 0a{rx} {ry} 0 1 0 {-2 * rx} 0z"
    return f"M{element.get('points', '')}{'z' if name == 'polygon' else ''}"

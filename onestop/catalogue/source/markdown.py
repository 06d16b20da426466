"""Markdown bodies as packed blocks; any construct that is not shown on every channel is a fault."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onestop.authoring.source import Source
from onestop.authoring.tree import Position
from onestop.catalogue.body import PackedBlock, PackedText
from onestop.catalogue.source.inline import Inline, Lines

WIDEST = 4
CELL_LENGTH = 40

# Blocks only: most texts have no inline markup, and `Inline` parses the others.
_PARSER = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "lheading", "reference"])
)
_PARSER.core.ruler.enableOnly(["normalize", "block"])
_BAR = re.compile(r"(?<!\\)\|")
_PICTURE = re.compile(r"!\[(?P<description>[^\[\]]*)\]\((?P<source>[^()\s]+)\)")
_MARK = re.compile(r"^\[!([A-Za-z]+)\]\s*")
_MARKS = {"WARNING": "warning", "NOTE": "note"}
_NOT_SHOWN = {
    "hr": "a rule is not shown: use a heading",
    "fence": "code is not shown: write it as a paragraph",
}


@dataclass(slots=True)
class BodyLink:
    """A link to an address of the catalogue, or the name of a picture, and its position."""

    target: str
    place: Position


@dataclass(slots=True)
class ParsedBody:
    """A parsed body. `pictures` are the files it shows."""

    blocks: list[PackedBlock] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    links: list[BodyLink] = field(default_factory=list)
    pictures: list[BodyLink] = field(default_factory=list)


def read_body(source: Source, text: str, first_line: int, pictures: str) -> ParsedBody:
    """Parse the body that begins in line `first_line` of `source`. `pictures` is the address of its pictures' folder."""
    reader = _BodyReader(source, Lines(text.split("\n"), first_line), pictures)
    for token, inner in _elements(_PARSER.parse(text)):
        reader.block(token, inner)
    blocks = reader.read.blocks
    if not blocks and not any(fault.severity == "error" for fault in source.faults):
        source.fault((first_line, 1), "the body is empty: say what the service is and how to get it")
    elif blocks and blocks[0][0] == "heading":
        source.fault((first_line, 1), "the body begins with a heading: begin with a paragraph")
    return reader.read


def _elements(tokens: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield the outermost elements of a token list, each with its inner tokens."""
    start = depth = 0
    for place, token in enumerate(tokens):
        if depth == 0:
            start = place
        depth += token.nesting
        if depth == 0:
            yield tokens[start], tokens[start + 1 : place]


class _BodyReader:
    def __init__(self, source: Source, lines: Lines, pictures: str) -> None:
        self.source, self.lines, self.read = source, lines, ParsedBody()
        self.pictures = pictures
        self.inline = Inline(source, lines, self._link)

    def _link(self, target: str, place: Position) -> None:
        self.read.links.append(BodyLink(target, place))

    def block(self, token: Token, inner: list[Token]) -> None:
        handler = _HANDLERS.get(token.type)
        if handler:
            handler(self, token, inner)
        else:
            kind = _NOT_SHOWN.get(token.type, f"`{token.type}` is not shown: write a paragraph")
            self.source.fault(self.lines.start(token.map), kind)

    def paragraph(self, token: Token, inner: list[Token]) -> None:
        picture = _PICTURE.fullmatch(inner[0].content)
        if picture:
            self._picture(picture["description"].strip(), picture["source"], token)
            return
        runs = self.inline.runs(inner[0].content, token.map)
        if runs:
            self.read.blocks.append(("paragraph", runs))

    def _picture(self, description: str, source: str, token: Token) -> None:
        place = self.lines.find(token.map, "![")
        if not description:
            self.source.fault(place, "the picture has no description: write it in the brackets, ![like this](file.png)")
        self.read.pictures.append(BodyLink(source, place))
        self.read.blocks.append(("picture", f"{self.pictures}/{source}", description))

    def heading(self, token: Token, inner: list[Token]) -> None:
        level, place = int(token.tag[1]), self.lines.start(token.map)
        if level not in (2, 3):
            self.source.fault(place, f"a heading of level {level} is not shown: write `##` or `###`")
        runs = self.inline.runs(inner[0].content, token.map)
        if any(strong or target for _, strong, target in runs):
            self.source.fault(place, "a heading is plain text: take the link or the ** out")
        text = "".join(text for text, _, _ in runs)
        if not text:
            self.source.fault(place, "the heading is empty: write it, or take the # away")
        self.read.headings.append(text)
        self.read.blocks.append(("heading", text, level))

    def bullets(self, token: Token, inner: list[Token]) -> None:
        self.read.blocks.append(("bullets", self._items(inner)))

    def steps(self, token: Token, inner: list[Token]) -> None:
        self.read.blocks.append(("steps", self._items(inner), int(token.attrGet("start") or 1)))

    def _items(self, inner: list[Token]) -> tuple[PackedText, ...]:
        items: list[PackedText] = []
        for item, contents in _elements(inner):
            parts = list(_elements(contents))
            if not parts:
                self.source.fault(self.lines.start(item.map), "the item is empty: write it, or take its mark away")
                continue
            if len(parts) > 1 or parts[0][0].type != "paragraph_open":
                wrong = parts[1][0] if len(parts) > 1 else parts[0][0]
                place = self.lines.start(wrong.map)
                self.source.fault(place, "an item is one paragraph: take what else it holds out of it")
            items += (
                self.inline.runs(text[0].content, part.map) for part, text in parts if part.type == "paragraph_open"
            )
        return tuple(items)

    def table(self, token: Token, inner: list[Token]) -> None:
        rows = [row for _, part in _elements(inner) for row in _elements(part)]
        texts = [tuple(self._cell(cell[0], row.map) for _, cell in _elements(cells)) for row, cells in rows]
        width = len(texts[0])
        if width > WIDEST:
            message = f"the table has {width} columns: at most {WIDEST} fit a screen across the room; cut it in two"
            self.source.fault(self.lines.start(token.map), message)
        for row, _ in rows:
            self._row(row, width)
        if not any(texts[0]):
            self.source.fault(self.lines.start(token.map), "the table has no headings: write what each column holds")
        self.read.blocks.append(("table", texts[0], tuple(texts[1:])))

    def _row(self, row: Token, width: int) -> None:
        line = self.lines.text(row.map).strip().removeprefix("|")
        cells = len(_BAR.findall(line)) + (0 if line.endswith("|") and not line.endswith("\\|") else 1)
        if cells > width:
            message = f"the row has {cells} cells and the table {width} columns: they must agree"
            self.source.fault(self.lines.start(row.map), message)

    def _cell(self, inline: Token, lines: list[int] | None) -> PackedText:
        runs = self.inline.runs(inline.content, lines)
        length = sum(len(text) for text, _, _ in runs)
        if length > CELL_LENGTH:
            place = self.lines.find(lines, inline.content[:CELL_LENGTH])
            message = f"the cell is {length} characters long: at most {CELL_LENGTH}; say the rest below the table"
            self.source.fault(place, message)
        return runs

    def quote(self, token: Token, inner: list[Token]) -> None:
        kind = "note"
        for part, contents in _elements(inner):
            if part.type != "paragraph_open":
                self.source.fault(self.lines.start(part.map), "a note holds paragraphs only: put the rest below it")
                continue
            marked = _MARK.match(contents[0].content)
            if marked:
                kind = self._mark(marked[1], part)
            runs = self.inline.runs(contents[0].content[marked.end() if marked else 0 :], part.map)
            if runs:
                self.read.blocks.append(("note", runs, kind))

    def _mark(self, name: str, part: Token) -> str:
        if name.upper() not in _MARKS:
            message = f"`[!{name}]` is not a kind of note: write [!WARNING] or [!NOTE]"
            self.source.fault(self.lines.find(part.map, "[!"), message)
        return _MARKS.get(name.upper(), "note")


_HANDLERS: dict[str, Callable[[_BodyReader, Token, list[Token]], None]] = {
    "paragraph_open": _BodyReader.paragraph,
    "heading_open": _BodyReader.heading,
    "bullet_list_open": _BodyReader.bullets,
    "ordered_list_open": _BodyReader.steps,
    "table_open": _BodyReader.table,
    "blockquote_open": _BodyReader.quote,
}

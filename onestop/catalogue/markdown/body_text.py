"""Markdown bodies as packed blocks; any construct that is not shown on every channel is a fault."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onestop.authoring.faults import nearest
from onestop.authoring.source import Source
from onestop.authoring.tree import Position
from onestop.catalogue.body import PackedBlock, PackedText
from onestop.catalogue.markdown.inline import Inline, Lines
from onestop.catalogue.markdown.packed_text import after, length, stacked

WIDEST = 4
CELL_LENGTH = 40

# Blocks only: most texts have no inline markup, and `Inline` parses the others.
_PARSER = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["code", "html_block", "lheading", "reference"])
)
_PARSER.core.ruler.enableOnly(["normalize", "block"])
_BAR = re.compile(r"(?<!\\)\|")
_PICTURE = re.compile(r"!\[(?P<description>[^\[\]]*)\]\((?P<source>[^()\s]+)\)")
SHORT_NAME = re.compile(r"(.*\S)\s*\{([^{}]+)\}")
"""A heading, and a short name for where headings are listed: "When we come back {Back when}"."""
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


def read_body(
    source: Source, text: str, first_line: int, pictures: str, sizes: Callable[[str], int] = lambda name: 0
) -> ParsedBody:
    """Parse the body that begins in line `first_line` of `source`. `pictures` is the address of the folder of its files, and `sizes`
    returns the bytes of one.
    """
    reader = _BodyReader(source, Lines(text.split("\n"), first_line), pictures, sizes)
    for token, inner in _elements(_PARSER.parse(text)):
        reader.block(token, inner)
    reader.check_anchors()
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
    def __init__(self, source: Source, lines: Lines, pictures: str, sizes: Callable[[str], int]) -> None:
        self.source, self.lines, self.read = source, lines, ParsedBody()
        self.pictures = pictures
        self.inline = Inline(source, lines, self._link, self._document, f"{pictures}/", sizes)

    def check_anchors(self) -> None:
        """Add a fault for each link within the page that leads to no heading of it."""
        there = {_anchor(heading) for heading in self.read.headings}
        for name, place in self.inline.anchors:
            if name not in there:
                message = f"there is no heading `#{name[:60]}` on this page{nearest(name, there)}"
                self.source.fault(place, message)

    def _document(self, name: str, place: Position) -> None:
        self.read.pictures.append(BodyLink(name, place))

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
        if level == 1:
            self.source.fault(place, "the title is the heading of level 1: write `##` or `###`")
        runs = self.inline.runs(inner[0].content, token.map)
        if any(strong or target for _, strong, target in runs):
            self.source.fault(place, "a heading is plain text: take the link or the ** out")
        text = "".join(text for text, _, _ in runs)
        if not text:
            self.source.fault(place, "the heading is empty: write it, or take the # away")
        named = SHORT_NAME.fullmatch(text)
        text, short = named.groups() if named else (text, "")
        self.read.headings.append(text)
        self.read.blocks.append(("heading", text, min(level, 3), *((short,) if short else ())))

    def bullets(self, token: Token, inner: list[Token]) -> None:
        self.read.blocks.append(("bullets", self._items(inner)))

    def steps(self, token: Token, inner: list[Token]) -> None:
        numbers = [int(item.info) for item, _ in _elements(inner)]
        first, more = numbers[0], len(numbers)
        if not first or numbers not in ([first] * more, [*range(first, first + more)]):
            self.source.fault(self.lines.start(token.map), "the list would be numbered 1, 2, 3: write its numbers so")
        self.read.blocks.append(("steps", self._items(inner), first or 1))

    def _items(self, inner: list[Token]) -> tuple[PackedText, ...]:
        items: list[PackedText] = []
        for item, contents in _elements(inner):
            runs = self._joined(contents)
            if runs:
                items.append(runs)
            elif not contents:
                self.source.fault(self.lines.start(item.map), "the item is empty: write it, or take its mark away")
        return tuple(items)

    def _joined(self, contents: list[Token]) -> PackedText:
        """Return everything in an item or a note as one text: further paragraphs follow, the items of a list within it are separated
        by semicolons.
        """
        runs: PackedText = ()
        for part, inner in _elements(contents):
            if part.type in ("paragraph_open", "heading_open"):
                runs = after(runs, self.inline.runs(inner[0].content, part.map), " ")
            elif part.type in ("bullet_list_open", "ordered_list_open"):
                for place, item in enumerate(self._items(inner)):
                    runs = after(runs, item, "; " if place else " ")
            elif part.type == "blockquote_open":
                runs = after(runs, self._joined(inner), " ")
            else:
                self.source.fault(
                    self.lines.start(part.map), "an item holds text and lists: put what else it holds below"
                )
        return runs

    def table(self, token: Token, inner: list[Token]) -> None:
        rows = [row for _, part in _elements(inner) for row in _elements(part)]
        texts = [
            tuple(self.inline.runs(cell[0].content, row.map) for _, cell in _elements(cells)) for row, cells in rows
        ]
        width = len(texts[0])
        for row, _ in rows:
            self._row(row, width)
        if not any(texts[0]):
            self.source.fault(self.lines.start(token.map), "the table has no headings: write what each column holds")
        narrow = all(length(cell) <= CELL_LENGTH for cells in texts for cell in cells)
        if narrow and width <= WIDEST:
            self.read.blocks.append(("table", texts[0], tuple(texts[1:])))
        else:
            self.read.blocks.extend(stacked(texts[0], texts[1:]))

    def _row(self, row: Token, width: int) -> None:
        line = self.lines.text(row.map).strip().removeprefix("|")
        cells = len(_BAR.findall(line)) + (0 if line.endswith("|") and not line.endswith("\\|") else 1)
        if cells > width:
            message = f"the row has {cells} cells and the table {width} columns: they must agree"
            self.source.fault(self.lines.start(row.map), message)

    def quote(self, token: Token, inner: list[Token]) -> None:
        kind = "note"
        for part, contents in _elements(inner):
            if part.type != "paragraph_open":
                self.quoted(part, contents, kind)
                continue
            marked = _MARK.match(contents[0].content)
            if marked:
                kind = self._mark(marked[1], part)
            runs = self.inline.runs(contents[0].content[marked.end() if marked else 0 :], part.map)
            if runs:
                self.read.blocks.append(("note", runs, kind))

    def quoted(self, part: Token, contents: list[Token], kind: str) -> None:
        """Add what a note holds besides paragraphs: a list is one note, whose items are separated by semicolons."""
        if part.type in ("bullet_list_open", "ordered_list_open"):
            runs: PackedText = ()
            for item in self._items(contents):
                runs = after(runs, item, "; ")
            notes = [self.read.blocks.pop()] if self.read.blocks and self.read.blocks[-1][0] == "note" else []
            runs = after(notes[0][1], runs, " ") if notes else runs
            self.read.blocks.append(("note", runs, kind))
        else:
            self.source.fault(self.lines.start(part.map), "a note holds paragraphs and lists: put the rest below it")

    def _mark(self, name: str, part: Token) -> str:
        if name.upper() not in _MARKS:
            message = f"`[!{name}]` is not a kind of note: write [!WARNING] or [!NOTE]"
            self.source.fault(self.lines.find(part.map, "[!"), message)
        return _MARKS.get(name.upper(), "note")


def _anchor(heading: str) -> str:
    """Return the name by which a link leads to a heading: fees-and-charges."""
    return re.sub(r"[^\w]+", "-", heading.lower()).strip("-")


_HANDLERS: dict[str, Callable[[_BodyReader, Token, list[Token]], None]] = {
    "paragraph_open": _BodyReader.paragraph,
    "heading_open": _BodyReader.heading,
    "bullet_list_open": _BodyReader.bullets,
    "ordered_list_open": _BodyReader.steps,
    "table_open": _BodyReader.table,
    "blockquote_open": _BodyReader.quote,
}

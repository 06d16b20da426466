"""Inline Markdown of a block as runs of plain, strong and linked text; everything else is a fault."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from onestop.authoring.source import Source
from onestop.authoring.tree import Position
from onestop.catalogue.body import PackedText
from onestop.catalogue.markdown.bare_addresses import bare_addresses, with_address
from onestop.catalogue.markdown.raw_marks import left_marks, raw_marks

_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--|!\[CDATA|\?)")
_BROKEN_LINK = re.compile(r"\[[^\[\]]*\]\([^()]*\)?")
_OUTSIDE = re.compile(r"https?://[^\s/]+\.[^\s/]+|mailto:[^\s@]+@[^\s@]+|tel:\+?[\d-]+$")
_PARSER = MarkdownIt("commonmark", {"html": False})
_MARKED = re.compile(r"[*_`\[\]<&!\\]|[ \t]{2}|\t")
_SUSPECT = re.compile(r"[~\[^=+$|{•‣▪●◦·○■]|^[#:!?–—]|:[a-z_]+:|^-{2,}|^\(?\w{1,4}[.)]\s", re.MULTILINE)
_DOCUMENT = re.compile(r"[a-z0-9-]+\.pdf")
_OTHER_FILE = re.compile(r"^(?!https?:)[^:]*\.(?:pdf|docx?|xlsx?|odt|ods|rtf|pptx?|csv|zip)$", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n]+")
_NOT_SHOWN = {
    "em_open": ("*", "italic is not shown on every screen: write plain or **strong** text"),
    "code_inline": ("`", "code is not shown: take the ` marks away"),
    "image": ("![", "a picture needs a paragraph of its own: put an empty line before and after it"),
}


@dataclass(slots=True)
class Lines:
    """The lines of a body; `first` is the line number of the first in its file."""

    lines: list[str]
    first: int

    def text(self, lines: list[int] | None) -> str:
        start = lines[0] if lines else 0
        return self.lines[start] if start < len(self.lines) else ""

    def start(self, lines: list[int] | None) -> Position:
        """Return the position of a block's first character."""
        line = self.text(lines)
        return ((lines[0] if lines else 0) + self.first, len(line) - len(line.lstrip()) + 1)

    def find(self, lines: list[int] | None, needle: str) -> Position:
        """Return the position of a text in a block, or of the block if the text is not found as written."""
        for number in range(*lines) if lines and needle else ():
            column = self.lines[number].find(needle) if number < len(self.lines) else -1
            if column >= 0:
                return (number + self.first, column + 1)
        return self.start(lines)


@dataclass(slots=True)
class Inline:
    """Reads inline text. `link` and `document` are told of links to services and to files beside the service, at addresses that begin
    with `files` and of so many bytes as `sizes` returns; `anchors` are links within the page.
    """

    source: Source
    lines: Lines
    link: Callable[[str, Position], None]
    document: Callable[[str, Position], None] = lambda name, place: None
    files: str = "/pictures/"
    sizes: Callable[[str], int] = lambda name: 0
    anchors: list[tuple[str, Position]] = field(default_factory=list)

    def runs(self, content: str, lines: list[int] | None) -> PackedText:
        """Return the runs of a text in `lines`, start and end of its block."""
        if _SUSPECT.search(content):
            for mark, message in raw_marks(content):
                self.source.fault(self.lines.find(lines, mark), f"`{mark[:40]}`: {message}")
        if not _MARKED.search(content):
            text = " ".join(content.split("\n")).strip()
            return tuple((piece, False, target) for piece, target in bare_addresses(text))
        tokens: list[Token] = []
        _PARSER.inline.parse(content, _PARSER, {}, tokens)
        return self._runs(tokens, lines)

    def _runs(self, tokens: list[Token], lines: list[int] | None) -> PackedText:
        runs: list[tuple[str, bool, str]] = []
        strong, target = 0, ""
        plain = "".join(child.content if child.type == "text" else "\0" for child in tokens)
        for mark, message in left_marks(plain):
            self.source.fault(self.lines.find(lines, mark), f"`{mark}`: {message}")
        for child in tokens:
            kind = child.type
            if kind in ("text", "text_special"):
                self._text(child.content, lines)
                pieces = [(child.content, target)] if target else bare_addresses(child.content)
                runs.extend((piece, bool(strong), leads) for piece, leads in pieces)
            elif kind == "softbreak":
                runs.append((" ", bool(strong), target))
            elif kind == "hardbreak":
                runs.append((_pause(runs), bool(strong), target))
            elif kind in ("strong_open", "strong_close"):
                strong += child.nesting
            elif kind == "link_open":
                target = self._target(str(child.attrGet("href") or ""), lines)
            elif kind == "link_close":
                if not runs or runs[-1][2] != target:
                    place = self.lines.find(lines, f"]({target}")
                    self.source.fault(place, "the link has no words: write them in the brackets")
                if target.startswith(self.files) and runs:
                    runs[-1] = (f"{runs[-1][0]} ({self._size(target)})", *runs[-1][1:])
                elif runs:
                    runs[-1] = (with_address(runs[-1][0], target), *runs[-1][1:])
                target = ""
            elif kind in _NOT_SHOWN:
                mark, message = _NOT_SHOWN[kind]
                self.source.fault(self.lines.find(lines, mark), message)
        return _tidy(runs)

    def _size(self, target: str) -> str:
        """Return kind and size of a document in words: PDF, 120 kB."""
        name = target.removeprefix(self.files)
        size = self.sizes(name)
        shown = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
        return f"{name.rpartition('.')[2].upper()}, {shown}"

    def _text(self, text: str, lines: list[int] | None) -> None:
        if "<" in text:
            html = _HTML.search(text)
            if html:
                self.source.fault(self.lines.find(lines, html[0]), f"`{html[0][:40]}` is HTML: write Markdown only")
        if "](" in text:
            broken = _BROKEN_LINK.search(text)
            if broken:
                right = "write [text](/section/service) or [text](https://...)"
                message = f"`{broken[0][:60]}` is not a link that can be followed: {right}"
                self.source.fault(self.lines.find(lines, broken[0]), message)

    def _target(self, href: str, lines: list[int] | None) -> str:
        place = self.lines.find(lines, f"]({href}")
        if place != self.lines.start(lines):
            place = (place[0], place[1] + 2)
        if _DOCUMENT.fullmatch(href):
            self.document(href, place)
            return f"{self.files}{href}"
        if href.startswith("#"):
            self.anchors.append((href[1:], place))
            return ""
        if href.startswith("/") and not href.startswith("//"):
            href = href.partition("#")[0]
            self.link(href, place)
        elif not href:
            self.source.fault(place, "the link has no address: write it in the round brackets")
        elif _OTHER_FILE.search(href):
            message = f"`{href[:60]}`: a document is a PDF beside the service, its name in small letters, like form.pdf"
            self.source.fault(place, message)
        elif not _OUTSIDE.match(href):
            message = f"`{href[:60]}` is not an address: write /section/service, https://..., mailto:... or tel:..."
            self.source.fault(place, message)
        return href


def _pause(runs: list[tuple[str, bool, str]]) -> str:
    """Return what stands for a line break: a comma, as between the lines of an address, if there is no other sign."""
    before = runs[-1][0].rstrip() if runs else ""
    return ", " if before and before[-1] not in ".,:;!?–-" else " "


def _tidy(runs: list[tuple[str, bool, str]]) -> PackedText:
    """Join neighbours of one style, and collapse white space; none remains at the ends."""
    joined: list[tuple[str, bool, str]] = []
    for text, strong, target in runs:
        if joined and joined[-1][1:] == (strong, target):
            joined[-1] = (joined[-1][0] + text, strong, target)
        elif text:
            joined.append((text, strong, target))
    spaced = [(_SPACE.sub(" ", text), strong, target) for text, strong, target in joined]
    if spaced:
        spaced[0] = (spaced[0][0].lstrip(), *spaced[0][1:])
        spaced[-1] = (spaced[-1][0].rstrip(), *spaced[-1][1:])
    return tuple(run for run in spaced if run[0])

"""HTML as the Markdown that a service may have. No word is lost; what cannot be kept is noted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from onestop.intake.strong_text import readable_strong

LEFT_OUT = frozenset(
    ("script", "style", "nav", "noscript", "svg", "template", "head", "button", "input", "select", "link", "meta")
)
HEADINGS = {"h1": "##", "h2": "##", "h3": "###", "h4": "####", "h5": "####", "h6": "####"}
BLOCKS = frozenset(
    ("p", "ul", "ol", "table", "blockquote", "dl", "div", "section", "article", "main", "body", "html", "header", "footer", "aside",
     "figure", "figcaption", "details", "summary", "address", "form", "fieldset", "legend", "pre", "hr", "iframe", "video", "audio",
     "center", "li", "dt", "dd", "caption", "thead", "tbody", "tr", "td", "th", "[document]", *HEADINGS)
)  # fmt: skip
_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SIGNS = re.compile(r"[\\`*_{}\[\]<>~|^$&]|==|\+\+")
_START = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([#+=:-]))")
_ENDS = re.compile(r"^(?:\s|\\\n)+|(?:\s|\\\n)+$")
_DOT = re.compile(r"[•‣▪●◦·○■]\s+(?=\S)")
"""What stands for a list in a page whose author had none."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_ICON = re.compile(r"(?<![\w/:]):(?=[a-z][a-z_]+:(?![\w/]))")
Target = Callable[[str], str]
"""Returns the address that a link of the page leads to now, or "" if it leads nowhere."""


@dataclass(slots=True)
class MarkupReader:
    """`target` translates links; `notes` are what could not be kept."""

    target: Target
    notes: list[str] = field(default_factory=list)

    def read(self, html: str) -> str:
        """Return the Markdown of a piece of HTML."""
        return "\n\n".join(map(readable_strong, self._blocks(BeautifulSoup(html, "html.parser"))))

    def _blocks(self, element: Tag) -> Iterator[str]:
        """Yield the blocks of Markdown within an element; text between blocks is a paragraph."""
        loose: list[str] = []
        for child in element.children:
            if isinstance(child, PreformattedString):
                continue
            if isinstance(child, Tag) and (child.name in BLOCKS or child.find(list(BLOCKS))):
                yield from _paragraph(loose)
                loose = []
                yield from self._block(child)
            elif not (isinstance(child, Tag) and child.name in LEFT_OUT):
                loose.append(self._inline(child))
        yield from _paragraph(loose)

    def _block(self, tag: Tag) -> Iterator[str]:
        if tag.name in LEFT_OUT:
            return
        if tag.name in HEADINGS:
            text = escape(words_of(tag))
            if text:
                yield f"{HEADINGS[tag.name]} {text}"
        elif tag.name in ("ul", "ol"):
            yield from self._list(tag)
        elif tag.name == "table":
            yield from self._table(tag)
        elif tag.name == "dl":
            yield from self._definitions(tag)
        elif tag.name == "blockquote":
            text = " ".join(block.replace("\n", " ") for block in self._blocks(tag))
            if text:
                yield f"> {text}"
        elif tag.name in ("iframe", "video", "audio"):
            yield from self._media(tag)
        elif tag.name == "summary":
            yield f"### {escape(words_of(tag))}"
        else:
            yield from self._blocks(tag)

    def _list(self, tag: Tag) -> Iterator[str]:
        items = [" ".join(self._flat(item).split()) for item in tag.find_all("li", recursive=False)]
        mark = "-" if tag.name == "ul" else "1."
        kept = [f"{mark} {item}" for item in items if item]
        if kept:
            yield "\n".join(kept)

    def _flat(self, tag: Tag) -> str:
        """Return everything within an element as one text: a list in it is separated by semicolons."""
        parts: list[str] = []
        for child in tag.children:
            if isinstance(child, Tag) and child.name in ("ul", "ol"):
                inner = [self._flat(item).strip().rstrip(".;") for item in child.find_all("li")]
                parts.append(" " + "; ".join(item for item in inner if item))
            elif (isinstance(child, Tag) and child.name in LEFT_OUT) or isinstance(child, PreformattedString):
                continue
            elif isinstance(child, Tag) and (child.name in BLOCKS or child.find(list(BLOCKS))):
                parts.append(f" {self._flat(child)} ")
            else:
                parts.append(self._inline(child).replace("\\\n", " "))
        return "".join(parts)

    def _table(self, tag: Tag) -> Iterator[str]:
        caption = tag.find("caption")
        if isinstance(caption, Tag) and words_of(caption):
            yield escape(words_of(caption))
        rows = [
            [" ".join(self._flat(cell).split()) for cell in row.find_all(("th", "td"))] for row in tag.find_all("tr")
        ]
        rows = [row for row in rows if any(row)]
        width = max((len(row) for row in rows), default=0)
        if width == 1 or len(rows) == 1:
            yield "\n".join(f"- {cell}" for row in rows for cell in row if cell)
        elif rows:
            filled = [row + [""] * (width - len(row)) for row in rows]
            lines = ["| " + " | ".join(row) + " |" for row in filled]
            yield "\n".join((lines[0], "|" + "---|" * width, *lines[1:]))

    def _definitions(self, tag: Tag) -> Iterator[str]:
        term, lines = "", []
        for part in tag.find_all(("dt", "dd")):
            text = " ".join(self._flat(part).split())
            if part.name == "dt":
                term = f"**{escape(words_of(part))}**: " if words_of(part) else ""
            elif text:
                lines.append(f"- {term}{text}")
                term = ""
        if lines:
            yield "\n".join(lines)

    def _media(self, tag: Tag) -> Iterator[str]:
        source, title = str(tag.get("src") or ""), str(tag.get("title") or "").strip()
        self.notes.append(f"a film or frame is not shown ({source[:80] or 'no address'}): say in words what it tells")
        label = escape(title or "Watch it on the web")
        if source.startswith("https://"):
            yield f"[{label}]({_quoted(source)})"
        elif title:
            yield label

    def _inline(self, node: object) -> str:
        if isinstance(node, NavigableString):
            return escape(_SPACE.sub(" ", str(node)), start=False)
        if not isinstance(node, Tag) or node.name in LEFT_OUT:
            return ""
        inner = "".join(self._inline(child) for child in node.children if not isinstance(child, PreformattedString))
        if node.name == "br":
            return "\\\n"
        if node.name == "img":
            return self._picture(node)
        if node.name in ("sup", "sub"):
            return _small(inner, node)
        if node.name in ("strong", "b"):
            return _around(inner, "**", "**")
        return self._link(node, inner) if node.name == "a" else inner

    def _picture(self, tag: Tag) -> str:
        described = _SPACE.sub(" ", str(tag.get("alt") or "")).strip()
        if described:
            self.notes.append(
                f"a picture is left out: put the file beside the service and write ![{described[:60]}](name.png)"
            )
        return escape(described)

    def _link(self, tag: Tag, inner: str) -> str:
        href = str(tag.get("href") or "").strip()
        if not href or not inner.strip():
            return inner
        there = self.target(href)
        if not there:
            if not href.startswith("#"):
                self.notes.append(f"a link leads to nothing that was imported: {words_of(tag)[:60]} ({href[:80]})")
            return inner
        plain = inner.replace("**", "").replace("\\\n", " ")
        return _around(plain, "[", f"]({_quoted(there)})")


def words_of(tag: Tag) -> str:
    """Return the words within an element, with single spaces."""
    return _SPACE.sub(" ", _CONTROL.sub("", tag.get_text(" "))).strip()


def escape(text: str, *, start: bool = True) -> str:
    """Return a text in which no sign means anything to Markdown; `start` is whether a line begins with it."""
    text = _ICON.sub(
        r"\\:", _SIGNS.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), _CONTROL.sub("", text))
    )
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text) if start else text


def _small(inner: str, tag: Tag) -> str:
    """Return raised or lowered text in the line: 2 in m2 as a small sign, the number of a footnote in brackets."""
    digits = tag.get_text().strip()
    if not (digits.isascii() and digits.isdecimal()):
        return inner
    if tag.find("a"):
        return f" ({inner.strip()})"
    return digits.translate(_RAISED if tag.name == "sup" else _LOWERED)


def _around(text: str, before: str, after: str) -> str:
    """Return marks around a text, inside the spaces at its ends."""
    inner = _ENDS.sub("", text)
    if not inner:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{before}{inner}{after}{tail}"


def _quoted(address: str) -> str:
    return quote(address, safe="/:?#@!$&'*+,;=%~-._")


def _paragraph(loose: list[str]) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in "".join(loose).split("\\\n")]
    for dotted, group in groupby((line for line in lines if line), lambda line: _DOT.match(line) is not None):
        if dotted:
            yield "\n".join(f"- {_DOT.sub('', line)}" for line in group)
        else:
            yield from _text(list(group))


def _text(lines: list[str]) -> Iterator[str]:
    text = "\\\n".join(lines).replace("****", "")
    if text:
        yield _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)

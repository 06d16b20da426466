"""Marks of other kinds of Markdown, which would be shown as they are written: each is a fault that says what to write."""

import re
from collections.abc import Iterator

_LINK = "write [text](/section/service) or [text](https://...)"
_TABLE_LINE = "a table has a line `|---|---|` below its headings, and as many cells in each row"
_MARKS = tuple(
    (re.compile(pattern, re.MULTILINE), message)
    for pattern, message in (
        (r"~~[^~\n]+~~", "text that is struck through is not shown: take the text or the ~~ out"),
        (r"^\[[ xX]\]\s", "boxes to tick are not shown: take the [ ] out"),
        (r"\[\^[^\]\n]+\]:?", "footnotes are not shown: write the text where it belongs"),
        (r"\^\[[^\]\n]+\]", "footnotes are not shown: write the text where it belongs"),
        (r"^\*\[[^\]\n]+\]: ", "abbreviations are not read: write the words out"),
        (r"^\[[^\]\n]+\]:\s+\S+", f"links in two parts are not read: {_LINK}"),
        (r"\[[^\[\]\n]+\] ?\[[^\[\]\n]*\]", f"links in two parts are not read: {_LINK}"),
        (r"\[\[[^\[\]\n]+\]\]", f"this is not a link that can be followed: {_LINK}"),
        (r"^:\s+\S", "lists of definitions are not shown: write `- **term**: what it means`"),
        (r"^(?:={3,}|-{2,})\s*$", "a line below a heading is not read: write `## ` before the heading"),
        (r"^:{3,}", "::: is not read: write a note with `> `"),
        (r"^\+{3,}\s*$", "+++ is not read: take it out"),
        (r"\{[%{#][^}\n]*[%}#]\}|\{\{[^}\n]*\}\}", "a template's mark is not read: write what it stands for"),
        (r"\{:?\s?[.#:][\w-][^}\n]*\}", "attributes in braces are not read: take them out"),
        (r"==[^=\s][^=\n]*==", "marked text is not shown: write **strong** text"),
        (r"\+\+[^+\s][^+\n]*\+\+", "underlined text is not shown: write **strong** text"),
        (r"(?<![\w/:]):[a-z][a-z_]+:(?![\w/])", "names of little pictures are not read: take it out"),
        (r"\$\$[^$\n]+\$\$", "formulas are not shown: write it in words"),
        (r"\^[A-Za-z0-9]{1,6}\^", "raised text is not shown: write it in words, like `square metres`"),
        (r"(?<![~\w])\w{1,6}~\w{1,4}~", "lowered text is not shown: write it in words"),
        (r"^#{1,6}[^\s#]", "a heading has a space after the #"),
        (r"^#{7,}", "a heading has at most six #"),
        (r"^(?:!!!|\?\?\?)\+?\s+\w+", "a box is not read: write a note with `> `"),
        (r"^\[!\w+\]", "a note begins with `> `: write `> [!WARNING]` or `> [!NOTE]`"),
        (r"^[•‣▪●◦·○■]\s", "the dot makes no list: write `- `, each item in a line of its own"),
        (r"^[–—]\s(?=.*\n[–—]\s)", "a dash makes no list: write `- `, each item in a line of its own"),
        (r"^\d{1,3}[.)]\s(?=.*\n\d{1,3}[.)]\s)", "a list has an empty line above it"),
        (
            r"^\(?(?P<first>[a-z]|[ivx]{1,4})[.)]\s(?=.*\n\(?(?!(?P=first)[.)])(?:[a-z]|[ivx]{1,4})[.)]\s)",
            "a list counts in numbers: write `1. `, each item in a line of its own",
        ),
        (
            r"\[[^\[\]\n]+\]\s+\((?:https?:|mailto:|tel:|/)[^()\n]*\)",
            f"a link has no space between its brackets: {_LINK}",
        ),
        (
            r"\([^()\n]+\)\[(?:https?:|mailto:|tel:|/)[^\[\]\n]*\]",
            f"the brackets of the link are the other way round: {_LINK}",
        ),
        (r"(?<![\w$])\$[A-Za-z\\][^$\n]*[\\^_=][^$\n]*\$", "formulas are not shown: write it in words"),
        (r"\A\|.*|\A:?-{3,}:?(?: ?\| ?:?-{3,}:?)+$", f"{_TABLE_LINE}"),
        (r"^\[(?:toc|TOC)\]\s*$", "a table of contents is not made: take it out"),
    )
)
_LEFT = re.compile(r"\*\*+|`+|&#?[A-Za-z0-9]{2,};")
_LEFT_MESSAGE = {
    "*": "the ** of strong text stand at both ends of it, without spaces inside",
    "`": "code is not shown: take it out",
}
_ENTITY = "there is no such sign: write it as it is shown"


def raw_marks(content: str) -> Iterator[tuple[str, str]]:
    """Yield each mark of a block's text that would be shown as it is, and what is wrong with it."""
    for pattern, message in _MARKS:
        for found in pattern.finditer(content):
            if not content[: found.start()].endswith("\\"):
                yield found[0], message


def left_marks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each mark that is left in a text after it was parsed: strong text without an end, and the like."""
    for found in _LEFT.finditer(text):
        yield found[0], _LEFT_MESSAGE.get(found[0][0], _ENTITY)

"""Canned replies: content/replies.yaml has texts in every language that officers put into what they write to a resident."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.journeys.values.placeholders import placeholders
from onestop.language import Translations, translated

FILE, DEEPEST = "replies.yaml", 4
FORMS = ("ask", "update", "close")
"""The forms of the desk whose text a resident reads."""
KNOWN = ("reference", "service", "desk", "officer")
"""The placeholders that a text may have."""
LONGEST_TITLE, LONGEST = 60, 1000


@dataclass(frozen=True, slots=True)
class Reply:
    """`forms` are those in which it is offered, by its `title`."""

    name: str
    forms: tuple[str, ...]
    title: Translations
    text: Translations

    def text_in(self, language: str, values: Mapping[str, str]) -> str:
        """Return the text in a resident's language, filled in. `values` has a value for each of the `KNOWN` placeholders."""
        text = translated(self.text, language)
        for name in KNOWN:
            text = text.replace(f"{{{name}}}", values[name])
        return text


def read_replies(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[Reply, ...], tuple[Fault, ...]]:
    """Parse the replies.yaml of a content folder; return the replies and the faults. Without the file there are none."""
    path = folder / FILE
    source = Source(f"{folder.name or folder.resolve().name}/{FILE}")
    text = source.text(path) if path.exists() else None
    tree = source.tree(text, deepest=DEEPEST) if text is not None else None
    if text is None or tree is None:
        return (), tuple(source.faults)
    file = SourceFile(source, tree, text.split("\n"), languages)
    node = Node(file)
    found = tuple(_parse(name, node / name) for name in node.entries())
    file.warn_missing_translations()
    return found, tuple(source.faults)


def _parse(name: str, node: Node) -> Reply:
    node.entries(("for", "title", "text"))
    forms = tuple(form for item in (node / "for").items() if (form := item.one_of(FORMS)))
    _check(node / "text")
    return Reply(name, forms, (node / "title").translations(LONGEST_TITLE), (node / "text").translations(LONGEST))


def _check(node: Node) -> None:
    """Report every placeholder of the text, in every language, that the desk does not fill in."""
    there = node.value
    for here in [node / code for code in there] if isinstance(there, dict) else [node]:
        for offset, name in placeholders(here.value) if isinstance(here.value, str) else ():
            if name not in KNOWN:
                here.fault(f"`{{{name}}}` is not filled in: there are {', '.join(KNOWN)}", offset=offset)

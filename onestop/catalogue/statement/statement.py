"""The accessibility statement: the file accessibility.md with its translations, and its screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onestop.authoring.faults import Fault, errors
from onestop.authoring.shape import Shape
from onestop.authoring.source import Source
from onestop.catalogue.body import pack, unpack
from onestop.catalogue.catalogue import STATEMENT, Catalogue
from onestop.catalogue.markdown.body_text import read_body
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.catalogue.source.service_file import split_head
from onestop.catalogue.source.values import Day, Title
from onestop.language import Words
from onestop.screen import Screen

NAME = "accessibility"
REVIEWED_WITHIN = timedelta(days=366)
"""The Public Sector Bodies Accessibility Regulations 2018 ask for a review of the statement at least once a year."""


class StatementTranslationShape(Shape):
    title: Title


class StatementShape(StatementTranslationShape):
    reviewed: Day


@dataclass(frozen=True, slots=True)
class StatementText:
    """`body` is packed, see `body.py`."""

    title: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """`texts` are by language, the default first; `reviewed` is an ISO date."""

    texts: Mapping[str, StatementText]
    reviewed: str


def read_statement(
    folder: Path, label: str, catalogue: Catalogue, today: date
) -> tuple[Statement | None, tuple[Fault, ...]]:
    """Return the statement of a content folder, or None without one, and its faults. That it is missing or old is a warning."""
    first, *others = catalogue.languages
    source = Source(f"{label}/{NAME}.md")
    if not (folder / f"{NAME}.md").exists():
        message = (
            "is not there: the law asks every council for an accessibility statement; `init` writes one to fill in"
        )
        source.fault((1, 1), message, "warning")
        return None, tuple(source.faults)
    found, reviewed = _read(source, folder / f"{NAME}.md", StatementShape, catalogue)
    if reviewed and reviewed < (today - REVIEWED_WITHIN).isoformat():
        source.fault(
            (1, 1), f"was reviewed on {reviewed}, more than a year ago: review it, and set `reviewed`", "warning"
        )
    faults, texts = list(source.faults), {first: found} if found else {}
    for language in others:
        path = folder / f"{NAME}.{language}.md"
        source = Source(f"{label}/{path.name}")
        if path.exists():
            text, _ = _read(source, path, StatementTranslationShape, catalogue)
            texts |= {language: text} if text else {}
        else:
            source.untranslated((1, 1), f"the accessibility statement is not translated: write {path.name}", language)
        faults += source.faults
    return (Statement(texts, reviewed) if found else None), tuple(faults)


def _read(
    source: Source, path: Path, shape: type[StatementTranslationShape], catalogue: Catalogue
) -> tuple[StatementText | None, str]:
    """Return the text and when it was reviewed, or add faults and return None."""
    text = source.text(path)
    parts = split_head(source, text) if text is not None else None
    if parts is None:
        return None, ""
    head, body, first_line = parts
    tree = source.tree(head, 2)
    read = read_body(source, body, first_line, "/pictures")
    found = source.shaped(tree, shape) if tree else None
    for link in read.links:
        if catalogue.reference(link.target) is None:
            source.fault(link.place, f"there is nothing at `{link.target}`: take another address")
    for picture in read.pictures:
        source.fault(picture.place, "a picture is not shown here: describe it in words")
    if found is None or errors(source.faults):
        return None, ""
    return StatementText(found.title, pack(tuple(read.blocks))), getattr(found, "reviewed", "")


def statement_screen(statement: Statement, catalogue: Catalogue, words: Words) -> Screen:
    """Return the statement in the language of `words`, else in its own."""
    first = next(iter(statement.texts))
    language = words.language if words.language in statement.texts else first
    text = statement.texts[language]
    return Screen(
        title=text.title,
        blocks=unpack(text.body, catalogue.reference),
        address=STATEMENT,
        language=language,
        kind="statement",
        trail=(home_link(words),),
        alert=alert_of(catalogue, words),
        languages=(language, *(code for code in statement.texts if code != language)),
        reviewed=statement.reviewed,
    )

"""What council.yaml, holidays.yaml, alert.yaml, crest.svg and the sections' own files say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from onestop.catalogue.colours import check_colours
from onestop.catalogue.council import Council, Holidays, Said, Warned
from onestop.catalogue.faults import Severity, nearest
from onestop.catalogue.places import Place, Tree
from onestop.catalogue.reading import Source
from onestop.catalogue.service_file import given_number
from onestop.catalogue.shapes import AlertShape, CouncilShape, HolidaysShape, SectionShape, Shape

CREST_LARGEST = 4096
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNSAFE = re.compile(r"<script|<foreignObject|\son\w+\s*=|javascript:|<!|<\?", re.IGNORECASE)

Shaped = TypeVar("Shaped", bound=Shape)


@dataclass(frozen=True, slots=True)
class SectionFile:
    address: str
    number: str
    place: Place
    icon: str
    titles: Said
    summaries: Said


def read_council(source: Source, path: Path, crest: str) -> Council | None:
    tree, shape = _read(source, path, CouncilShape)
    colours = check_colours(source, tree) if tree else {}
    if not (tree and shape):
        return None
    languages = tuple(shape.languages)
    for number, code in enumerate(languages):
        if not _LANGUAGE.fullmatch(code) or code in languages[:number]:
            message = f"`{code}` is not a language code, or is here twice: write codes like en"
            source.fault(tree.value(("languages", number)), message)
    names = _in_languages(source, tree, ("name",), shape.name, languages)
    shorts = _in_languages(source, tree, ("short",), shape.short, languages)
    return Council(names, shorts, languages, ZoneInfo(shape.zone), shape.address, shape.phone, colours, crest)


def read_crest(source: Source, path: Path) -> str:
    text = source.text(path)
    if text is None:
        return ""
    if not text.lstrip().startswith("<svg") or _UNSAFE.search(text):
        source.fault((1, 1), "the crest must be one <svg> element without scripts, comments or declarations before it")
    if len(text) > CREST_LARGEST:
        message = f"the crest is {len(text)} characters long: every page carries it, so at most {CREST_LARGEST}"
        source.fault((1, 1), message)
    return text.strip()


def read_holidays(source: Source, path: Path, languages: tuple[str, ...]) -> Holidays:
    tree, shape = _read(source, path, HolidaysShape)
    found: dict[date, Said] = {}
    if tree and shape:
        for number, holiday in enumerate(shape.holidays):
            day = date.fromisoformat(holiday.date)
            if day in found:
                source.fault(tree.value(("holidays", number, "date")), f"{holiday.date} is here twice: keep one")
            found[day] = _in_languages(source, tree, ("holidays", number, "name"), holiday.name, languages)
    return found


def read_alert(source: Source, path: Path, languages: tuple[str, ...]) -> tuple[Warned | None, Place]:
    """The alert, if it is on, and where its target stands."""
    tree, shape = _read(source, path, AlertShape)
    if not (tree and shape):
        return None, (1, 1)
    titles = _in_languages(source, tree, ("title",), shape.title, languages)
    texts = _in_languages(source, tree, ("text",), shape.text, languages) if shape.text else {}
    alert = Warned(titles, texts, shape.target or "")
    return (alert if shape.on == "yes" else None), tree.value(("target",))


def read_section(source: Source, path: Path, address: str, languages: tuple[str, ...]) -> SectionFile | None:
    """A section, without its titles if they are faulty."""
    tree, shape = _read(source, path, SectionShape)
    if not tree:
        return None
    if not shape:
        return SectionFile(address, given_number(tree), tree.value(("number",)), "", {}, {})
    titles = _in_languages(source, tree, ("title",), shape.title, languages)
    summaries = _in_languages(source, tree, ("summary",), shape.summary, languages)
    return SectionFile(address, shape.number, tree.value(("number",)), shape.icon, titles, summaries)


def _read(source: Source, path: Path, shape: type[Shaped]) -> tuple[Tree | None, Shaped | None]:
    text = source.text(path)
    tree = source.tree(text) if text is not None else None
    return tree, source.shaped(tree, shape) if tree else None


def _in_languages(
    source: Source, tree: Tree, path: tuple[str | int, ...], texts: Mapping[str, str], languages: tuple[str, ...]
) -> Said:
    """Texts in the order of the council's languages; one too many is a fault, one too few a warning."""
    name = str(path[-1])
    for code in texts:
        if code not in languages:
            message = f"`{code}` is no language of council.yaml{nearest(code, languages)}; quote texts with commas"
            source.fault(tree.key((*path, code)), message)
    for code in languages:
        if code not in texts:
            severity: Severity = "error" if code == languages[0] else "warning"
            source.fault(tree.key(path), f"`{name}` has no text in `{code}`: write it", severity)
    return {code: texts[code] for code in languages if code in texts}

"""Readers of council.yaml, holidays.yaml, alert.yaml, crest.svg and section.yaml."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path as File
from typing import TypeVar
from zoneinfo import ZoneInfo

from onestop.authoring.faults import nearest
from onestop.authoring.shape import Shape
from onestop.authoring.source import Source
from onestop.authoring.tree import Path, Position, Tree
from onestop.catalogue.brand.colours import check_colours
from onestop.catalogue.brand.crest import clean_crest
from onestop.catalogue.council import Council, CouncilAlert
from onestop.catalogue.hours.grammar import parse_hours
from onestop.catalogue.hours.holidays import Holidays
from onestop.catalogue.source.service_file import given_number
from onestop.catalogue.source.shapes import AlertShape, CouncilShape, HolidaysShape, SectionShape
from onestop.language import Translations

CREST_LARGEST = 4096
ALERTS = "alerts"
"""The key of a list of alerts; a single one stands in the file itself."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")

Shaped = TypeVar("Shaped", bound=Shape)


@dataclass(frozen=True, slots=True)
class SectionFile:
    address: str
    number: str
    place: Position
    icon: str
    titles: Translations
    summaries: Translations


def read_council(source: Source, path: File, crest: str) -> tuple[Council | None, tuple[str, ...]]:
    """Return the council, or None if it has faults, and its languages, or () if those cannot be read."""
    tree, shape = _read(source, path, CouncilShape)
    if not tree:
        return None, ()
    languages = _languages(source, tree)
    colours = check_colours(source, tree)
    names = _in_languages(source, tree, ("name",), languages)
    shorts = _in_languages(source, tree, ("short",), languages)
    if not shape:
        return None, languages
    address, phone = shape.address, shape.phone
    used = tuple((target, tree.value(("most_used", n))) for n, target in enumerate(shape.most_used or ()))
    hours = parse_hours(shape.hours) if shape.hours else None
    council = Council(names, shorts, languages, ZoneInfo(shape.zone), address, phone, colours, crest, hours, used)
    return council, languages


def _languages(source: Source, tree: Tree) -> tuple[str, ...]:
    given = tree.data.get("languages")
    languages = tuple(str(code) for code in given) if isinstance(given, list) else ()
    for number, code in enumerate(languages):
        if not _LANGUAGE.fullmatch(code) or code in languages[:number]:
            message = f"`{code}` is not a language code, or is here twice: write codes like en"
            source.fault(tree.value(("languages", number)), message)
    return languages


def read_crest(source: Source, path: File) -> str:
    text = source.text(path)
    if text is None:
        return ""
    crest = clean_crest(text)
    if crest is None:
        message = "the crest must be one <svg> element without scripts, comments or declarations before it: shapes and gradients only"
        source.fault((1, 1), message)
    if len(text) > CREST_LARGEST:
        message = f"the crest is {len(text)} characters long: every page carries it, so at most {CREST_LARGEST}"
        source.fault((1, 1), message)
    return crest or ""


def read_holidays(source: Source, path: File, languages: tuple[str, ...], today: date) -> Holidays:
    tree, shape = _read(source, path, HolidaysShape)
    found: dict[date, Translations] = {}
    if tree and shape:
        for number, holiday in enumerate(shape.holidays):
            day = date.fromisoformat(holiday.date)
            if day in found:
                source.fault(tree.value(("holidays", number, "date")), f"{holiday.date} is here twice: keep one")
            found[day] = _in_languages(source, tree, ("holidays", number, "name"), languages)
        if not any(day >= today for day in found):
            source.fault((1, 1), "has no holiday after today: write down the next ones", "warning")
    return found


def read_alerts(source: Source, path: File, languages: tuple[str, ...]) -> tuple[CouncilAlert, ...] | None:
    """Return the alerts that are on, or None if none can be read. Of several, one with faults keeps back no other."""
    text = source.text(path)
    tree = source.tree(text) if text is not None else None
    listed = tree.data.get(ALERTS) if tree else None
    if not tree or not isinstance(listed, list):
        found = _alert(source, tree, languages) if tree else None
        return None if found is None else tuple(found)
    for key in tree.data.keys() - {ALERTS}:
        source.fault(tree.key((key,)), f"`{key}` belongs into one of the `{ALERTS}`: write it below a `-`")
    read = [_alert(source, tree.under((ALERTS, number)), languages) for number in range(len(listed))]
    good = [found for found in read if found is not None]
    if len(read) != len([one for one in listed if isinstance(one, dict)]):
        source.fault(
            tree.value((ALERTS,)), "each of the alerts is a mapping: write `- on: yes` and what follows below it"
        )
    return tuple(alert for found in good for alert in found) if good or not read else None


def _alert(source: Source, tree: Tree | None, languages: tuple[str, ...]) -> list[CouncilAlert] | None:
    """Return an alert if it is on, an empty list if it is not, or None if it has faults."""
    shape = source.shaped(tree, AlertShape) if tree else None
    if not tree:
        return None
    titles = _in_languages(source, tree, ("title",), languages)
    texts = _in_languages(source, tree, ("text",), languages) if "text" in tree.data else {}
    if not shape:
        return None
    place, dates = tree.value(("target",)), (shape.begins or "", shape.ends or "")
    return [CouncilAlert(titles, texts, shape.target or "", place, *dates)] if shape.on == "yes" else []


def read_section(source: Source, path: File, address: str, languages: tuple[str, ...]) -> SectionFile:
    """Return a section with what could be read of it."""
    tree, shape = _read(source, path, SectionShape)
    if not tree:
        return SectionFile(address, "", (1, 1), "", {}, {})
    titles = _in_languages(source, tree, ("title",), languages)
    summaries = _in_languages(source, tree, ("summary",), languages)
    icon = shape.icon if shape else ""
    return SectionFile(address, given_number(tree), tree.value(("number",)), icon, titles, summaries)


def _read(source: Source, path: File, shape: type[Shaped]) -> tuple[Tree | None, Shaped | None]:
    text = source.text(path)
    tree = source.tree(text) if text is not None else None
    return tree, source.shaped(tree, shape) if tree else None


def _in_languages(source: Source, tree: Tree, path: Path, languages: tuple[str, ...]) -> Translations:
    """Return a text in the council's languages. An unknown language is an error, a missing translation a warning."""
    texts = tree.at(path)
    if not isinstance(texts, dict):
        return {}
    for code in texts:
        if code not in languages:
            hint = nearest(code, languages) or "; quote a text that has commas"
            source.fault(tree.key((*path, code)), f"`{code}` is no language of council.yaml{hint}")
    for code in languages:
        if code not in texts:
            message = f"`{path[-1]}` has no text in `{code}`: write it"
            if code == languages[0]:
                source.fault(tree.key(path), message)
            else:
                source.untranslated(tree.key(path), message, code)
    return {code: str(texts[code]).strip() for code in languages if code in texts}

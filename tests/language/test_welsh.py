"""Every interface text has a Welsh translation with the same placeholders, and there are no unused translations."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from support.paths import ROOT

from channels.registry import find_channels
from onestop.forms.hand_over import WHY
from onestop.pages.errors import MESSAGES, NO_SUCH_NUMBER
from server import CAPABILITIES

CHANNELS = [channel.name for channel in find_channels()]
CORE = (ROOT / "onestop", ROOT / "templates" / "base", ROOT / "templates" / "preview")
FILE = ROOT / "onestop" / "language" / "cy.po"
FILES = [FILE, *sorted((ROOT / "channels").glob("*/cy.po")), ROOT / "tvapp" / "cy.po"]
PLACE = re.compile(r"\{(\w+)\}")
SAYING = ("words", "own", "_", "words.count", "own.count")
Texts = set[str | tuple[str, str]]


def test_every_shared_text_is_in_the_welsh_file_and_nothing_else() -> None:
    said, translated = _shared(), _translated(FILE)
    assert len(said) > 40
    assert said - translated == set(), "not translated"
    assert translated - said == set(), "not said by the core, nor by two channels"


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_text_of_a_channel_is_in_its_welsh_file_or_the_shared_one(channel: str) -> None:
    file = ROOT / "channels" / channel / "cy.po"
    said, translated = _own(channel) - _shared(), _translated(file) if file.exists() else set()
    assert said - translated == set(), "not translated"
    assert translated - said == set(), "not said"


def test_every_text_of_the_tvapp_pages_is_in_their_welsh_file_or_the_shared_one() -> None:
    folder = ROOT / "tvapp"
    said, translated = _said((folder,)) - _shared(), _translated(folder / "cy.po")
    assert len(said) > 30
    assert said - translated == set(), "not translated"
    assert translated - said == set(), "not said"


def _shared() -> Texts:
    """Return the texts of the core, and those of more than one channel."""
    counted = Counter(text for channel in CHANNELS for text in _own(channel))
    return (
        _said(CORE)
        | set(WHY.values())
        | {text for pair in (*MESSAGES.values(), NO_SUCH_NUMBER) for text in pair}
        | {text for text, n in counted.items() if n > 1}
    )


def _own(channel: str) -> Texts:
    return _said((ROOT / "channels" / channel, ROOT / "templates" / channel))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.parent.name))
def test_a_translation_has_the_same_placeholders_as_the_text(file: Path) -> None:
    for message in _catalog(file):
        if message.id:
            for one in _forms(message.string):
                assert one, f"{message.id} has an empty form"
                assert set(PLACE.findall(one)) == set(PLACE.findall(_forms(message.id)[-1])), message.id


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.parent.name))
def test_a_text_is_translated_and_not_only_repeated(file: Path) -> None:
    same = [m.id for m in _catalog(file) if m.id and m.id == m.string]
    assert len(same) <= 3, same


def test_every_text_of_a_capability_is_in_its_welsh_file_or_the_shared_one() -> None:
    """A capability without words of its own has them in the shared file, which the first test checks."""
    for folder in [capability.words for capability in CAPABILITIES if capability.words]:
        assert _said((folder,), own=True) - _translated(folder / "cy.po") - _shared() == set(), folder


def test_every_text_of_the_desks_templates_is_in_a_welsh_file() -> None:
    files = [capability.words / "cy.po" for capability in CAPABILITIES if capability.words]
    translated = set[str | tuple[str, str]]().union(*map(_translated, files)) | _translated(FILE)
    said = _said((ROOT / "templates" / "desk",))
    assert len(said) > 10
    assert said - translated == set()


def _said(folders: tuple[Path, ...], *, own: bool = False) -> Texts:
    """Return the texts in some folders, without those of capabilities with words of their own unless `own`."""
    files = [file for folder in folders for file in sorted(folder.rglob("*"))]
    apart = [capability.words for capability in CAPABILITIES if capability.words and not own]
    return {text for file in files if not any(file.is_relative_to(f) for f in apart) for text in _texts(file)}


def _texts(file: Path) -> Iterator[str | tuple[str, str]]:
    if file.suffix == ".py":
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in SAYING:
                yield from _constants(_name(node.func), [a.value for a in node.args if isinstance(a, ast.Constant)])
    elif file.suffix in (".html", ".txt"):
        for call in Environment().parse(file.read_text(encoding="utf-8")).find_all(nodes.Call):
            if _name(call.node) in SAYING:
                yield from _constants(_name(call.node), [a.value for a in call.args if isinstance(a, nodes.Const)])


def _constants(name: str, values: list[object]) -> Iterator[str | tuple[str, str]]:
    texts = [value for value in values if isinstance(value, str)]
    if name.endswith("count") and len(texts) > 1:
        yield (texts[0], texts[1])
    elif texts:
        yield texts[0]


def _name(called: object) -> str:
    """Return the name of a called function, `words`, `_` or `words.count`: at most its last two parts."""
    if isinstance(called, ast.Name):
        return called.id
    if isinstance(called, nodes.Name):
        return called.name
    if isinstance(called, ast.Attribute | nodes.Getattr):
        owner = _name(called.value if isinstance(called, ast.Attribute) else called.node)
        return f"{owner.rpartition('.')[2]}.{called.attr}" if called.attr != "words" else "words"
    return ""


def _catalog(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale="cy")


def _translated(file: Path) -> Texts:
    said = [_forms(message.id) for message in _catalog(file) if message.id and message.string]
    return {(texts[0], texts[1]) if len(texts) > 1 else texts[0] for texts in said}


def _forms(text: object) -> list[str]:
    """Return the plural forms of a text."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text)]

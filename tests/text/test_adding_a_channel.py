"""The guide to adding a channel works: its files, written into an empty folder, are a channel, and equal those in the repository."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support.paths import ROOT
from support.render_screen import draw
from support.samples.block_samples import BLOCKS, WORDS, screen

import channels
from channels.contract import Channel
from channels.registry import find_channels

GUIDE = (ROOT / "docs" / "adding-a-channel.md").read_text(encoding="utf-8")
FILE = re.compile(r"^### `([^`]+)`\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILES = dict(FILE.findall(GUIDE))
FOLDERS = ("channels/text", "templates/text")
MACHINE_MADE = ("pl.po", "bn.po", "ur.po")
"""Translations that the guide leaves out: they await translators."""


def test_the_guide_quotes_every_file_of_the_channel() -> None:
    stored = {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.name not in MACHINE_MADE
    }
    assert sorted(FILES) == sorted(stored)
    for name, text in stored.items():
        assert FILES[name] == text, f"docs/adding-a-channel.md does not say what {name} says"


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Channel]:
    """Return the channel of the guide, found by the registry in a folder without any other."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "templates" / "base").symlink_to(ROOT / "templates" / "base")
    kept = _forget()
    monkeypatch.setattr(channels, "__path__", [str(tmp_path / "channels")])
    (found,) = find_channels()
    yield found
    _forget()
    sys.modules.update(kept)


def _forget() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name == "channels.text" or name.startswith("channels.text.")]
    return {name: sys.modules.pop(name) for name in names}


def test_the_files_of_the_guide_are_a_complete_channel(written: Channel, tmp_path: Path) -> None:
    assert str(tmp_path) in str(sys.modules["channels.text"].__file__)
    assert (written.name, written.prefix) == ("text", "/text")
    for device in written.devices:
        (page,) = draw(written, screen(*BLOCKS), device=device, templates=tmp_path / "templates")
        missing = [word for words in WORDS.values() for word in words.split() if word.lower() not in page.lower()]
        assert not missing, device


def test_the_cost_of_the_channel_is_as_the_guide_says() -> None:
    lines = sum(text.count("\n") for text in FILES.values())
    assert f"| text, this guide | {len(FILES)} | {lines} |" in GUIDE


def test_the_minimal_channel_of_the_guide_renders_every_block(tmp_path: Path) -> None:
    (text,) = re.findall(
        r"^#### `channels/board/__init__.py`\n\n```python\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE
    )
    assert f"| the least that works | 1 | {text.count(chr(10))} |" in GUIDE
    names: dict[str, Channel] = {}
    exec(text, names)
    (page,) = draw(names["CHANNEL"], screen(*BLOCKS))
    assert not [word for words in WORDS.values() for word in words.split() if word.lower() not in page.lower()]

"""Imports point towards the waist, and no core file or shared template knows a channel by name."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.paths import ROOT

CHANNELS = sorted(p.name for p in (ROOT / "channels").iterdir() if (p / "__init__.py").exists())

DOMAIN = {
    "onestop.screen",
    "onestop.language",
    "onestop.authoring",
    "onestop.catalogue",
    "onestop.journeys",
    "onestop.casework",
}
# Which of our packages each may import. `language` is words only and stands beside the waist.
MAY_IMPORT = {
    "onestop/screen": {"onestop.screen"},
    "onestop/language": {"onestop.language"},
    "onestop/authoring": {"onestop.language", "onestop.authoring"},
    "onestop/catalogue": {"onestop.screen", "onestop.language", "onestop.authoring", "onestop.catalogue"},
    "onestop/journeys": {"onestop.screen", "onestop.language", "onestop.authoring", "onestop.journeys"},
    "onestop/casework": {
        "onestop.screen",
        "onestop.language",
        "onestop.journeys",
        "onestop.authoring",
        "onestop.casework",
    },
    "onestop/starter": set(),
    "onestop/speech": {"onestop.screen", "onestop.language", "onestop.speech"},
    "onestop/store": {
        "onestop.screen",
        "onestop.catalogue",
        "onestop.journeys",
        "onestop.authoring",
        "onestop.casework",
        "onestop.store",
    },
    "onestop/delivery": {"onestop.authoring", "onestop.casework", "onestop.store", "onestop.delivery"},
    "onestop/pictures": {"onestop.screen", "channels", "onestop.pictures"},
    "onestop/http": {"onestop.pictures", "onestop.http"},
    "onestop/site": DOMAIN | {"onestop.delivery", "channels", "onestop.pictures", "onestop.http", "onestop.site"},
    "onestop/pages": DOMAIN
    | {"channels", "onestop.settings", "onestop.speech", "onestop.http", "onestop.site", "onestop.pages"},
    "onestop/capabilities": DOMAIN
    | {
        "channels",
        "onestop.speech",
        "onestop.http",
        "onestop.site",
        "onestop.pages",
        "onestop.capabilities",
    },
    "onestop/forms": DOMAIN
    | {
        "channels",
        "onestop.settings",
        "onestop.store",
        "onestop.delivery",
        "onestop.pictures",
        "onestop.http",
        "onestop.site",
        "onestop.pages",
        "onestop.forms",
    },
    "onestop/server": DOMAIN
    | {
        "onestop",
        "channels",
        "onestop.settings",
        "onestop.store",
        "onestop.delivery",
        "onestop.speech",
        "onestop.http",
        "onestop.site",
        "onestop.pages",
        "onestop.capabilities",
        "onestop.forms",
        "onestop.server",
    },
    "channels": {"onestop.screen", "onestop.language", "channels"},
}
ONLY_IN = {
    "aiohttp": (
        "onestop/http",
        "onestop/site",
        "onestop/pages",
        "onestop/forms",
        "onestop/capabilities",
        "onestop/server",
    ),
    "jinja2": ("onestop/site/templates.py",),
    "aiosqlite": ("onestop/store",),
    "asyncpg": ("onestop/store",),
    "cryptography": ("onestop/store",),
}


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield node.module or ""


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_imports_point_towards_the_waist(package: str) -> None:
    files = _sources(package)
    assert files
    for file in files:
        for name in _imports(file):
            if name.split(".")[0] in ("onestop", "channels", "kiosk", "tvapp", "server"):
                allowed = any(name == ours or name.startswith(ours + ".") for ours in MAY_IMPORT[package] - {"onestop"})
                assert allowed or name in MAY_IMPORT[package], f"{file.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_used_in_its_own_room_only(library: str) -> None:
    rooms = tuple(str(ROOT / room) for room in ONLY_IN[library])
    for file in [*_sources("onestop"), *_sources("channels"), ROOT / "server.py"]:
        if any(name.split(".")[0] == library for name in _imports(file)):
            assert str(file).startswith(rooms), f"{file.relative_to(ROOT)} imports {library}"


def test_the_server_alone_joins_what_brings_its_own_routes() -> None:
    own = {"tvapp": "tv"}
    for folder, channel in own.items():
        assert _sources(folder)
        for file in _sources(folder):
            ours = [name for name in _imports(file) if name.split(".")[0] in ("channels", "kiosk", "tvapp", "server")]
            mine = (folder, f"channels.{channel}", "channels.contract")
            assert all(name.startswith(mine) for name in ours), f"{file}: {ours}"
    for file in [*_sources("onestop"), *_sources("channels")]:
        assert not [name for name in _imports(file) if name.split(".")[0] in own], file


def test_a_channel_imports_no_other_channel() -> None:
    for channel in CHANNELS:
        for file in _sources(f"channels/{channel}"):
            strangers = [
                n
                for n in _imports(file)
                for other in CHANNELS
                if other != channel and n.split(".")[:2] == ["channels", other]
            ]
            assert not strangers, f"{file}: {strangers}"


def test_no_file_of_the_core_holds_a_channel_name() -> None:
    names = re.compile(
        r"\b(" + "|".join(name for name in CHANNELS if name != "text") + r")\b|[\"']text[\"']\s*:\s*CHANNEL"
    )
    folders = ("onestop", "templates/base", "templates/preview")
    files = [
        f
        for folder in folders
        for f in (ROOT / folder).rglob("*")
        if f.suffix in (".py", ".html", ".css", ".js", ".sql")
    ]
    files += list((ROOT / "channels").glob("*.py"))
    assert len(files) > 20
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not names.search(line), f"{file.relative_to(ROOT)}:{number}: {line.strip()}"

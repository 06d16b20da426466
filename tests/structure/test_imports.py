"""Imports follow the table of layers, and no core file or shared template names a channel."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from structure.imports import circles, graph, imported, longest_chain, modules, room_of
from support.paths import ROOT

from channels.registry import find_channels
from onestop.capability import Capability
from server import CAPABILITIES

CHANNELS = sorted(p.name for p in (ROOT / "channels").iterdir() if (p / "__init__.py").exists())
DOMAIN = "screen language authoring catalogue journeys casework"
# The rooms that each room may import, besides itself. Names without a folder are rooms of onestop/.
MAY_IMPORT = {
    "onestop/tokens": "",
    "onestop/screen": "",
    "onestop/language": "",
    "onestop/authoring": "language",
    "onestop/catalogue": "screen language authoring",
    "onestop/journeys": "screen language authoring",
    "onestop/casework": "journeys places",
    "onestop/places": "language authoring catalogue",
    "onestop/rounds": "language authoring",
    "onestop/speech": "screen language",
    "onestop/starter": "",
    "onestop/intake": "authoring catalogue",
    "onestop/setting_types.py": "launch",
    "onestop/settings.py": "setting_types",
    "channels": "screen language",
    "onestop/figures": "screen language authoring catalogue",
    "onestop/store": "tokens journeys casework figures",
    "onestop/delivery": "language authoring casework store",
    "onestop/messages": "language authoring journeys casework delivery store http",
    "onestop/pictures": "channels",
    "onestop/http": "tokens",
    "onestop/site": f"{DOMAIN} channels delivery figures messages places rounds pictures http",
    "onestop/pages": f"{DOMAIN} channels settings speech http site",
    "onestop/capability.py": "channels settings store places pictures http site pages",
    "onestop/capabilities": f"{DOMAIN} channels settings speech intake store delivery messages places rounds http site pages capability",
    "onestop/lookup": "screen language settings store places http site",
    "onestop/forms": f"{DOMAIN} channels settings store delivery messages pictures http site pages capability audit places rounds lookup",
    "onestop/my_area": f"{DOMAIN} channels settings store places rounds http site pages capability lookup near_me notices",
    "onestop/near_me": "screen language catalogue store places http site pages capability lookup",
    "onestop/tracking": f"{DOMAIN} channels settings store messages http site pages capability",
    "onestop/open311": f"{DOMAIN} channels settings store delivery http site pages pictures capability",
    "onestop/audit": "settings store capability",
    "onestop/desk": f"{DOMAIN} channels settings store delivery messages places http site pages capability audit staff",
    "onestop/staff": f"tokens {DOMAIN} settings store delivery http site pages capability audit",
    "onestop/notices": "screen language catalogue delivery store places http site pages capability",
    "onestop/performance": "screen language catalogue figures settings store http site pages capability",
    "onestop/server": "catalogue channels settings store delivery places http site pages capability",
    "tvapp": f"{DOMAIN} channels settings http site capability",
}
LIBRARIES = {
    "aiohttp": "delivery http site pages capability capabilities lookup forms notices near_me my_area tracking open311 staff desk "
    "performance server",
    "aiosmtplib": "delivery messages",
    "defusedxml": "delivery",
    "jinja2": "site staff",
    "argon2": "staff",
    "pyotp": "staff",
    "joserfc": "messages staff",
    "webauthn": "staff",
    "aiosqlite": "store",
    "asyncpg": "store",
    "cryptography": "store",
    "babel": "language",
    "yaml": "authoring intake",
    "bs4": "intake",
    "markdown_it": "catalogue",
    "PIL": "pictures",
    "pillow_heif": "pictures",
    "pyproj": "places",
    "shapely": "places",
    "icalendar": "my_area",
}
WEB_ROOMS = tuple(
    f"onestop/{room}"
    for room in (
        "server",
        "http",
        "site",
        "pages",
        "lookup",
        "forms",
        "notices",
        "near_me",
        "my_area",
        "tracking",
        "open311",
        "performance",
        "pictures",
        "capability.py",
        "capabilities",
    )
)
FLOORS = 7
OLD_CIRCLES = {
    "onestop",
    "onestop/pages",
    "onestop/store",
    "onestop/store/encryption",
    "onestop/store/engines",
    "onestop/store/tables",
}
"""Folders that are still on a circle: none may be added."""


def rule_of(file: Path) -> str:
    """Return the room of the table that a file is in, or ""."""
    name = file.relative_to(ROOT).as_posix()
    return next((room for room in MAY_IMPORT if name == room or name.startswith(room + "/")), "")


def room_imported(name: str) -> str:
    """Return the room of a dotted name: "site" for onestop.site.address, "channels" for channels.contract."""
    parts = name.split(".")
    return parts[1] if parts[0] == "onestop" and len(parts) > 1 else parts[0]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_follow_the_table_of_layers(room: str) -> None:
    allowed = {*MAY_IMPORT[room].split(), Path(room).stem}
    files = [file for file in modules().values() if rule_of(file) == room]
    assert files
    for file in files:
        for name in imported(file):
            if name.split(".")[0] in ("onestop", "channels", "kiosk", "tvapp", "server"):
                assert room_imported(name) in allowed, f"{file.relative_to(ROOT)} imports {name}"


def test_the_import_table_of_the_architecture_guide_is_current() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text[text.index("## What may import what") :].partition("## Our words")[0]
    rows = dict(re.findall(r"^\| `([\w/.]+)` \| (.*) \|$", section, re.MULTILINE))
    assert rows.pop("server.py") == "everything"
    said = {room: ", ".join(names.replace(DOMAIN, "domain").split()) for room, names in MAY_IMPORT.items()}
    assert rows == {room: names.replace("domain", "the domain") or "nothing of ours" for room, names in said.items()}


def test_the_architecture_guide_names_every_folder() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `([\w/.]+)` \| [A-Z`]", text, re.MULTILINE))
    assert set(MAY_IMPORT) - {"onestop/settings.py", "onestop/setting_types.py"} <= named


def test_every_folder_has_an_import_rule() -> None:
    free = ("onestop/__init__.py", "onestop/__main__.py", "onestop/launch.py", "server.py")
    found = [file.relative_to(ROOT).as_posix() for file in modules().values() if not rule_of(file)]
    assert not set(found) - set(free)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_used_in_its_own_room_only(library: str) -> None:
    rooms = LIBRARIES[library].split()
    users = [name for name, file in modules().items() if any(i.split(".")[0] == library for i in imported(file))]
    assert users
    assert not [name for name in users if room_imported(name) not in rooms and not name.startswith("tvapp.")]


def test_there_are_no_import_cycles() -> None:
    assert not circles(graph())
    rooms = {name: rule_of(file) for name, file in modules().items()}
    between = {
        room: frozenset(rooms[other] for name in graph() if rooms[name] == room for other in graph()[name]) - {room, ""}
        for room in MAY_IMPORT
    }
    assert not circles(between)


def test_folders_do_not_import_each_other_in_a_circle() -> None:
    """Also the folders inside a room; those of OLD_CIRCLES still do."""
    folders = {room_of(name) for name in modules()}
    between = {
        folder: frozenset(room_of(other) for name in modules() if room_of(name) == folder for other in graph()[name])
        - {folder}
        for folder in folders
    }
    assert not set(circles(between)) - OLD_CIRCLES


def test_the_longest_import_chain_is_short() -> None:
    chain = longest_chain(WEB_ROOMS)
    assert len(chain) <= FLOORS, " <- ".join(chain)


def test_every_capability_is_registered() -> None:
    """A capability is named in server.py, or brought by a channel."""
    declared = [
        name for name, file in modules().items() if re.search(r"^CAPABILITY = ", file.read_text(), re.MULTILINE)
    ]
    brought = {name for channel in find_channels() for name in channel.brings}
    joined = {id(capability) for capability in CAPABILITIES}
    missing = [name for name in declared if name not in brought and id(import_module(name).CAPABILITY) not in joined]
    assert declared and not missing
    assert all(isinstance(import_module(name).CAPABILITY, Capability) for name in declared)


def tables_imported(room: str) -> set[str]:
    """Return the names of the modules of onestop/store/tables and counts that the modules of a room import."""
    names = {name for file in modules().values() if rule_of(file) == room for name in imported(file)}
    folders = ("tables", "counts")
    found = (file for folder in folders for file in (ROOT / "onestop/store" / folder).iterdir())
    tables = {file.stem for file in found if file.suffix in (".py", "")}
    return {
        name.split(".")[3] for name in names if name.startswith(tuple(f"onestop.store.{f}." for f in folders))
    } & tables


def test_a_capability_uses_the_tables_that_it_declares() -> None:
    declared: dict[str, set[str]] = {"onestop/forms": set(), "onestop/capabilities": {"outbox"}}
    for name, file in modules().items():
        if re.search(r"^CAPABILITY = ", file.read_text(), re.MULTILINE):
            declared.setdefault(rule_of(file), set()).update(import_module(name).CAPABILITY.tables)
    for room, tables in declared.items():
        assert tables_imported(room) == tables, room


def test_only_capabilities_delivery_and_the_process_use_tables() -> None:
    rooms = {room for room in MAY_IMPORT if tables_imported(room)}
    assert rooms == {
        "onestop/store",
        "onestop/delivery",
        "onestop/server",
        "onestop/lookup",
        "onestop/forms",
        "onestop/my_area",
        "onestop/performance",
        "onestop/tracking",
        "onestop/open311",
        "onestop/capabilities",
        "onestop/audit",
        "onestop/staff",
        "onestop/desk",
    }


def test_only_the_application_adds_routes() -> None:
    adding = re.compile(r"\bweb\.(get|post|route)\(|\.add_(get|post|route|routes)\(")
    found = [name for name, file in modules().items() if adding.search(file.read_text(encoding="utf-8"))]
    assert found == ["onestop.server.app"]


def test_a_channel_imports_no_other_channel() -> None:
    """Folders that a channel brings count as the channel."""
    homes = {f"channels/{channel}": channel for channel in CHANNELS}
    homes |= {name.split(".")[0]: channel.name for channel in find_channels() for name in channel.brings}
    for file in modules().values():
        home = next((homes[h] for h in homes if file.relative_to(ROOT).as_posix().startswith(h + "/")), "")
        for name in imported(file):
            other = name.split(".")[1] if name.startswith("channels.") and "." in name else ""
            assert other not in CHANNELS or other == home, f"{file.relative_to(ROOT)} imports {name}"


def test_modules_of_a_channel_are_imported_only_by_that_channel() -> None:
    brought = {name.split(".")[0] for channel in find_channels() for name in channel.brings}
    for name in modules():
        if name.split(".")[0] not in brought:
            assert not [other for other in graph()[name] if other.split(".")[0] in brought], name


def test_no_core_file_names_a_channel() -> None:
    names = re.compile(
        r"\b(" + "|".join(name for name in CHANNELS if name != "text") + r")\b|[\"']text[\"']\s*:\s*CHANNEL"
    )
    folders = ("onestop", "templates/base", "templates/preview")
    files = [
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*")
        if file.suffix in (".py", ".html", ".css", ".js", ".sql")
    ]
    files += [*(ROOT / "channels").glob("*.py"), ROOT / "server.py"]
    assert len(files) > 20
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert not names.search(line), f"{file.relative_to(ROOT)}:{number}: {line.strip()}"

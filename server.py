"""The command line: read the settings, join the parts, run one command. The only file that knows every part."""

import argparse
import os
import shlex
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from channels.registry import find_channels
from onestop.screen import Means
from onestop.server.listener import CannotStart
from onestop.server.log_format import speak
from onestop.server.process import serve
from onestop.settings import Settings, WrongSetting, add_options, read_settings
from onestop.site.check import check, show_paths
from onestop.site.pictures import slots_of
from onestop.starter.borough import NAME, CannotBegin, write_borough
from onestop.store.backup import back_up, restore
from onestop.store.errors import StoreUnusable
from tvapp.package import KINDS, PackageError, pack
from tvapp.routes import television


@dataclass(frozen=True, slots=True)
class Command:
    """One command: what runs, its help, and what its argument must be if it needs one."""

    run: Callable[[argparse.Namespace, Settings], int]
    help: str
    argument: str = ""
    needs: str = ""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; without a command, it serves."""
    usage = " | ".join(f"{name} {command.argument}".strip() for name, command in COMMANDS.items())
    made = argparse.ArgumentParser(
        prog="server.py" if sys.argv[0].endswith("server.py") else "onestop",
        usage=f"%(prog)s [{usage}] [options]",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    commands = "; ".join(f"{name}: {command.help}" for name, command in COMMANDS.items())
    made.add_argument("command", nargs="?", choices=tuple(COMMANDS), default="serve", help=commands)
    made.add_argument(
        "folder", nargs="?", metavar="DIR", type=Path, help="the folder, file or store that a command takes"
    )
    made.add_argument("--version", action="version", version=_version())
    made.add_argument("--name", default=NAME, help="init: the name of the council, like Anytown")
    made.add_argument("--url", metavar="ORIGIN", help="tv-package: where the package leads to [the public address]")
    made.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="tv-package: where the package is put")
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    options = parser().parse_args(arguments)
    if options.folder and options.command == "serve":
        parser().error("serve takes its folder as --content DIR")
    command = COMMANDS[options.command]
    if command.needs and not options.folder:
        parser().error(f"{options.command} takes {command.needs}")
    try:
        return command.run(options, read_settings(vars(options), os.environ))
    except (WrongSetting, CannotStart, PackageError, CannotBegin, StoreUnusable) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    speak(settings.log_format)
    return serve(settings, find_channels(), [television])


def _init(options: argparse.Namespace, settings: Settings) -> int:
    files = write_borough(options.folder, options.name)
    folder = shlex.quote(str(options.folder))
    print(f"{options.folder}: {len(files)} files; begin with council.yaml")
    print(f"  onestop check {folder}")
    print(f"  onestop serve --content {folder}")
    return 0


def _check(options: argparse.Namespace, settings: Settings) -> int:
    return check(options.folder or settings.content, _means(), time.perf_counter, slots_of(find_channels()))


def _paths(options: argparse.Namespace, settings: Settings) -> int:
    return show_paths(options.folder, _means())


def _backup(options: argparse.Namespace, settings: Settings) -> int:
    size = back_up(settings.database, options.folder)
    print(f"{options.folder}: {size:,} bytes; keep the file of keys apart from it")
    return 0


def _restore(options: argparse.Namespace, settings: Settings) -> int:
    restore(settings.database, options.folder)
    print(f"{settings.database} is restored; it opens with the file of keys it was written with")
    return 0


def _tv_package(options: argparse.Namespace, settings: Settings) -> int:
    for made in pack(str(options.folder), settings.content, options.url or settings.address, options.out):
        print(made)
    return 0


def _means() -> Mapping[str, Means]:
    """Return each channel's means of answering, by the name of the channel."""
    return {channel.name: channel.means for channel in find_channels()}


def _version() -> str:
    try:
        return version("onestop")
    except PackageNotFoundError:
        return "not installed"


COMMANDS: Mapping[str, Command] = {
    "serve": Command(_serve, "serve a catalogue"),
    "init": Command(_init, "write a small catalogue to begin with", "DIR", "the folder to write a catalogue to"),
    "check": Command(_check, "report every fault of a catalogue", "DIR"),
    "paths": Command(_paths, "draw a journey's paths", "FILE", "the file of a journey: content/journeys/NAME.yaml"),
    "backup": Command(_backup, "copy the SQLite database", "FILE", "the file to copy the database to"),
    "restore": Command(_restore, "make the database from a copy", "FILE", "the copy to make the database of"),
    "tv-package": Command(
        _tv_package,
        "make a package for a television's store",
        "STORE",
        f"the store it is for: {' or '.join(KINDS)}",
    ),
}

if __name__ == "__main__":
    sys.exit(main())

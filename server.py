"""`python server.py`: read the settings, join the parts, run. The only place that knows them all."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from channels.registry import find_channels
from onestop.screen import Means
from onestop.server.log_format import speak
from onestop.server.process import CannotStart, serve
from onestop.settings import Settings, WrongSetting, add_options, read_settings
from onestop.site.check import check, show_paths
from onestop.site.pictures import slots_of
from onestop.store.backup import back_up, restore
from onestop.store.errors import StoreUnusable
from tvapp.package import KINDS, CannotPack, pack
from tvapp.routes import television

NEEDS = {
    "paths": "the file of a journey: content/journeys/NAME.yaml",
    "backup": "the file to copy the database to",
    "restore": "the copy to make the database of",
    "tv-package": f"the store it is for: {' or '.join(KINDS)}",
}


def parser() -> argparse.ArgumentParser:
    """The command line. Without a command it serves."""
    made = argparse.ArgumentParser(
        prog="server.py",
        usage="%(prog)s [serve] [options] | check DIR | paths FILE | backup FILE | restore FILE | tv-package STORE",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    made.add_argument(
        "command",
        nargs="?",
        choices=tuple(COMMANDS),
        default="serve",
        help="serve a catalogue, check one, draw every path of a journey, copy the database and restore it, "
        "or make a package for a television's store",
    )
    made.add_argument(
        "folder",
        nargs="?",
        metavar="DIR",
        type=Path,
        help="the catalogue to check, the journey to draw, the copy of the database, or the store",
    )
    made.add_argument("--url", metavar="ORIGIN", help="where the package leads to; the public address if none is named")
    made.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="where the package is put")
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    options = parser().parse_args(arguments)
    if options.folder and options.command == "serve":
        parser().error("serve takes its folder as --content DIR")
    if options.command in NEEDS and not options.folder:
        parser().error(f"{options.command} takes {NEEDS[options.command]}")
    try:
        return COMMANDS[options.command](options, read_settings(vars(options), os.environ))
    except (WrongSetting, CannotStart, CannotPack, StoreUnusable) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    speak(settings.log_format)
    serve(settings, find_channels(), [television])
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
    print(f"{settings.database} is there again; it opens with the file of keys it was written with")
    return 0


def _tv_package(options: argparse.Namespace, settings: Settings) -> int:
    for made in pack(str(options.folder), settings.content, options.url or settings.address, options.out):
        print(made)
    return 0


def _means() -> Mapping[str, Means]:
    """With what residents answer, by the name of the channel."""
    return {channel.name: channel.means for channel in find_channels()}


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {
    "serve": _serve,
    "check": _check,
    "paths": _paths,
    "backup": _backup,
    "restore": _restore,
    "tv-package": _tv_package,
}

if __name__ == "__main__":
    sys.exit(main())

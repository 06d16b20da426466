"""`python server.py`: read the settings, join the parts, run. The only place that knows them all."""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from channels.registry import find_channels
from onestop.screen import Means
from onestop.store.backup import back_up, restore
from onestop.store.failing import Unreadable
from onestop.web.checking import check, show_paths
from onestop.web.running import CannotStart, serve
from onestop.web.saying import speak
from onestop.web.settings import WrongSetting, add_options, read_settings

NEEDS = {
    "paths": "the file of a journey: content/journeys/NAME.yaml",
    "backup": "the file to copy the database to",
    "restore": "the copy to make the database of",
}


def parser() -> argparse.ArgumentParser:
    """The command line. Without a command it serves."""
    made = argparse.ArgumentParser(
        prog="server.py",
        usage="%(prog)s [serve] [options] | check DIR | paths FILE | backup FILE | restore FILE",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    made.add_argument(
        "command",
        nargs="?",
        choices=("serve", "check", "paths", "backup", "restore"),
        default="serve",
        help="serve a catalogue, check one, draw every path of a journey, or copy the database and restore it",
    )
    made.add_argument(
        "folder",
        nargs="?",
        metavar="DIR",
        type=Path,
        help="the catalogue to check, the journey to draw, or the copy of the database",
    )
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
        settings = read_settings(vars(options), os.environ)
        if options.command == "check":
            return check(options.folder or settings.content, _means(), time.perf_counter)
        if options.command == "paths":
            return show_paths(options.folder, _means())
        if options.command == "backup":
            print(
                f"{options.folder}: {back_up(settings.database, options.folder):,} bytes; keep the file of keys apart from it"
            )
            return 0
        if options.command == "restore":
            restore(settings.database, options.folder)
            print(f"{settings.database} is there again; it opens with the file of keys it was written with")
            return 0
        speak(settings.log_format)
        serve(settings, find_channels())
    except (WrongSetting, CannotStart, Unreadable) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1
    return 0


def _means() -> Mapping[str, Means]:
    """With what residents answer, by the name of the channel."""
    return {channel.name: channel.means for channel in find_channels()}


if __name__ == "__main__":
    sys.exit(main())

"""`python server.py`: read the settings, join the parts, run. The only place that knows them all."""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from channels.registry import find_channels
from onestop.screen import Means
from onestop.web.checking import check, show_paths
from onestop.web.running import CannotStart, serve
from onestop.web.saying import speak
from onestop.web.settings import WrongSetting, add_options, read_settings


def parser() -> argparse.ArgumentParser:
    """The command line. Without a command it serves."""
    made = argparse.ArgumentParser(
        prog="server.py",
        usage="%(prog)s [serve] [options] | check DIR | paths FILE",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    made.add_argument(
        "command",
        nargs="?",
        choices=("serve", "check", "paths"),
        default="serve",
        help="serve a catalogue, check one, or draw every path of a journey",
    )
    made.add_argument(
        "folder", nargs="?", metavar="DIR", type=Path, help="the catalogue to check, or the journey to draw"
    )
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    options = parser().parse_args(arguments)
    if options.folder and options.command == "serve":
        parser().error("serve takes its folder as --content DIR")
    if options.command == "paths" and not options.folder:
        parser().error("paths takes the file of a journey: content/journeys/NAME.yaml")
    try:
        settings = read_settings(vars(options), os.environ)
        if options.command == "check":
            return check(options.folder or settings.content, _means(), time.perf_counter)
        if options.command == "paths":
            return show_paths(options.folder, _means())
        speak(settings.log_format)
        serve(settings, find_channels())
    except (WrongSetting, CannotStart) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1
    return 0


def _means() -> Mapping[str, Means]:
    """With what residents answer, by the name of the channel."""
    return {channel.name: channel.means for channel in find_channels()}


if __name__ == "__main__":
    sys.exit(main())

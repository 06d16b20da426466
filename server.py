"""`python server.py`: read the settings, join the parts, run. The only place that knows them all."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from channels.registry import find_channels
from onestop.web.checking import check
from onestop.web.running import CannotStart, serve
from onestop.web.saying import speak
from onestop.web.settings import WrongSetting, add_options, read_settings


def parser() -> argparse.ArgumentParser:
    """The command line. Without a command it serves."""
    made = argparse.ArgumentParser(
        prog="server.py",
        usage="%(prog)s [serve] [options] | check DIR",
        description="One catalogue of council services on every screen.",
        epilog="Each setting comes from the command line, else its ONESTOP_ variable, else the TOML file, else its default.",
    )
    made.add_argument(
        "command", nargs="?", choices=("serve", "check"), default="serve", help="serve a catalogue, or check one"
    )
    made.add_argument("folder", nargs="?", metavar="DIR", type=Path, help="the catalogue to check")
    add_options(made)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit status."""
    options = parser().parse_args(arguments)
    if options.folder and options.command == "serve":
        parser().error("serve takes its folder as --content DIR")
    try:
        settings = read_settings(vars(options), os.environ)
        if options.command == "check":
            return check(options.folder or settings.content, time.perf_counter)
        speak(settings.log_format)
        serve(settings, find_channels())
    except (WrongSetting, CannotStart) as why:
        print(f"onestop: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The command `places`: import addresses into the gazetteer, and say what is in it."""

import argparse
import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from onestop.capability import CommandFailed
from onestop.places.files.polygons import MissingLibrary
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer, NoGazetteer
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.settings import Settings

MOST_FAULTS = 200


def add_places_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="places import: the files to import")
    parser.add_argument(
        "--whole", action="store_true", help="places import: remove the addresses that the files do not have"
    )


def run_places(options: argparse.Namespace, settings: Settings) -> int:
    """Import files, or print what is in the gazetteer. Raises `CommandFailed`."""
    action = ACTIONS.get(str(options.folder))
    if action is None:
        raise CommandFailed(f"places takes one of {', '.join(ACTIONS)}, not `{options.folder}`")
    return action(options, settings)


def _import(options: argparse.Namespace, settings: Settings) -> int:
    """Import the files, all or none of them; return 1 if any has a fault, each of which is printed with its file and line."""
    if not options.files:
        raise CommandFailed("places import takes the files to import")
    began = time.perf_counter()
    try:
        found = read_files(options.files)
        if found.faults:
            for fault in found.faults[:MOST_FAULTS]:
                print(fault)
            left = len(found.faults) - MOST_FAULTS
            print(f"{f'and {left} more: ' if left > 0 else ''}{len(found.faults)} faults; nothing was imported")
            return 1
        written = write_gazetteer(settings.gazetteer, found, whole=options.whole)
    except MissingLibrary as why:
        raise CommandFailed(str(why)) from None
    except (OSError, sqlite3.Error) as why:
        raise CommandFailed(f"the gazetteer {settings.gazetteer}: {why}") from None
    print(
        f"{settings.gazetteer}: {written.changed:,} rows changed, {written.removed:,} removed; "
        f"{written.premises:,} addresses, {written.streets:,} streets, {time.perf_counter() - began:.1f} s"
    )
    return 0


def _show(options: argparse.Namespace, settings: Settings) -> int:
    gazetteer = Gazetteer(settings.gazetteer)
    try:
        premises, postcodes = asyncio.run(gazetteer.counts())
    except NoGazetteer as why:
        raise CommandFailed(str(why)) from None
    finally:
        gazetteer.close()
    print(f"{settings.gazetteer}: {premises:,} addresses, {postcodes:,} postcodes")
    return 0


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {"import": _import, "show": _show}

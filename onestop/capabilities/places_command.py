"""The command `places`: import addresses into the gazetteer, say what is in it, compare it with the rounds."""

import argparse
import asyncio
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from onestop.authoring.faults import Fault
from onestop.capability import CommandFailed
from onestop.catalogue.source.load import load
from onestop.places.files.polygons import MissingLibrary
from onestop.places.files.recognise import read_files
from onestop.places.gazetteer.reader import Gazetteer, NoGazetteer
from onestop.places.gazetteer.writer import write_gazetteer
from onestop.places.source import read_local_places
from onestop.rounds.source import read_schedule
from onestop.settings import Settings

MOST_FAULTS = 200


def add_places_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--whole", action="store_true", help="places import: remove the addresses that the files do not have"
    )
    parser.add_argument(
        "--skip-faults",
        action="store_true",
        help="places import: leave out the rows that have a fault, and import the rest",
    )


def run_places(options: argparse.Namespace, settings: Settings) -> int:
    """Import files, or print what is in the gazetteer. Raises `CommandFailed`."""
    action = ACTIONS.get(str(options.folder))
    if action is None:
        raise CommandFailed(f"places takes one of {', '.join(ACTIONS)}, not `{options.folder}`")
    return action(options, settings)


def _import(options: argparse.Namespace, settings: Settings) -> int:
    """Import the files, all or none of them; return 1 if any has a fault, each of which is printed with its file and line.

    With `--skip-faults` the rows that have a fault are left out; a file that cannot be relied on is still refused.
    """
    if not options.more:
        raise CommandFailed("places import takes the files to import")
    if options.whole and options.skip_faults:
        raise CommandFailed("--whole with --skip-faults would remove the addresses whose rows have a fault")
    began = time.perf_counter()
    try:
        found = read_files(options.more)
        skipped = options.skip_faults and not found.refused
        if found.faults:
            _print_faults(found.faults, "their rows were left out" if skipped else "nothing was imported")
            if not skipped:
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
    if written.unknown:
        print(f"{written.unknown:,} rounds were left out: their properties are not in the gazetteer")
    return 0


def _print_faults(faults: Sequence[Fault], then: str) -> None:
    for fault in faults[:MOST_FAULTS]:
        print(fault)
    left = len(faults) - MOST_FAULTS
    print(f"{f'and {left} more: ' if left > 0 else ''}{len(faults)} faults; {then}")


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


def _check(options: argparse.Namespace, settings: Settings) -> int:
    """Compare the gazetteer with the rounds and wards of the content; return 1 if either lacks what the other has."""
    today = date.today()
    loaded = load(settings.content, today)
    holidays = loaded.catalogue.holidays if loaded.catalogue else {}
    languages = loaded.content.languages
    rounds = read_schedule(settings.content, languages, holidays, today).schedule.rounds
    wards = read_local_places(settings.content, languages).wards
    gazetteer = Gazetteer(settings.gazetteer)
    try:
        without, served = asyncio.run(gazetteer.unserved())
        homes = asyncio.run(gazetteer.wards())
    except NoGazetteer as why:
        raise CommandFailed(str(why)) from None
    finally:
        gazetteer.close()
    faults = [f"{without:,} homes have no round"] if without else []
    faults += _differences("round", served, rounds, "rounds.yaml")
    faults += _differences("ward", homes, wards, "wards.yaml") if wards else []
    for fault in faults:
        print(fault)
    print(f"{len(served)} rounds in the gazetteer, {len(rounds)} in the content: {len(faults)} faults")
    return 1 if faults else 0


def _differences(what: str, counts: Mapping[str, int], declared: Collection[str], file: str) -> list[str]:
    """Return a fault for each name that only the gazetteer has, with how many properties have it, or only the content."""
    return [
        *(f"{count:,} properties have the {what} `{name}`, which {file} does not declare" if name else
          f"{count:,} properties have no {what}" for name, count in sorted(counts.items()) if name not in declared),
        *(f"no property has the {what} `{name}`" for name in declared if name not in counts),
    ]  # fmt: skip


ACTIONS: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {
    "import": _import, "show": _show, "check": _check,
}  # fmt: skip

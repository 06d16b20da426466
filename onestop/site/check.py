"""The commands `check` and `paths`: every fault of a catalogue and its journeys, and every path of a journey."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from channels.contract import Slot
from onestop.authoring.faults import Fault, in_order
from onestop.catalogue.source.load import LoadResult, load
from onestop.catalogue.source.settings_files import today_of
from onestop.delivery.routes import FILE as DESKS_FILE
from onestop.delivery.routes import Routes
from onestop.journeys.paths.part_names import part_name_faults
from onestop.journeys.paths.paths import TooManyPaths, Unanswerable
from onestop.journeys.paths.tree import draw
from onestop.journeys.source.folder import ReadJourneys, read_unchecked
from onestop.messages.carriers_file import FILE as MESSAGES_FILE
from onestop.messages.carriers_file import Carriers
from onestop.screen import Means
from onestop.site.journeys import carriers_of, journeys_of, routes_of
from onestop.site.local import local_content_of
from onestop.site.pictures import picture_faults

MOST_UNTRANSLATED = 3


@dataclass(frozen=True, slots=True)
class ContentRules:
    """What channels, capabilities and settings ask of a catalogue.

    `means` are the channels' means of answering, by name; pictures are resized for all `slots`; no section may have one of the
    `reserved` names, and no question one of `reserved_steps`. `missing` returns a sentence about each destination that the settings do
    not suffice for, `silent` about each carrier of messages.
    """

    means: Mapping[str, Means]
    slots: Sequence[Slot] = ()
    reserved: frozenset[str] = frozenset()
    reserved_steps: frozenset[str] = frozenset()
    missing: Callable[[Routes], Sequence[str]] = field(default=lambda routes: ())
    silent: Callable[[Carriers], Sequence[str]] = field(default=lambda carriers: ())


@dataclass(frozen=True, slots=True)
class CheckedCatalogue:
    """What was read from a content folder, and its faults, each with the folder as the author typed it, so that editors can open it."""

    loaded: LoadResult
    journeys: ReadJourneys
    faults: Sequence[Fault]

    @property
    def errors(self) -> Sequence[Fault]:
        return [fault for fault in self.faults if fault.severity == "error"]


def read_checked(folder: Path, rules: ContentRules) -> CheckedCatalogue:
    """Read a content folder and find every fault, as `check` prints them."""
    today = today_of(folder)
    loaded = load(folder, today, reserved=rules.reserved)
    read, about_journeys = journeys_of(loaded, folder, rules.means, today, reserved=rules.reserved_steps)
    questions = {name: frozenset(journey.answer_names) for name, journey in read.journeys.items()}
    routes, about_routes = routes_of(loaded, folder, questions)
    carriers, about_carriers = carriers_of(loaded, folder)
    label = folder.name or folder.resolve().name
    desks = f"{label}/{DESKS_FILE}"
    lacking = [Fault(desks, 1, 1, why, "warning") for why in rules.missing(routes)]
    lacking += [Fault(f"{label}/{MESSAGES_FILE}", 1, 1, why, "warning") for why in rules.silent(carriers)]
    local, about_local = local_content_of(loaded, folder, today)
    about = (
        *about_journeys,
        *about_routes,
        *about_carriers,
        *lacking,
        *about_local,
        *part_name_faults(read.journeys, local.part_names, label),
        *picture_faults(loaded, rules.slots),
    )
    faults = in_order((*loaded.faults, *about))
    typed = [replace(fault, file=str(folder / fault.file.partition("/")[2])) for fault in faults]
    return CheckedCatalogue(loaded, read, typed)


def check(path: Path, clock: Callable[[], float], rules: ContentRules) -> int:
    """Print every fault of a catalogue and its journeys, or of one file; return the exit status, 1 if any is an error."""
    folder = path if path.is_dir() else _content_folder(path)
    if folder is None:
        wanted = "is in no folder with a council.yaml" if path.is_file() else "is not there"
        print(f"onestop: {path} {wanted}", file=sys.stderr)
        return 1
    began = clock()
    found = read_checked(folder, rules)
    faults = [fault for fault in found.faults if path == folder or Path(fault.file) == path]
    for line in [str(fault) for fault in faults if not fault.language] + list(_untranslated(faults)):
        print(line)
    errors = sum(fault.severity == "error" for fault in faults)
    what = _summary(found) if path == folder else str(path)
    print(f"{what}: {errors} errors, {len(faults) - errors} warnings, {clock() - began:.2f} s")
    return 1 if errors else 0


def _summary(found: CheckedCatalogue) -> str:
    catalogue, read = found.loaded.catalogue, found.journeys
    what = f", {len(catalogue.sections)} sections, {len(catalogue.services)} services" if catalogue else ""
    what += f", {len(read.journeys)} journeys" if read.sources else ""
    return f"{found.loaded.files + len(read.sources)} files{what}"


def _content_folder(file: Path) -> Path | None:
    """Return the nearest folder above a file that has a council.yaml."""
    return (
        next((folder for folder in file.parents if (folder / "council.yaml").exists()), None) if file.exists() else None
    )


def _untranslated(faults: Sequence[Fault]) -> Iterator[str]:
    """Yield one line for each language that texts have not been translated into."""
    for language in dict.fromkeys(fault.language for fault in faults if fault.language):
        files = list(dict.fromkeys(fault.file for fault in faults if fault.language == language))
        shown = ", ".join(files[:MOST_UNTRANSLATED])
        more = f" and {len(files) - MOST_UNTRANSLATED} more" if len(files) > MOST_UNTRANSLATED else ""
        yield f"warning: {len(files)} files lack texts in `{language}`: {shown}{more}"


def show_paths(file: Path, means: Mapping[str, Means]) -> int:
    """Print every path of one journey of a content folder, and its faults; return 1 if there are any."""
    folder = file.resolve().parent.parent
    today = today_of(folder)
    if not file.is_file():
        print(f"onestop: there is no file {file}", file=sys.stderr)
        return 1
    loaded = load(folder, today)
    if not loaded.content.languages:
        print(
            f"onestop: {file} is not in the journeys of a catalogue: {folder} has no council.yaml to read",
            file=sys.stderr,
        )
        return 1
    read, _ = journeys_of(loaded, folder, means, today)
    faults = [fault for fault in read.faults if fault.file.endswith(f"/{file.name}") and fault.severity == "error"]
    for fault in faults:
        print(replace(fault, file=str(file)))
    journey = read.journeys.get(file.stem) or read_unchecked(
        file.stem, read.sources.get(file.stem, ""), loaded.content.languages
    )
    try:
        drawn = "\n".join(draw(journey, means, today)) if journey else ""
    except (TooManyPaths, Unanswerable):
        # The faults were printed above.
        drawn = ""
    return max(_printed(drawn), int(bool(faults) or not drawn))


def _printed(text: str) -> int:
    """Print it; return 0."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # The reader has closed the pipe (`| head`): Python must not write to it again on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0

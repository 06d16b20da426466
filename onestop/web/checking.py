"""Whether a catalogue is fit to be served: every fault, what was read, and how long it took."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from onestop.catalogue.load import load


def check(folder: Path, clock: Callable[[], float]) -> int:
    """Print the faults; the result is the exit status: 1 if any is an error."""
    if not folder.is_dir():
        print(f"onestop: there is no folder {folder}", file=sys.stderr)
        return 1
    began = clock()
    loaded = load(folder, datetime.now(UTC).date())
    for fault in loaded.faults:
        print(fault)
    errors = sum(fault.severity == "error" for fault in loaded.faults)
    read = loaded.catalogue
    what = f", {len(read.sections)} sections, {len(read.services)} services" if read else ""
    warnings = len(loaded.faults) - errors
    print(f"{loaded.files} files{what}: {errors} errors, {warnings} warnings, {clock() - began:.2f} s")
    return 1 if errors else 0

"""A case as a desk's folder has it."""

import json
import time
from pathlib import Path
from typing import Any


def read_case(file: Path) -> dict[str, Any]:
    """Return the case of a file once it has been delivered; fail after ten seconds."""
    for _ in range(200):
        if file.exists():
            case: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            return case
        time.sleep(0.05)
    raise AssertionError(f"{file.name} has not come to the desk {file.parent.name}")

"""Programs that tests drive. Where one is missing a test fails in CI and is skipped with the reason elsewhere."""

import os
import shutil
from pathlib import Path

import pytest
from support.paths import ROOT

NODE = ROOT / ".tools" / "node_modules"


def need(part: str | Path) -> str:
    """Return the path of a program or file; if it is missing, fail in CI and skip with the reason elsewhere."""
    found = str(part) if isinstance(part, Path) and part.exists() else shutil.which(str(part))
    if found:
        return found
    reason = f"{part} is not here: run scripts/install-test-parts"
    if os.environ.get("CI") or os.environ.get("ONESTOP_CI"):
        pytest.fail(reason)
    pytest.skip(reason)

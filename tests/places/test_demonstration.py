"""The demonstration borough's gazetteer is made with what `make serve` installs."""

import sys
from pathlib import Path

import pytest

from scripts.make_gazetteer import make_into


def test_the_demonstration_gazetteer_needs_no_geometry_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyproj", "shapely"):
        monkeypatch.setitem(sys.modules, name, None)
    assert make_into(tmp_path / "gazetteer.db", 500) >= 400

"""Folders of the repository that tests read."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CONTENT = ROOT / "content"
"""The demonstration borough."""
LAYOUT = (ROOT / "tests" / "browser" / "layout.js").read_text(encoding="utf-8")
"""A script that finds what overlaps, overflows or is cut off on a page."""

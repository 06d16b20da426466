"""A journey that repeats a group as often as a number says, and another until there are no more."""

from pathlib import Path

CHILDREN = (Path(__file__).parent / "children.yaml").read_text(encoding="utf-8")

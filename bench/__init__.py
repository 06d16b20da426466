"""Benchmarks. Figures are compared within one run, because machines and their load differ."""

import sys
from pathlib import Path

# Benchmarks share support modules with the tests.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

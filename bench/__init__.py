"""Benchmarks. Figures are compared within one run, because machines and their load differ."""

import sys
from pathlib import Path

# What tests and benches both need lies with the tests.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

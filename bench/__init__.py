"""How fast Onestop is, each figure as a ratio within one run."""

import sys
from pathlib import Path

# What tests and benches both need lies with the tests.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

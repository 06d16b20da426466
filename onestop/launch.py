"""The `onestop` command: find the program's folders, put them first on the import path of this process, run the command line.

A wheel cannot install `channels`, `templates` or `server` at top level: `channels` would overwrite Django Channels. It has them in
`onestop/_bundle`; a checkout has them beside `onestop`.
"""

import importlib
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
BUNDLE = PACKAGE / "_bundle"
ROOT = BUNDLE if BUNDLE.is_dir() else PACKAGE.parent
"""The folder that holds `channels`, `templates` and the demonstration `content`."""


def main() -> int:
    """Run the command line of `server.py`; return its exit status."""
    sys.path.insert(0, str(ROOT))
    status: int = importlib.import_module("server").main()
    return status

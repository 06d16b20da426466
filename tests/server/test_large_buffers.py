"""Memory of large buffers is returned to the system when they are freed, whatever small objects are still in use."""

import subprocess
import sys

from support.paths import ROOT

from onestop.server.process.large_buffers import release_large_buffers

PROGRAM = """
import sys
from pathlib import Path
from onestop.server.process.large_buffers import release_large_buffers
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 // 1024
if sys.argv[1] == "told":
    assert release_large_buffers()
del (first := [bytearray(b"x") * (12 << 20)])[:]
before = resident()
kept = []
large = []
for _ in range(20):
    large.append(bytearray(b"x") * (8 << 20))
    kept.append(bytearray(2000))
del large
print(resident() - before)
"""


def growth(how: str) -> int:
    """Return by how many MB a process has grown after 160 MB of buffers were freed."""
    command = [sys.executable, "-c", PROGRAM, how]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def test_freed_buffers_are_returned_to_the_system() -> None:
    assert release_large_buffers()
    assert growth("told") < 20 < 100 < growth("not told")

"""The way back after sign-in: only to a page of the desk."""

import re

START = "/desk"
OWN = re.compile(r"/desk(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
LONGEST = 500


def own_path(text: str) -> str:
    """Return the neutral address of a page of the desk, the first page for anything else."""
    return text if len(text) <= LONGEST and OWN.fullmatch(text) else START

"""What a browser is called in the list of sessions: its family and system, and nothing that would tell it from others."""

from collections.abc import Mapping

FAMILIES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(headers: Mapping[str, str]) -> str:
    """Return the name of the browser of a request, like "Firefox, Windows"; "" if neither is known."""
    agent = headers.get("User-Agent", "")
    found = (next((name for mark, name in table if mark in agent), "") for table in (FAMILIES, SYSTEMS))
    return ", ".join(name for name in found if name)

"""The desks that answers are sent to: content/desks.yaml."""

from collections.abc import Mapping
from pathlib import Path

from onestop.authoring.faults import Fault
from onestop.authoring.node import Node, SourceFile
from onestop.authoring.source import Source
from onestop.journeys.identifier import read_name
from onestop.journeys.text_limits import OPTION
from onestop.language import Translations

FILE, DEEPEST = "desks.yaml", 8


def read_desks(folder: Path, languages: tuple[str, ...]) -> tuple[Mapping[str, Translations], tuple[Fault, ...]]:
    """Return the name of each desk of a content folder by its key, and the faults of the file. Without the file there are none."""
    path = folder / FILE
    if not path.exists():
        return {}, ()
    source = Source(f"{folder.name or folder.resolve().name}/{FILE}")
    text = source.text(path)
    tree = source.tree(text, deepest=DEEPEST) if text is not None else None
    if text is None or tree is None:
        return {}, tuple(source.faults)
    file = Node(SourceFile(source, tree, text.split("\n"), languages))
    desks = {desk: _name(file / desk) for desk in file.entries() if read_name(file / desk, desk, key=True)}
    file.file.warn_missing_translations()
    return desks, tuple(source.faults)


def _name(node: Node) -> Translations:
    """Return the desk's name, which is all that is written, or stands beside its `destinations` (see onestop/delivery/routes.py)."""
    if not node.has("name") and not node.has("destinations"):
        return node.translations(OPTION)
    node.entries(("name", "destinations"))
    return (node / "name").translations(OPTION)

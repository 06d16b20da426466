"""YAML of strings, lists and mappings only, with the line and column of every key and value."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from onestop.authoring.yaml_errors import explain

Path = tuple[str | int, ...]
Position = tuple[int, int]
Data = str | list["Data"] | dict[str, "Data"]

DEEPEST = 6
_CUT = re.compile(r"[ \t]+#[^\s#].*")


class UnreadableError(Exception):
    """The text is not YAML of the kind authors write; has the position and the reason."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message = line, column, message


@dataclass(slots=True)
class Tree:
    """A parsed document. `values` and `keys` are the positions of values and keys by their path; `repeated` are duplicate keys, and
    `cut` what was taken for a comment but looks like text, as in `Take bus #4`.
    """

    data: dict[str, Data]
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    repeated: list[tuple[str, Position, Position]] = field(default_factory=list)
    cut: list[tuple[Position, str]] = field(default_factory=list)

    def at(self, path: Path) -> Data | None:
        """Return the value at a path, or None."""
        found: Data | None = self.data
        for part in path:
            if isinstance(found, dict):
                found = found.get(str(part))
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def value(self, path: Path) -> Position:
        """Return the position of a value; of a missing one, that of the nearest mapping or list around it."""
        while path not in self.values:
            path = path[:-1]
        return self.values[path]

    def under(self, path: Path) -> "Tree | None":
        """Return the mapping at a path as a tree of its own, or None if there is none."""
        data, depth = self.at(path), len(path)
        if not isinstance(data, dict):
            return None
        values = {one[depth:]: place for one, place in self.values.items() if one[:depth] == path}
        return Tree(data, values, {one[depth:]: place for one, place in self.keys.items() if one[:depth] == path})

    def key(self, path: Path) -> Position:
        return self.keys.get(path) or self.value(path)


def read_tree(text: str, first_line: int = 1, deepest: int = DEEPEST) -> Tree:
    """Parse a mapping. Raises UnreadableError at the first construct that is not a string, a list or a mapping."""
    reader = _EventReader(first_line, deepest)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        reader.document(events)
    except yaml.MarkedYAMLError as problem:
        line, column, message = explain(problem, text)
        raise UnreadableError(line + first_line, column + 1, message) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise UnreadableError(first_line, 1, f"this is not YAML: {str(problem).splitlines()[0]}") from None
    reader.tree.cut = _cut_texts(reader.plain, text, first_line)
    return reader.tree


def _cut_texts(ends: list[tuple[int, int]], text: str, first_line: int) -> list[tuple[Position, str]]:
    """Return the position and the text of what follows ` #` after an unquoted text and was not meant as a comment."""
    lines = text.split("\n")
    found: list[tuple[Position, str]] = []
    for line, column in ends:
        cut = _CUT.match(lines[line][column:]) if line < len(lines) else None
        if cut:
            found.append(((line + first_line, column + 1), cut[0].strip()))
    return found


class _EventReader:
    """Builds a tree from parser events: composing nodes would recurse, and a thousand brackets would exhaust the stack."""

    def __init__(self, first_line: int, deepest: int) -> None:
        self.first_line, self.deepest = first_line, deepest
        self.tree = Tree({})
        self.plain: list[tuple[int, int]] = []

    def document(self, events: Iterator[yaml.Event]) -> None:
        place: Position = (self.first_line, 1)
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                place = self._place(event)
                data = self._node(event, events, ())
                if isinstance(data, dict):
                    self.tree.data = data
                elif data:
                    raise UnreadableError(*place, "expected `key: value` lines here")
            elif isinstance(event, yaml.DocumentStartEvent) and self.tree.values:
                raise UnreadableError(*self._place(event), "one document only: take out the second `---`")
        self.tree.values.setdefault((), place)

    def _place(self, event: yaml.Event) -> Position:
        assert event.start_mark is not None  # the C parser marks every event
        return (event.start_mark.line + self.first_line, event.start_mark.column + 1)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Data:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError(*place, "`&name` and `*name` are not read: write the text out, or quote it")
        tag = getattr(event, "tag", None)
        if tag:
            raise UnreadableError(*place, f"tags (`{tag}`) are not read: take it out, or quote the text")
        if len(path) > self.deepest:
            raise UnreadableError(*place, "too many levels: no key goes this deep")
        self.tree.values[path] = place
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.end_mark:
            self.plain.append((event.end_mark.line, event.end_mark.column))
        return str(getattr(event, "value", ""))

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            place = self._place(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise UnreadableError(*place, "a key must be plain text: quote it")
            key = str(event.value)
            here = (*path, key)
            if key in found:
                self.tree.repeated.append((key, place, self.tree.keys[here]))
                self._node(next(events), events, (*path, ""))
                continue
            self.tree.keys[here] = place
            found[key] = self._node(next(events), events, here)
        return found

    def _list(self, events: Iterator[yaml.Event], path: Path) -> list[Data]:
        found: list[Data] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._node(event, events, (*path, len(found))))
        return found

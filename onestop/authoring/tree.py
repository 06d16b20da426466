"""YAML of strings, lists and mappings only, with the line and column of every key and value."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

Path = tuple[str | int, ...]
Position = tuple[int, int]
Data = str | list["Data"] | dict[str, "Data"]

DEEPEST = 6
QUOTE = (
    "put double quotes around a text that holds `: ` or ` #`, that begins with a quote or one of `{[&*!|>%@`, "
    "or that has a comma or a brace inside `{en: ..., cy: ...}`; a closing quote must be there too"
)


class UnreadableError(Exception):
    """The text is not YAML of the kind authors write; has the position and the reason."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line, self.column, self.message = line, column, message


@dataclass(slots=True)
class Tree:
    """A parsed document. `values` and `keys` are the positions of values and keys by their path; `repeated` are duplicate keys."""

    data: dict[str, Data]
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    repeated: list[tuple[str, Position, Position]] = field(default_factory=list)

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

    def key(self, path: Path) -> Position:
        return self.keys.get(path) or self.value(path)


def read_tree(text: str, first_line: int = 1, deepest: int = DEEPEST) -> Tree:
    """Parse a mapping. Raises UnreadableError at the first construct that is not a string, a list or a mapping."""
    reader = _EventReader(first_line, deepest)
    try:
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        reader.document(events)
    except yaml.MarkedYAMLError as problem:
        line, column = _mark(problem, text)
        problem_text = " ".join(part for part in (problem.context, problem.problem) if part)
        message = f"this is not YAML: {problem_text}; {QUOTE}"
        raise UnreadableError(line + first_line, column + 1, message) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise UnreadableError(first_line, 1, f"this is not YAML: {str(problem).splitlines()[0]}") from None
    return reader.tree


def _mark(problem: yaml.MarkedYAMLError, text: str) -> Position:
    """Return the position of a YAML error, from 0. An error noticed only at the end of the text is where its context begins."""
    for mark in (problem.problem_mark, problem.context_mark):
        if mark and mark.line <= text.rstrip("\n").count("\n"):
            return (mark.line, mark.column)
    return (0, 0)


class _EventReader:
    """Builds a tree from parser events: composing nodes would recurse, and a thousand brackets would exhaust the stack."""

    def __init__(self, first_line: int, deepest: int) -> None:
        self.first_line, self.deepest = first_line, deepest
        self.tree = Tree({})

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

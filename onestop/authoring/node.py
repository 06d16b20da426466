"""One node of a parsed YAML file: its value, and faults with its position."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from onestop.authoring.faults import Severity, nearest
from onestop.authoring.source import Source
from onestop.authoring.tree import Data, Path, Position, Tree
from onestop.language import Translations

Chosen = TypeVar("Chosen", bound=str)


@dataclass(slots=True)
class SourceFile:
    """A file that is being read. `missing` lists the texts without a translation, by language; `reserved` names may not be used.

    `text_count` is how many texts have been read.
    """

    source: Source
    tree: Tree
    lines: list[str]
    languages: tuple[str, ...]
    text_count: int = 0
    missing: dict[str, list[tuple[Position, str]]] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()

    def warn_missing_translations(self) -> None:
        """Report each missing translation as a warning; a language that no text has is one warning in all."""
        for code, missing in self.missing.items():
            if len(missing) == self.text_count:
                self.source.untranslated((1, 1), f"is not translated: no text has `{code}`", code)
                continue
            for place, name in missing:
                self.source.untranslated(place, f"`{name}` has no text in `{code}`: write it", code)


@dataclass(frozen=True, slots=True)
class Node:
    """The node at one path. A method that reads a wrong value reports a fault and returns a harmless value of the type."""

    file: SourceFile
    path: Path = ()

    @property
    def value(self) -> Data | None:
        return self.file.tree.at(self.path)

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else "the file"

    def __truediv__(self, key: str | int) -> "Node":
        return Node(self.file, (*self.path, key))

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def fault(
        self, message: str, severity: Severity = "error", *, key: bool = False, offset: int | None = None
    ) -> None:
        """Report a fault at the value, at its `key`, or `offset` characters into the text."""
        tree = self.file.tree
        place = tree.key(self.path) if key else tree.value(self.path)
        self.file.source.fault(place if offset is None else self._inside(place, offset), message, severity)

    def _inside(self, place: Position, offset: int) -> Position:
        """Return the position so far into a text; of a text on several lines, its beginning."""
        line, column = place
        row = self.file.lines[line - 1] if line <= len(self.file.lines) else ""
        quoted = row[column - 1 : column] in ("'", '"')
        found = row[column - 1 + quoted :].startswith(str(self.value)[:offset])
        return (line, column + quoted + offset) if found else place

    def entries(self, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return the keys of the mapping. If `known` is given, report every other key."""
        value = self.value
        if not isinstance(value, dict):
            self.fault(f"`{self.name}` must be a mapping, like {{key: value}}")
            return ()
        if known is not None:
            names = tuple(known)
            for key in value:
                if key not in names:
                    (self / key).fault(f"there is no key `{key}` here{nearest(key, names)}", key=True)
        return tuple(value)

    def items(self) -> tuple["Node", ...]:
        """Return the items of the list."""
        value = self.value
        if not isinstance(value, list):
            self.fault(f"`{self.name}` must be a list, like [one, two]")
            return ()
        return tuple(self / number for number in range(len(value)))

    def text(self) -> str:
        """Return the text, or report a fault and return ""."""
        value = self.value
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is None:
            self.fault(f"`{self.name}` is missing: it must be given")
        elif isinstance(value, str):
            self.fault(f"`{self.name}` is empty: write a text")
        else:
            self.fault(f"`{self.name}` must be one text: quote a text that has commas or colons")
        return ""

    def day(self) -> date:
        """Return the date 2026-12-25, or report a fault and return the first day of all."""
        text = self.text()
        if len(text) == len("2026-12-25"):
            with suppress(ValueError):
                return date.fromisoformat(text)
        if text:
            self.fault(f"`{text}` must be a date like 2026-12-25")
        return date.min

    def one_of(self, known: Iterable[Chosen]) -> Chosen | None:
        text, names = self.text(), tuple(known)
        for name in names:
            if name == text:
                return name
        if text:
            self.fault(f"`{text}` is none of {', '.join(names)}{nearest(text, names)}")
        return None

    def yes(self, key: str, *, default: bool) -> bool:
        """Return whether the value of the key is yes."""
        if not self.has(key):
            return default
        return (self / key).one_of(("yes", "no")) == "yes"

    def whole(self, key: str, default: int, least: int = -999_999, most: int = 999_999_999) -> int:
        """Return the whole number at the key."""
        if not self.has(key):
            return default
        node = self / key
        text = node.text()
        if text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 11 and least <= int(text) <= most:
            return int(text)
        if text:
            node.fault(f"`{text}` must be a whole number from {least} to {most}")
        return default

    def translations(self, longest: int, wanted: Collection[str] | None = None) -> Translations:
        """Return the text in every language it has: {en: Bins, cy: Biniau}, or one text in the default language.

        `wanted` are the languages that need it; all, unless given.
        """
        main = self.file.languages[0]
        wanted = self.file.languages if wanted is None else wanted
        value = self.value
        if not isinstance(value, dict):
            text = self._bounded(self.text(), longest)
            found = {main: text} if text else {}
        else:
            found = self._texts(longest)
        if main not in found and main in wanted and isinstance(value, dict):
            self.fault(f"`{self.name}` has no text in `{main}`: write it", key=True)
        if found:
            self.note_missing({**dict.fromkeys(set(self.file.languages) - set(wanted), ""), **found})
        return {code: found[code] for code in self.file.languages if code in found}

    def note_missing(self, found: Translations | None = None) -> None:
        """Note the languages that this text lacks: those not in `found`, or all but the default one."""
        self.file.text_count += 1
        for code in self.file.languages[1:]:
            if not found or code not in found:
                self.file.missing.setdefault(code, []).append((self.file.tree.key(self.path), self.name))

    def _texts(self, longest: int) -> dict[str, str]:
        found: dict[str, str] = {}
        for code in self.entries():
            node = self / code
            if code not in self.file.languages:
                hint = nearest(code, self.file.languages) or "; quote a text that has commas or colons"
                node.fault(f"`{code}` is no language of council.yaml{hint}", key=True)
                continue
            text = node._bounded(node.text(), longest)
            if text:
                found[code] = text
        return found

    def _bounded(self, text: str, longest: int) -> str:
        close = " ".join(text.split())
        if len(close) > longest:
            self.fault(f"is {len(close)} characters long: at most {longest}")
        return close

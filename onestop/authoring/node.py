"""One place in a journey's file: what is written there, and how a fault there is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from onestop.authoring.faults import Severity, nearest
from onestop.authoring.source import Source
from onestop.authoring.tree import Data, Path, Position, Tree
from onestop.language import Translations

Chosen = TypeVar("Chosen", bound=str)


@dataclass(slots=True)
class File:
    """A file that is being read. `untold` are the texts that lack a language, by that language; `reserved` names may not be used."""

    source: Source
    tree: Tree
    lines: list[str]
    languages: tuple[str, ...]
    told: int = 0
    untold: dict[str, list[tuple[Position, str]]] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()

    def warn_untold(self) -> None:
        """A language nobody wrote is one warning; a text forgotten in it is one each."""
        for code, missing in self.untold.items():
            if len(missing) == self.told:
                self.source.fault((1, 1), f"is not translated: no text has `{code}`", "warning")
                continue
            for place, name in missing:
                self.source.fault(place, f"`{name}` has no text in `{code}`: write it", "warning")


@dataclass(frozen=True, slots=True)
class Node:
    """What stands at one path. A method that reads something wrong says so and gives back something harmless."""

    file: File
    path: Path = ()

    @property
    def there(self) -> Data | None:
        return self.file.tree.at(self.path)

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else "the file"

    def __truediv__(self, key: str | int) -> "Node":
        return Node(self.file, (*self.path, key))

    def has(self, key: str) -> bool:
        return isinstance(self.there, dict) and key in self.there

    def fault(
        self, message: str, severity: Severity = "error", *, key: bool = False, offset: int | None = None
    ) -> None:
        """A fault of the value, of its `key`, or of what stands `offset` characters into the text."""
        tree = self.file.tree
        place = tree.key(self.path) if key else tree.value(self.path)
        self.file.source.fault(place if offset is None else self._inside(place, offset), message, severity)

    def _inside(self, place: Position, offset: int) -> Position:
        """A text that goes over several lines is not looked into: its beginning is the place."""
        line, column = place
        row = self.file.lines[line - 1] if line <= len(self.file.lines) else ""
        quoted = row[column - 1 : column] in ("'", '"')
        found = row[column - 1 + quoted :].startswith(str(self.there)[:offset])
        return (line, column + quoted + offset) if found else place

    def entries(self, known: Iterable[str] | None = None) -> tuple[str, ...]:
        """The keys of the mapping here; each must be a known one, if those are given."""
        there = self.there
        if not isinstance(there, dict):
            self.fault(f"`{self.name}` must be a mapping, like {{key: value}}")
            return ()
        if known is not None:
            names = tuple(known)
            for key in there:
                if key not in names:
                    (self / key).fault(f"there is no key `{key}` here{nearest(key, names)}", key=True)
        return tuple(there)

    def items(self) -> tuple["Node", ...]:
        """The items of the list here."""
        there = self.there
        if not isinstance(there, list):
            self.fault(f"`{self.name}` must be a list, like [one, two]")
            return ()
        return tuple(self / number for number in range(len(there)))

    def text(self) -> str:
        """The one text here, or "" and a fault."""
        there = self.there
        if isinstance(there, str) and there.strip():
            return there.strip()
        if there is None:
            self.fault(f"`{self.name}` is missing: it must be given")
        elif isinstance(there, str):
            self.fault(f"`{self.name}` is empty: write a text")
        else:
            self.fault(f"`{self.name}` must be one text: quote a text that has commas or colons")
        return ""

    def one_of(self, known: Iterable[Chosen]) -> Chosen | None:
        text, names = self.text(), tuple(known)
        for name in names:
            if name == text:
                return name
        if text:
            self.fault(f"`{text}` is none of {', '.join(names)}{nearest(text, names)}")
        return None

    def yes(self, key: str, *, otherwise: bool) -> bool:
        """Whether the key says yes."""
        if not self.has(key):
            return otherwise
        return (self / key).one_of(("yes", "no")) == "yes"

    def whole(self, key: str, otherwise: int, least: int = -999_999, most: int = 999_999_999) -> int:
        """The whole number that the key says."""
        if not self.has(key):
            return otherwise
        node = self / key
        text = node.text()
        if text.removeprefix("-").isdecimal() and text.isascii() and len(text) < 11 and least <= int(text) <= most:
            return int(text)
        if text:
            node.fault(f"`{text}` must be a whole number from {least} to {most}")
        return otherwise

    def said(self, longest: int) -> Translations:
        """The text here in every language it has: {en: Bins, cy: Biniau}, or one text in the default language."""
        default = self.file.languages[0]
        there = self.there
        if not isinstance(there, dict):
            text = self._bounded(self.text(), longest)
            found = {default: text} if text else {}
        else:
            found = self._texts(longest)
        if default not in found and isinstance(there, dict):
            self.fault(f"`{self.name}` has no text in `{default}`: write it", key=True)
        if found:
            self.untranslated(found)
        return {code: found[code] for code in self.file.languages if code in found}

    def untranslated(self, found: Translations | None = None) -> None:
        """Remember the languages in which a text here is missing: in all but the default one, or in those not found."""
        self.file.told += 1
        for code in self.file.languages[1:]:
            if not found or code not in found:
                self.file.untold.setdefault(code, []).append((self.file.tree.key(self.path), self.name))

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

"""One authored file: its text, its YAML checked against a shape, and every fault with line and column."""

import os
import re
import stat
from dataclasses import dataclass, field
from errno import EINVAL
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from onestop.authoring.faults import Fault, Severity, nearest
from onestop.authoring.shape import Shape
from onestop.authoring.tree import DEEPEST, Position, Tree, UnreadableError, read_tree

LARGEST = 64 * 1024
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000f0000-\U0010ffff]"
)
"""What is not drawn, or turns the text around; a bullet of a symbol font; what stands for a character that was lost."""
_TYPOGRAPHIC = re.compile(r"“[^“”]*”|‘[^‘’]*’|„[^„“”]*[“”]|«[^«»]*»|”[^“”]*”|’[^‘’]*’")
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060")
"""Characters that word processors put into a text, and nobody sees."""
_MARKS = re.compile(
    r"\*\*[^*\s][^*]*\*\*|(?<![\w*])\*[^\s*][^*]*[^\s*]\*(?![\w*])|(?<![\w_])_{1,2}[^\W_][^_]*_{1,2}(?![\w_])|`[^`]+`|~~[^~]+~~"
    r"|\[[^\[\]]*\]\([^()]*\)|</?[A-Za-z][^<>]*>|&(?:[a-z]{2,8}|#\d+);"
)
_ADDRESS = re.compile(r"(?:https?:|mailto:|/)\S*")

Shaped = TypeVar("Shaped", bound=Shape)


def digest(data: bytes) -> bytes:
    """Return the 16 bytes that stand for the content of a file."""
    return blake2b(data, digest_size=16).digest()


def read_file(path: Path | str) -> bytes:
    """Return a file's bytes, at most `LARGEST` + 1. Raises OSError, also for a pipe or a device: reading one might never end."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(EINVAL, "it is not a regular file")
        return os.read(descriptor, LARGEST + 1)
    finally:
        os.close(descriptor)


@dataclass(slots=True)
class Source:
    """An authored file while it is read. `file` is its name in faults; `digest` is that of its bytes once they are read."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    digest: bytes = b""

    def fault(self, place: Position, message: str, severity: Severity = "error") -> None:
        self.faults.append(Fault(self.file, *place, message, severity))

    def untranslated(self, place: Position, message: str, language: str) -> None:
        """Add the warning that a translation is missing."""
        self.faults.append(Fault(self.file, *place, message, "warning", language))

    def text(self, path: Path) -> str | None:
        """Return the file's text, or add a fault and return None."""
        try:
            raw = read_file(path)
        except OSError as problem:
            self.fault((1, 1), f"cannot be read: {problem.strerror}")
            return None
        self.digest = digest(raw)
        return self.decoded(raw)

    def decoded(self, raw: bytes) -> str | None:
        if len(raw) > LARGEST:
            self.fault((1, 1), f"is larger than {LARGEST // 1024} KB: cut it into several services")
            return None
        try:
            text = raw.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as problem:
            before = raw[: problem.start].decode("utf-8")
            self.fault(_place(before), f"the byte {raw[problem.start]:#04x} is not UTF-8: save the file as UTF-8")
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
        control = _CONTROL.search(text)
        if control:
            message = f"the control character {ord(control[0]):#04x} cannot be shown: take it out"
            self.fault(_place(text[: control.start()]), message)
            return None
        return text

    def tree(self, text: str, first_line: int = 1, deepest: int = DEEPEST) -> Tree | None:
        try:
            tree = read_tree(text, first_line, deepest)
        except UnreadableError as problem:
            self.fault((problem.line, problem.column), problem.message)
            return None
        for key, place, first in tree.repeated:
            self.fault(place, f"`{key}` is here twice, first in line {first[0]}: keep one")
        for place, cut in tree.cut:
            self.fault(place, f"`{cut[:40]}` is read as a comment: put double quotes around the whole text")
        for path, place in tree.values.items():
            value = tree.at(path)
            if isinstance(value, str):
                self._check_text(value, place)
        return tree

    def _check_text(self, value: str, place: Position) -> None:
        control = _CONTROL.search(value)
        if control:
            self.fault(place, f"the control character {ord(control[0]):#04x} cannot be shown: take it out")
        if _TYPOGRAPHIC.fullmatch(value):
            message = f'the quotes {value[0]} {value[-1]} are part of the text: write straight ones, ", or none'
            self.fault(place, message)
        marked = _MARKS.search(value)
        if marked and not _ADDRESS.fullmatch(value):
            message = (
                f"`{marked[0][:40]}` would be shown as it is written: write plain words, marks count only in the body"
            )
            self.fault(place, message)

    def shaped(self, tree: Tree, shape: type[Shaped]) -> Shaped | None:
        try:
            return shape.model_validate(tree.data)
        except ValidationError as problem:
            for error in problem.errors(include_url=False):
                self._misshapen(tree, shape, error)
            return None

    def _misshapen(self, tree: Tree, shape: type[Shape], error: ErrorDetails) -> None:
        path, kind = error["loc"], error["type"]
        name = _name(path)
        if kind == "extra_forbidden":
            known = _fields(shape, path[:-1])
            self.fault(tree.key(path), f"there is no key `{path[-1]}` here{nearest(str(path[-1]), known)}")
        elif kind == "missing":
            self.fault(tree.value(path), f"`{name}` is missing: it must be given")
        elif kind == "value_error":
            message = str(error["ctx"]["error"])
            joint = " " if message.startswith(("is ", "ends ")) else ": "
            self.fault(tree.value(path), f"`{name}`{joint}{message}")
        else:
            self.fault(tree.value(path), f"`{name}` {_WRONG.get(kind, error['msg'])}")


_WRONG = {
    "string_type": "must be one text, not a list or a mapping; quote a text that has commas or colons",
    "list_type": "must be a list, like [one, two]",
    "dict_type": "must give one text for each language, like {en: Bins, cy: Biniau}",
    "model_type": "must be a mapping, like {team: Waste, phone: 01632 960 200}",
    "too_short": "is an empty list: leave it out or write at least one",
    "too_long": "has more than 12 items: keep the best",
}


def _fields(shape: type[Shape], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys allowed at a path of a shape."""
    for part in path:
        if isinstance(part, str):
            inner = _shape_of(shape.model_fields[part].annotation)
            if inner is None:
                return ()
            shape = inner
    return tuple(field.alias or name for name, field in shape.model_fields.items())


def _shape_of(annotation: object) -> type[Shape] | None:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _shape_of(inner)
        if found:
            return found
    return None


def _name(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or "the file"


def _place(before: str) -> Position:
    line = before.count("\n")
    return (line + 1, len(before) - before.rfind("\n"))

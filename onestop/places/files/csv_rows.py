"""The rows of a CSV file as councils save them: UTF-8 or Windows-1252, with a byte order mark or without."""

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 1 << 17
"""The most characters of one field; a GeoJSON column may be long."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row and the number of its last line."""

    line: int
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row whose values are found by the name of their column, in small letters; a column that is not there is empty."""

    line: int
    values: Mapping[str, str]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return " ".join(value.split()) if value else ""

    def number(self, name: str) -> int:
        """Return a whole number, 0 if there is none. Raises ValueError, which says what is wrong."""
        text = self.text(name)
        if text and not (text.isascii() and text.isdigit()):
            raise ValueError(f"`{name}` is `{text}`: it must be a whole number")
        return int(text or 0)

    def degrees(self, name: str) -> float:
        """Return a number, 0.0 if there is none. Raises ValueError."""
        text = self.text(name)
        try:
            return float(text or 0)
        except ValueError:
            raise ValueError(f"`{name}` is `{text}`: it must be a number") from None


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: UTF-16 if it begins with its mark, as Excel's "Unicode text" does, UTF-8 if all of it is,
    else Windows-1252, in which every byte is a character.
    """
    with path.open("rb") as file:
        if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            for block in iter(lambda: file.readline(), b""):
                block.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def read_rows(path: Path) -> Iterator[CsvRow]:
    """Yield the rows that are not empty. Raises OSError, or ValueError with the line if the quotes cannot be read."""
    csv.field_size_limit(LONGEST)
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            for values in reader:
                if any(values):
                    yield CsvRow(reader.line_num, values)
        except csv.Error as why:
            raise UnreadableRow(reader.line_num, str(why)) from None


class UnreadableRow(ValueError):
    """The quotes of a file are broken from this line on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line

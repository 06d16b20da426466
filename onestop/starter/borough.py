"""Write a small catalogue under a council's own name."""

import re
from pathlib import Path

FILES = Path(__file__).parent / "files"
NAME = "Anytown"
"""The name that the files give the council; it is replaced by the council's own, and in lower case in addresses."""
# Nothing that YAML, Markdown or SVG could read as anything but text. A longer name does not fit the head of a television page.
ALLOWED = re.compile(r"[^\W\d_][\w .'’&()-]{0,23}")
TEXTS = (".md", ".yaml")


class CannotBegin(Exception):
    """Why the catalogue cannot be written; one line for the operator."""


def write_borough(folder: Path, name: str = NAME) -> list[Path]:
    """Copy the starter catalogue to `folder` with `name` as the council's; return the files. Raises CannotBegin."""
    if not ALLOWED.fullmatch(name):
        raise CannotBegin(
            f"--name: `{name}` must begin with a letter and have at most 24 letters, digits, spaces and . ' & ( ) -"
        )
    try:
        if folder.exists() and any(folder.iterdir()):
            raise CannotBegin(f"{folder} is not empty")
        return [_copy(file, folder / file.relative_to(FILES), name) for file in sorted(FILES.rglob("*.*"))]
    except OSError as why:
        raise CannotBegin(f"{folder} cannot be written: {why.strerror}") from None


def _copy(file: Path, to: Path, name: str) -> Path:
    to.parent.mkdir(parents=True, exist_ok=True)
    content = file.read_text(encoding="utf-8")
    if file.suffix in TEXTS:
        domain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or NAME.lower()
        content = content.replace(NAME, name.strip()).replace(f"{NAME.lower()}.example", f"{domain}.example")
    to.write_text(content, encoding="utf-8")
    return to

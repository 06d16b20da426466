"""The types of settings: what a text must look like, and the defaults that depend on other settings."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, get_args

from annotated_types import Ge, Le
from pydantic import Field
from pydantic.fields import FieldInfo

from onestop.launch import ROOT

ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
ISSUER = re.compile(r"(https://|http://(localhost|127\.0\.0\.1)(?=[:/]|$))[^\s?#]*")
"""Over plain HTTP only on this machine."""
DATABASE = re.compile(r"sqlite:///.+|postgres(ql)?://.*")

MAIL_SERVER = re.compile(r"(smtps|smtp|smtp\+clear)://([^\s@/:]+@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?")
MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def mail_server_url(text: str) -> str:
    """Return the address of a mail server, or an empty text. Raises ValueError."""
    if text and not MAIL_SERVER.fullmatch(text):
        raise ValueError(f"`{text}` does not look like smtps://USER@HOST or smtp://HOST:587")
    return text


def mailbox(text: str) -> str:
    """Return an e-mail address, or an empty text. Raises ValueError."""
    if text and not MAILBOX.fullmatch(text):
        raise ValueError(f"`{text}` is no e-mail address like cases@eastmere.example")
    return text


def origin(text: str) -> str:
    """Return an origin, or an empty text. Raises ValueError."""
    if text and not ORIGIN.fullmatch(text):
        raise ValueError(f"`{text}` is not an origin like https://www.eastmere.example")
    return text


def issuer_address(text: str) -> str:
    """Return the issuer of an OpenID provider, or an empty text. Raises ValueError."""
    if text and not ISSUER.fullmatch(text):
        raise ValueError(f"`{text}` is not an issuer like https://login.eastmere.example")
    return text


def database_url(text: str) -> str:
    """Return the address of a database. Raises ValueError."""
    if not DATABASE.fullmatch(text):
        raise ValueError(f"`{text}` does not look like sqlite:///FILE or postgresql://USER@HOST/NAME")
    return text


def content_folder(path: Path) -> Path:
    """Return the shipped catalogue for the default, unless the working directory has a folder of that name."""
    shipped = ROOT / path
    return shipped if str(path) == "content" and not path.is_dir() and shipped.is_dir() else path


def beside(folder: str) -> Any:
    """Return a default: `folder` beside an SQLite database, else in the working directory."""

    def path(read: Mapping[str, Any]) -> Path:
        file = str(read.get("database", "")).removeprefix("sqlite:///")
        return Path(folder) if file.startswith("postgres") else Path(file).parent / folder

    return path


Count = Annotated[int, Field(ge=0, le=10**9)]
Bytes = Annotated[int, Field(ge=0, le=2**40)]


def not_allowed(field: FieldInfo) -> str:
    """Say what a value of this field would have to be."""
    least = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), 0)
    most = next((bound.le for bound in field.metadata if isinstance(bound, Le)), 0)
    words: dict[Any, str] = {
        bool: "neither yes nor no",
        int: f"not a whole number from {least} to {most}",
        float: f"not a number of seconds from {least} to {most}",
    }
    return words.get(field.annotation) or "neither " + " nor ".join(get_args(field.annotation))


def written(value: object) -> str:
    """Return a value as an operator writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)

"""Which settings there are, and where each value comes from: command line, environment, TOML file, default."""

import argparse
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from onestop.launch import ROOT

PREFIX = "ONESTOP_"
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?")
YES = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}


class WrongSetting(Exception):
    """A setting that cannot be used; the text is one line for the operator."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: `name` as in TOML, `default` as an operator would write it, `help` in one sentence."""

    name: str
    default: str
    help: str

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("host", "127.0.0.1", "address to listen on; 0.0.0.0 for every network"),
    Setting("port", "8080", "port to listen on"),
    Setting("content", "content", "folder of the catalogue"),
    Setting("database", "sqlite:///onestop.db", "where cases are kept: sqlite:///FILE or postgresql://USER@HOST/NAME"),
    Setting("keys", "", "file of master keys, the current one first; beside an SQLite database if none is named"),
    Setting("outbox", "", "folder that cases are delivered to; `outbox` beside an SQLite database if none is named"),
    Setting(
        "address",
        "",
        "origin that codes on screens lead to, like https://www.eastmere.example; that of council.yaml if none",
    ),
    Setting(
        "hbbtv_organisation", "0", "organisation id that HbbTV sets are told, as DVB gave it; 0 while there is none"
    ),
    Setting("hbbtv_application", "1", "application id that HbbTV sets are told, from 0 to 16383"),
    Setting("proxy", "no", "a proxy in front says how requests came (X-Forwarded-Proto): yes or no"),
    Setting("private_http", "no", "ask personal questions of other machines over plain HTTP too: yes or no"),
    Setting("watch", "yes", "read the catalogue again when its files change: yes or no"),
    Setting("cache_bytes", "64000000", "memory for prepared pages, in bytes"),
    Setting(
        "speech", "auto", "what reads pages aloud: auto (espeak-ng if it is installed), off, or the path of an engine"
    ),
    Setting("speech_voices", "", "folder of voices for an engine that needs them: LANGUAGE.onnx for piper"),
    Setting("speech_cache", "", "folder of recordings; `speech` beside an SQLite database if none is named"),
    Setting("speech_cache_bytes", "500000000", "how much the recordings may take, in bytes"),
    Setting("speech_ahead", "no", "record public pages before anybody listens, while there is room: yes or no"),
    Setting("access_log", "no", "write one JSON object a request to standard output: yes or no"),
    Setting("log_format", "plain", "what the program says on standard error: plain or json"),
    Setting("shutdown_seconds", "2", "how long open requests are waited for when the server stops, at most 2.4"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `SETTINGS` names, once read and checked."""

    host: str
    port: int
    content: Path
    database: str
    keys: Path | None
    outbox: Path
    address: str
    hbbtv_organisation: int
    hbbtv_application: int
    proxy: bool
    private_http: bool
    watch: bool
    cache_bytes: int
    speech: str
    speech_voices: Path | None
    speech_cache: Path
    speech_cache_bytes: int
    speech_ahead: bool
    access_log: bool
    log_format: str
    shutdown_seconds: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """One option for each setting, and `--config` for the file."""
    parser.add_argument("--config", metavar="FILE", default=None, help=f"TOML file of settings [{PREFIX}CONFIG]")
    for setting in SETTINGS:
        said = f"{setting.help} [{setting.variable}; {setting.default}]"
        parser.add_argument(setting.option, dest=setting.name, metavar=setting.name.split("_")[-1].upper(), help=said)


def read_settings(options: Mapping[str, str | None], environment: Mapping[str, str]) -> Settings:
    """Settle every setting; the first source that names it wins."""
    config = options.get("config") or environment.get(PREFIX + "CONFIG")
    file = _read_file(Path(config)) if config else {}
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        name = setting.name
        given = options.get(name)
        text = given if given is not None else environment.get(setting.variable, file.get(name, setting.default))
        try:
            values[name] = READERS[name](text)
        except ValueError as wrong:
            raise WrongSetting(f"{setting.option}: {wrong}") from None
    for folder, usual in BESIDE.items():
        values[folder] = values[folder] or _beside(values["database"]) / usual
    return Settings(**values)


def _read_file(path: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as why:
        raise WrongSetting(f"--config {path}: {why.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongSetting(f"--config {path}: {why}") from None
    known = {setting.name for setting in SETTINGS}
    for name in found:
        if name not in known:
            raise WrongSetting(f"--config {path}: no setting is called `{name}`; there are {', '.join(sorted(known))}")
    return {name: _spoken(value) for name, value in found.items()}


def _spoken(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _bytes(text: str) -> int:
    return _number(text, 0, 2**40)


def _organisation(text: str) -> int:
    return _number(text, 0, 2**32 - 1)


def _application(text: str) -> int:
    # Above 0x3fff are applications that a broadcaster has signed.
    return _number(text, 0, 0x3FFF)


def _number(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"`{text}` is not a whole number from {least} to {most}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    # aiohttp waits twice: once for the handlers, once more after cancelling them. The whole must end within 5 seconds.
    if not 0 <= seconds <= 2.4:
        raise ValueError(f"`{text}` is not a number of seconds from 0 to 2.4")
    return seconds


def _yes(text: str) -> bool:
    if text.lower() not in YES:
        raise ValueError(f"`{text}` is neither yes nor no")
    return YES[text.lower()]


def _origin(text: str) -> str:
    if text and not ORIGIN.fullmatch(text):
        raise ValueError(f"`{text}` is not an origin like https://www.eastmere.example")
    return text


def _log_format(text: str) -> str:
    if text not in ("plain", "json"):
        raise ValueError(f"`{text}` is neither plain nor json")
    return text


def _database(text: str) -> str:
    if text == "sqlite:///" or not text.startswith(("sqlite:///", "postgresql://", "postgres://")):
        raise ValueError(f"`{text}` does not look like sqlite:///FILE or postgresql://USER@HOST/NAME")
    return text


def _beside(database: str) -> Path:
    """The folder of an embedded database, or the one the server is started in."""
    embedded = database.startswith("sqlite:///")
    return Path(database.removeprefix("sqlite:///")).parent if embedded else Path()


def _content(text: str) -> Path:
    """The demonstration borough is found from anywhere, a folder of the operator's from where they stand."""
    path = Path(text)
    shipped = ROOT / text
    return shipped if text == "content" and not path.is_dir() and shipped.is_dir() else path


BESIDE = {"outbox": "outbox", "speech_cache": "speech"}
"""Folders that are beside an embedded database unless they are named."""
READERS: Mapping[str, Callable[[str], Any]] = {
    "host": str,
    "port": _port,
    "content": _content,
    "database": _database,
    "keys": lambda text: Path(text) if text else None,
    "outbox": lambda text: Path(text) if text else None,
    "address": _origin,
    "hbbtv_organisation": _organisation,
    "hbbtv_application": _application,
    "proxy": _yes,
    "private_http": _yes,
    "watch": _yes,
    "cache_bytes": _bytes,
    "speech": str,
    "speech_voices": lambda text: Path(text) if text else None,
    "speech_cache": lambda text: Path(text) if text else None,
    "speech_cache_bytes": _bytes,
    "speech_ahead": _yes,
    "access_log": _yes,
    "log_format": _log_format,
    "shutdown_seconds": _seconds,
}
assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)] == list(READERS)

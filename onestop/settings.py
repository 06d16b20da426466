"""The settings: one table of fields with defaults and help, read from the command line, environment, a TOML file or the default."""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from onestop.setting_types import (
    Bytes,
    Count,
    beside,
    content_folder,
    database_url,
    issuer_address,
    mail_server_url,
    mailbox,
    not_allowed,
    origin,
    written,
)

PREFIX = "ONESTOP_"


class WrongSetting(Exception):
    """A setting that cannot be used; the text is one line for the operator."""


class Settings(BaseSettings):
    """Every setting. A field's description is its help; an empty value stands for the default."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, validate_default=True
    )

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 for every network")
    port: int = Field(8080, ge=0, le=65535, description="port to listen on")
    content: Annotated[Path, AfterValidator(content_folder)] = Field(
        Path("content"), description="folder of the catalogue"
    )
    database: Annotated[str, AfterValidator(database_url)] = Field(
        "sqlite:///onestop.db", description="where cases are stored: sqlite:///FILE or postgresql://USER@HOST/NAME"
    )
    database_connections: int = Field(
        16, ge=1, le=1000, description="connections that a server process opens to PostgreSQL at most"
    )
    keys: Path | None = Field(
        None, description="file of master keys, the current one first; beside an SQLite database if none is named"
    )
    outbox: Path = Field(
        default_factory=beside("outbox"),
        description="folder that cases are delivered to; `outbox` beside an SQLite database if none is named",
    )
    secrets: Path | None = Field(
        None, description='TOML file of the secrets of destinations, NAME = "secret"; only this account may read it'
    )
    authorities: Path | None = Field(
        None, description="file of certificate authorities (PEM) that destinations' certificates may also be from"
    )
    private_destinations: bool = Field(
        False, description="deliver to addresses in private networks too, also over plain HTTP: yes or no"
    )
    mail_server: Annotated[str, AfterValidator(mail_server_url)] = Field(
        "",
        description="mail server: smtps://USER@HOST, smtp://USER@HOST:587 (STARTTLS is required), or smtp+clear://HOST without TLS",
    )
    mail_from: Annotated[str, AfterValidator(mailbox)] = Field(
        "", description="e-mail address that cases are sent from"
    )
    notify: Annotated[str, AfterValidator(origin)] = Field(
        "https://api.notifications.service.gov.uk",
        description="origin of GOV.UK Notify, by which text messages and letters are sent",
    )
    gazetteer: Path = Field(
        default_factory=beside("gazetteer.db"),
        description="file of the addresses that `places import` writes; `gazetteer.db` beside an SQLite database if none is named",
    )
    address: Annotated[str, AfterValidator(origin)] = Field(
        "",
        description="origin that codes on screens lead to, like https://www.eastmere.example; that of council.yaml if none",
    )
    hbbtv_organisation: int = Field(
        0, ge=0, le=2**32 - 1, description="organisation id sent to HbbTV sets, as DVB assigned it; 0 for none"
    )
    # Above 0x3fff are applications that a broadcaster has signed.
    hbbtv_application: int = Field(1, ge=0, le=0x3FFF, description="application id sent to HbbTV sets, from 0 to 16383")
    proxy: bool = Field(
        False,
        description="trust a proxy in front for the scheme and client (X-Forwarded-Proto, X-Forwarded-For): yes or no",
    )
    proxies: int = Field(
        1,
        ge=1,
        le=9,
        description="how many proxies in front each append an address to X-Forwarded-For, with --proxy yes",
    )
    drafts_an_hour: Count = Field(600, description="drafts that one network may begin in an hour; 0 for no limit")
    lookups_a_day: Count = Field(
        200, description="lists of up to 20 addresses that one network may look up in a day; 0 for no limit"
    )
    photos_an_hour: Count = Field(200, description="photos that one network may store in an hour; 0 for no limit")
    private_http: bool = Field(
        False, description="ask personal questions over plain HTTP from other machines too: yes or no"
    )
    demo: bool = Field(
        False,
        description="let demonstration officers sign in at /desk/ with a password that everybody knows: yes or no",
    )
    openid_issuer: Annotated[str, AfterValidator(issuer_address)] = Field(
        "", description="issuer that officers may sign in through (OpenID Connect); none if empty"
    )
    openid_client: str = Field(
        "", description="what the issuer knows this server as; its secret is `openid` in the file of --secrets"
    )
    watch: bool = Field(True, description="read the catalogue again when its files change: yes or no")
    catalogue_cache: Path = Field(
        default_factory=beside("catalogue"),
        description="folder that keeps a large catalogue parsed; `catalogue` beside an SQLite database if none is named",
    )
    cache_bytes: Bytes = Field(64_000_000, description="memory for prepared pages, in bytes")
    speech: str = Field(
        "auto", description="what reads pages aloud: auto (espeak-ng if it is installed), off, or the path of an engine"
    )
    speech_voices: Path | None = Field(
        None, description="folder of voices for an engine that needs them: LANGUAGE.onnx for piper"
    )
    speech_cache: Path = Field(
        default_factory=beside("speech"),
        description="folder of recordings; `speech` beside an SQLite database if none is named",
    )
    speech_cache_bytes: Bytes = Field(500_000_000, description="how much the recordings may take, in bytes")
    listen_key: str = Field(
        "F13",
        pattern="[A-Za-z0-9]{1,30}",
        description="key of a public screen's audio keypad that reads the page aloud: a KeyboardEvent code",
    )
    speech_ahead: bool = Field(
        False, description="record public pages before anybody listens, while there is room: yes or no"
    )
    access_log: bool = Field(False, description="write one JSON object a request to standard output: yes or no")
    log_format: Literal["plain", "json"] = Field(
        "plain", description="format of the log on standard error: plain or json"
    )
    workers: int = Field(1, ge=1, le=64, description="server processes that share the port, one a processor core")
    drain_seconds: float = Field(
        0,
        ge=0,
        le=300,
        description="how long requests are still answered after SIGTERM while /readyz says 503, for a proxy in front",
    )
    # aiohttp waits twice: once for the handlers, once more after cancelling them. The whole must end within 5 seconds.
    shutdown_seconds: float = Field(
        2, ge=0, le=2.4, description="how long open requests are waited for when the server stops, at most 2.4"
    )

    @property
    def trusted_proxies(self) -> int:
        """How many proxies in front append to X-Forwarded-For: 0 if none is trusted."""
        return self.proxies if self.proxy else 0

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the sources it is given are not used
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read nothing but the arguments: `read_settings` passes what each source says."""
        return (init_settings,)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if value != ""}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as an operator meets it: its name in TOML, its default as it would be written, its help."""

    name: str
    default: str
    help: str

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def table() -> Iterator[Setting]:
    """Return every setting, in the order of the fields."""
    for name, field in Settings.model_fields.items():
        yield Setting(name, written(field.default if field.default_factory is None else None), field.description or "")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add one option for each setting, and `--config` for the file."""
    parser.add_argument("--config", metavar="FILE", help=f"TOML file of settings [{PREFIX}CONFIG]")
    for setting in table():
        text = f"{setting.help} [{setting.variable}; {setting.default}]"
        parser.add_argument(setting.option, dest=setting.name, metavar=setting.name.split("_")[-1].upper(), help=text)


def read_settings(options: Mapping[str, str | None], environment: Mapping[str, str]) -> Settings:
    """Return the settings; the first source that names one wins. Raises WrongSetting."""
    config = options.get("config") or environment.get(PREFIX + "CONFIG")
    given = {name: value for name, value in options.items() if value and name in Settings.model_fields}

    try:
        file = tomllib.loads(Path(config).read_text(encoding="utf-8")) if config else {}
        return Settings(**{**file, **_variables(environment), **given})
    except OSError as why:
        raise WrongSetting(f"--config {config}: {why.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise WrongSetting(f"--config {config}: {why}") from None
    except ValidationError as why:
        raise WrongSetting(_explained(why, config)) from None


def _variables(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what the environment names, by field."""
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in environment.items() if value}
    return source()


def _explained(wrong: ValidationError, config: str | None) -> str:
    """Return one line about the first fault."""
    error = wrong.errors()[0]
    name, value = str(error["loc"][0]), written(error["input"])
    field = Settings.model_fields.get(name)
    if field is None:
        return f"--config {config}: no setting is called `{name}`; there are {', '.join(sorted(Settings.model_fields))}"
    message = str(error["ctx"]["error"]) if error["type"] == "value_error" else f"`{value}` is {not_allowed(field)}"
    return f"--{name.replace('_', '-')}: {message}"

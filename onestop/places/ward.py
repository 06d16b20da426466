"""Wards, and the councillors who speak for them."""

from dataclasses import dataclass

from onestop.language import Translations


@dataclass(frozen=True, slots=True)
class Councillor:
    """`surgery` says when and where residents can meet them."""

    name: str
    party: str = ""
    phone: str = ""
    email: str = ""
    surgery: Translations | None = None


@dataclass(frozen=True, slots=True)
class Ward:
    """`code` is the GSS code of the files, such as E05001234."""

    code: str
    names: Translations
    councillors: tuple[Councillor, ...] = ()

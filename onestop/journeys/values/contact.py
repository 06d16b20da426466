"""Telephone numbers, e-mail addresses and postal addresses as people write them, made regular."""

import re

_NOT_DIGITS = re.compile(r"[\s().\-–]+")
_UK = re.compile(r"0[1-35-9][0-9]{8,9}")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")
_EMAIL = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@.,;:<>()\[\]\\\"]+(?:\.[^\s@.,;:<>()\[\]\\\"]+)+")
_POSTCODE = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,2}[0-9][A-Za-z0-9]?)[ ,]*([0-9][A-Za-z]{2})(?![A-Za-z0-9])")
_UK_GROUPS = (
    (re.compile(r"(02[0-9])([0-9]{4})([0-9]{4})"), r"\1 \2 \3"),
    (re.compile(r"(011[0-9]|01[0-9]1|0[389][0-9]{2})([0-9]{3})([0-9]{4})"), r"\1 \2 \3"),
    (re.compile(r"(0[0-9]{4})([0-9]{3})([0-9]{3})"), r"\1 \2 \3"),
    (re.compile(r"(0[0-9]{4})([0-9]{5})"), r"\1 \2"),
)


def tidy_phone(text: str) -> str | None:
    """`07700 900 123` for any way of writing it, `+33 1...` as `+331...`, or None if it cannot be a telephone number."""
    close = _NOT_DIGITS.sub("", text)
    close = re.sub(r"^(?:\+|00)44(?:0)?", "0", close)
    close = re.sub(r"^00", "+", close)
    if _UK.fullmatch(close):
        for pattern, groups in _UK_GROUPS:
            if pattern.fullmatch(close):
                return pattern.sub(groups, close)
    return close if _INTERNATIONAL.fullmatch(close) else None


def tidy_email(text: str) -> str | None:
    """The address with its domain in small letters, or None if it cannot be one."""
    close = "".join(text.split())
    if not _EMAIL.fullmatch(close) or ".." in close or len(close) > 200:
        return None
    name, _, domain = close.rpartition("@")
    return None if name.startswith(".") or name.endswith(".") else f"{name}@{domain.lower()}"


def has_postcode(text: str) -> bool:
    return _POSTCODE.search(text) is not None


def tidy_address(text: str) -> str | None:
    """One line that ends in its postcode, `12 High Street, EM4 2QT`; None if no house is named before it."""
    line = ", ".join(part.strip(" ,") for part in text.splitlines() if part.strip(" ,"))
    found = list(_POSTCODE.finditer(line))
    if not found:
        return None
    postcode = found[-1]
    rest = f"{line[: postcode.start()].rstrip(' ,')}, {line[postcode.end() :].strip(' ,')}".strip(" ,")
    return f"{rest}, {postcode[1].upper()} {postcode[2].upper()}" if _names_a_house(rest) else None


def _names_a_house(rest: str) -> bool:
    """A number, or a name before the street: two parts, or more words than a street has."""
    return any(sign.isdigit() for sign in rest) or "," in rest or len(rest.split()) > 2

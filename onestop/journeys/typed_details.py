"""Telephone numbers, email addresses, postal addresses and spots out of doors, as people type them."""

import re

from onestop.journeys.answer import Answer

_EMAIL = re.compile(r"[^\s@<>()\",;:\\]{1,64}@(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}")
_BETWEEN = re.compile(r"[\s().\-\u2010-\u2015]+")
# The shape of a postcode (BS 7666); whether Royal Mail uses it is not asked.
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9O][A-Z]{2})\b")
_WITHOUT_SPACE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})\b")
_AT = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)")
SHORTEST_SPOT = 3


def parse_phone(text: str) -> str | None:
    """A number of the United Kingdom grouped as it is said, or an international one after its +; None if it is neither."""
    digits = _BETWEEN.sub("", text)
    digits = re.sub(r"^00", "+", digits)
    digits = re.sub(r"^\+44(0)?", "0", digits)
    if re.fullmatch(r"0[1-9][0-9]{8,9}", digits):
        return _grouped(digits)
    return digits if re.fullmatch(r"\+[1-9][0-9]{6,14}", digits) and not digits.startswith("+44") else None


def _grouped(digits: str) -> str:
    """020 7946 0123, 0113 496 0123, 01632 960 123, 07700 900 123."""
    if digits.startswith("02"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if re.match(r"011|01[0-9]1|0[38]", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:8]} {digits[8:]}"


def parse_email(text: str) -> str | None:
    """The address, its host in small letters."""
    plain = text.strip("<>").removeprefix("mailto:")
    if not _EMAIL.fullmatch(plain) or ".." in plain or plain.startswith(".") or ".@" in plain:
        return None
    name, _, host = plain.partition("@")
    return f"{name}@{host.lower()}"


def parse_address(text: str) -> str | None:
    """A house and a postcode on one line, the postcode last: "12 EM4 2QT"; None if either is not there."""
    upper = text.upper()
    found = next(iter(list(_POSTCODE.finditer(upper))[-1:]), None) or _WITHOUT_SPACE.search(upper)
    if found is None:
        return None
    house = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;.")
    house = " ".join(house.replace(" ,", ",").split())
    if not re.search(r"[\w]", house):
        return None
    return f"{house}, {found[1]} {found[2].replace('O', '0', 1) if found[2][0] == 'O' else found[2]}"


def parse_spot(text: str, at: str) -> Answer:
    """What was said of it, and where the device was, in degrees; None if neither says anything."""
    found = _AT.fullmatch(at.replace(" ", ""))
    where = [float(found[1]), float(found[2])] if found else None
    if where and not (-90 <= where[0] <= 90 and -180 <= where[1] <= 180):
        where = None
    if len(text) < SHORTEST_SPOT and not where:
        return None
    return {"words": text, "at": where} if where else {"words": text}

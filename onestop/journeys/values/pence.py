"""Amounts of money: pence inside, pounds as people write them outside."""

import re

_POUNDS = re.compile(r"£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{1,2})?)?|£?\.([0-9]{1,2})")
_PENCE = re.compile(r"([0-9]{1,5})p")


def parse_pence(text: str) -> int | None:
    """`£1,234.50`, `12.5`, `.99` or `50p` as pence, or None."""
    close = "".join(text.split()).lower().removesuffix("pounds").removeprefix("gbp")
    found = _PENCE.fullmatch(close)
    if found:
        return int(found[1])
    found = _POUNDS.fullmatch(close)
    if not found:
        return None
    pounds = int((found[1] or "0").replace(",", ""))
    return pounds * 100 + int((found[2] or found[3] or "0").ljust(2, "0"))


def said_pence(pence: int) -> str:
    """`£1,234.50`, and `£12` without empty pence."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence // 100:,}.{pence % 100:02}"


def typed_pence(pence: int) -> str:
    """As one would type it: `12.50`, `12`."""
    return said_pence(pence).removeprefix("£").replace(",", "")

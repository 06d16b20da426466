"""Texts as people type, paste and dictate them, and what each of them means: an oracle that knows nothing of our parsers."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from random import Random

INVISIBLE = "\u200b\u2060\ufeff\u200d\u00ad\u200e\u202e\u2066\ufe0f\ufdd0\U000e0041"
SPACES = " \u00a0\u2003\t\u2009\u202f\u3000"
MARKS = ".,-'\u2019\u2013\u2212/()+:£p#·\u2014\u201c\u2026\u2044\u066b"
LETTERS = "aZ0é9ç٣Ⅷ½２שلo\u0301\U0001f469"
HIDDEN = "\ufe0f"
"""Unseen, although Unicode does not class it as a format character."""
UNITS = ("days", "day", "ddiwrnod", "diwrnod")
ODDEST: Sequence[str] = (
    "9" * 5000, "-" + "0" * 4999, "²", "٣٤٥", "Ⅷ½", "1e999", "nan", "inf,inf", "51.5,-0.1", "9" * 200 + "," + "9" * 200,
    "\x00", "a\x00b\x1b[2J\x9b31m\x7f", "\ufffe\uffff\ufeff", "\u202e\u2066" * 50, "e" + "\u0301" * 3000, "\U0001f600" * 2000, "ﷺ" * 5000,
    "-" * 30_000, " " * 30_000, "1/" * 15_000, "a@" * 15_000, "a." * 15_000 + "@a", "=cmd|' /C calc'!A0", "'\";--<!--]]>",
    "\r\nX: y\r\n\r\n",
    "EM4 2QT " * 3000, "1-" * 12_000, "% _ * ? [ ] \\", '"' * 9000, "{{7*7}}${7*7}", "../" * 9000, "(" * 9000, "31 2 " + "9" * 4400,
)  # fmt: skip
"""Texts that nobody means: very long, or of characters that parsers and databases stumble over."""
Fields = dict[str, tuple[str, ...]]


def odd_text(chance: Random, right: str) -> str:
    """Return the right text with a few characters inserted, doubled, replaced or taken out; sometimes cut, or much too long."""
    text = list(right)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
        place = chance.randrange(len(text) + 1)
        sign = chance.choice(chance.choice((INVISIBLE, SPACES, MARKS, LETTERS)))
        change = chance.randrange(4)
        if change == 0 and place < len(text):
            text[place] = sign
        elif change == 1 and place < len(text):
            del text[place]
        else:
            text.insert(place, sign)
    return "".join(text) * (60 if chance.randrange(15) == 0 else 1)


def odd_form(chance: Random, right: Fields) -> Fields:
    """Return a form in which one field has an odd text."""
    name = chance.choice(sorted(right))
    return {**right, name: (odd_text(chance, right[name][0]),)}


def visible(text: str) -> str:
    """Return the letters and digits of a text, without regard to case, script of digits and composition."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_digit(sign) for sign in plain if sign.isalnum())


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign


def meaning(name: str, form: Fields) -> object:
    """Return what a person who reads the form of a question takes it to say; None if it says nothing sensible."""
    text = form.get("answer", ("",))[0]
    if name == "count":
        return _number(text)
    if name == "cost":
        return _money(text)
    if name in ("when", "born"):
        day, month, year = (visible(form[f"answer.{part}"][0]).lstrip("0") for part in ("day", "month", "year"))
        short = len(year) == 2 and year.isdecimal()
        return day, month, f"{'20' if name == 'when' or year < '27' else '19'}{year}" if short else year
    if name == "phone":
        digits = re.sub(r"[^0-9+]", "", _plain(text).replace("(0)", "")).rstrip("+")
        return re.sub(r"^(\+44|0044|44(?=7))", "", digits).removeprefix("0")
    # The postcode of an address goes to its end. A phone has four fields for it.
    return "".join(sorted(visible("".join(one for (one,) in form.values())))) if name == "home" else visible(text)


def _plain(text: str) -> str:
    """Return what can be seen of a text, with plain digits and dashes."""
    plain = text.translate(str.maketrans("\u2212\u2013\u2014\u2019\u066b", "---'."))
    kept = (sign for sign in unicodedata.normalize("NFKC", plain) if sign.isprintable() and sign not in HIDDEN)
    return "".join(map(_digit, kept)).strip().casefold()


def _number(text: str) -> object:
    plain = _plain(text)
    for unit in UNITS:
        plain = plain.removesuffix(unit).strip()
    return _decimal(_ungrouped(plain))


def _money(text: str) -> object:
    plain = _plain(text.replace("·", ".")).replace("£", "", 1).strip()
    if plain.endswith("p"):
        pence = _decimal(plain[:-1].strip())
        return None if pence is None else pence / 100
    return _decimal(_ungrouped(plain))


def _ungrouped(text: str) -> str:
    """Return a number without separators of thousands, if each stands before three digits."""
    grouped = re.fullmatch(r"([+-]?\d{1,3})((?:([,' ])\d{3})(?:\3\d{3})*)(\.\d*)?", text)
    return grouped[1] + re.sub(r"\D", "", grouped[2]) + (grouped[4] or "") if grouped else text


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if re.fullmatch(r"[+-]?[\d.]+", text) else None
    except InvalidOperation:
        return None

"""Texts of a given shape, such as a registration number: an example says where letters and digits stand."""


def shape_of(text: str) -> str:
    """Return the text with "A" for each letter and "0" for each digit of ASCII, without spaces."""
    return "".join(_place(sign) for sign in text if not sign.isspace())


def written_like(text: str, example: str) -> str:
    """Return a text of the shape of `example` with its spaces, and in capitals if it has no small letters."""
    signs = iter("".join(text.split()))
    spaced = "".join(" " if sign == " " else next(signs) for sign in example)
    return spaced.upper() if example.isupper() else spaced


def _place(sign: str) -> str:
    if not sign.isascii():
        return sign
    return "A" if sign.isalpha() else "0" if sign.isdecimal() else sign

"""Postcodes on a remote control: each letter is the digit key that carries it, pressed once."""

KEYS = {
    letter: digit
    for digit, letters in zip("23456789", ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), strict=True)
    for letter in letters
}


def keyed(postcode: str) -> str:
    """Return the digits of a postcode: "364278" for EM42QT."""
    return "".join(KEYS.get(letter, letter) for letter in postcode)


def keyed_short(postcode: str) -> str:
    """Return the digits without the area's letters, which are the same for most of a council: "4278" for EM42QT."""
    return keyed(postcode.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

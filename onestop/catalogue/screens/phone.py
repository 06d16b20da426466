"""The screen that sends an address to a phone: a QR code to scan, and the address to type."""

from datetime import datetime

from onestop.catalogue.catalogue import Catalogue
from onestop.catalogue.screens.frame import alert_of, home_link
from onestop.language import Words
from onestop.screen import Action, Code, Link, Paragraph, Run, Screen


def phone_screen(catalogue: Catalogue, address: str, words: Words, now: datetime) -> Screen | None:
    """Return the screen at "/phone" + `address`, or None if the catalogue has nothing at that address."""
    found = catalogue.find(address)
    if found is None and address != "/":
        return None
    origin, language = catalogue.council.address, words.language
    title = found.title(language) if found else catalogue.council.name(language)
    short = f"{origin}/{found.number}" if found else origin
    # QR codes have an alphanumeric mode for capitals and digits: fewer modules, readable from farther away. Numbers have no case;
    # a path in another language does, and stays as it is.
    whole = short.upper() if language == catalogue.languages[0] else f"{origin}/{language}{address if found else ''}"
    trail = (home_link(words), Link(title, address)) if found else (home_link(words),)
    return Screen(
        title=words("To your phone"),
        blocks=(
            Code(whole, words("Point your phone's camera at the code to open “{title}”", title=title)),
            Paragraph((Run(words("Or type this address: {address}", address=short.partition("://")[2])),)),
            Action(words("I have a code from my phone"), "/move", "smartphone"),
        ),
        address="/phone" + address,
        language=language,
        kind="phone",
        trail=trail,
        alert=alert_of(catalogue, words),
        languages=(language, *(code for code in catalogue.languages if code != language)),
    )

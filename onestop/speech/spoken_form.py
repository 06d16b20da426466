"""Text normalisation for speech: the spoken form of a written text."""

import re
import unicodedata
from collections.abc import Mapping

from onestop.speech.english import ENGLISH
from onestop.speech.rules import Rules
from onestop.speech.welsh import WELSH

RULES: Mapping[str, Rules] = {"en": ENGLISH, "cy": WELSH}
NO_RULES = Rules(())
# Engines take square brackets for phonemes and angle brackets for markup; the other characters are decoration.
SILENT_CHARACTERS = str.maketrans(dict.fromkeys('[]<>{}|*_^~`\\•→←↑↓■▪"', " "))
PAUSES = re.compile(r"\s+[·–—]\s+")
"""Signs between two parts of a text, which some voices read by name."""
DOUBLED = re.compile(r"(?<=[ap]\.m\.)\.")
"""A full stop after the one of an abbreviation."""
ENDS = re.compile(r"[.?!:;,…]['\"’”)]*$")


def spoken_form(text: str, language: str) -> str:
    """Return `text` as it is spoken: one line without control characters, ending in a full stop; "" if there is nothing to say.

    A language without rules is left to its voice.
    """
    said = RULES.get(language, NO_RULES)(clean(text))
    said = PAUSES.sub(", ", said)
    said = DOUBLED.sub("", " ".join(said.translate(SILENT_CHARACTERS).split()))
    if not any(map(str.isalnum, said)):
        return ""
    return said if ENDS.search(said) else said + "."


def clean(text: str) -> str:
    """Return one line of printable characters: an engine could take the others for commands."""
    if text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text)
    return " ".join(
        "".join(sign for sign in kept if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")).split()
    )

"""Attacks that need a session: long refused answers, odd photos, guessed codes, abandoned drafts."""

from collections.abc import Callable
from random import Random

from support.resident import BIN, TO_CHECK, Resident, Seen

from bench.trials.attacks.odd_pictures import odd_picture

COMPLAINT = "/have-your-say/complain/ask"
TO_PHOTO = ("new", "bins", "yes", "month", "late", "It was late.", "sorry", "self", "none")
TEXTS = (
    lambda: "e" + "\u0301" * 19_000,
    lambda: ("a" + "\u0301\u0327" * 20) * 480,
    lambda: "x" * 39_000,
    lambda: "<&>" * 13_000,
    lambda: "\u1100\u1161" * 6500,
    lambda: "\ufdfa" * 13_000,
)
"""Refused by the question for an address. Decomposed marks, jamo and ligatures are dear to normalise."""


class Visiting:
    """One visitor per thread, who begins a journey once and stays at one question."""

    def __init__(self, port: int, begin: Callable[[Resident], Seen]) -> None:
        self.resident = Resident(f"http://127.0.0.1:{port}")
        self.begin = begin
        self.page: Seen | None = None

    def at_question(self) -> Seen:
        """Return the page of the question."""
        if self.page is None or 'method="post"' not in self.page.body:
            self.page = self.begin(self.resident)
        return self.page


def _to_address(resident: Resident) -> Seen:
    page = resident.get(BIN)
    if not page.address.endswith("/home"):
        for sent in TO_CHECK:
            page = resident.send(page, sent)
    return page


def _to_photo(resident: Resident) -> Seen:
    page = resident.get(f"{COMPLAINT}/photo")
    if not page.address.endswith("/photo"):
        page = resident.get(COMPLAINT)
        for answer in TO_PHOTO:
            page = resident.send(page, {"answer": (answer,)})
    return page


def long_answers(port: int) -> Callable[[Random], str]:
    """Return the round that sends a long answer which is refused."""
    visiting = Visiting(port, _to_address)

    def run(chance: Random) -> str:
        page = visiting.at_question()
        visiting.page = visiting.resident.send(page, {"answer": (chance.choice(TEXTS)(),)})
        return str(visiting.page.status)

    return run


def odd_photos(port: int) -> Callable[[Random], str]:
    """Return the round that uploads an odd picture."""
    visiting = Visiting(port, _to_photo)

    def run(chance: Random) -> str:
        answer = visiting.resident.upload(visiting.at_question(), "answer", odd_picture(chance))
        # Accepted pictures lead to the next question; the next round goes back.
        visiting.page = answer if answer.address.endswith("/photo") else None
        return str(answer.status)

    return run


def guessed_codes(port: int) -> Callable[[Random], str]:
    """Return the round that tries a six-digit code."""
    resident = Resident(f"http://127.0.0.1:{port}")

    def run(chance: Random) -> str:
        return str(resident.send(resident.get("/move"), {"code": (f"{chance.randrange(10**6):06}",)}).status)

    return run


def drafts_left(port: int) -> Callable[[Random], str]:
    """Return the round that begins a draft in a new session and leaves it."""

    def run(chance: Random) -> str:
        resident = Resident(f"http://127.0.0.1:{port}")
        return str(resident.send(resident.get(chance.choice(["", "/tv", "/kiosk"]) + BIN), TO_CHECK[0]).status)

    return run

"""Passwords: Argon2id in a thread, few at a time, and as much work for a name that does not exist as for one that does."""

import asyncio
import secrets
import unicodedata
from dataclasses import dataclass, field

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 5, 4
"""A one-time password: 20 characters of 31, which are 99 bits."""
AT_ONCE = 2
"""Hashes computed at the same time: each takes 19 MiB and about 40 ms of a processor core."""
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
"""The parameters that OWASP's password storage cheat sheet recommends for Argon2id: 19 MiB, two passes, one lane."""
DUMMY = HASHER.hash(secrets.token_urlsafe(16))
"""Checked when there is no such officer, so that the time of the answer does not tell."""


@dataclass(slots=True)
class PasswordChecker:
    """Hashes and checks passwords without holding the event loop. `checks` counts how many were checked."""

    checks: int = 0
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def hash(self, password: str) -> str:
        """Return the Argon2id hash of a password."""
        async with self._places:
            return await asyncio.to_thread(HASHER.hash, normalised(password))

    async def matches(self, hashed: str, password: str) -> bool:
        """Return whether a password has this hash; "" stands for an officer who does not exist or has none, and takes as long."""
        self.checks += 1
        async with self._places:
            return await asyncio.to_thread(_verify, hashed or DUMMY, normalised(password)) and bool(hashed)


def _verify(hashed: str, password: str) -> bool:
    try:
        return HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(hashed)


def normalised(password: str) -> str:
    """Return a password as it is hashed: the same letters may be typed as different code points (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password[:LONGEST])


def is_acceptable(password: str, sign_in: str) -> bool:
    """Return whether an officer may choose a password: 12 characters or more, five different ones, and not their sign-in name."""
    plain = normalised(password).casefold()
    return SHORTEST <= len(password) <= LONGEST and len(set(plain)) >= 5 and sign_in.casefold() not in plain


def one_time_password() -> str:
    """Return a password for an operator to give out, in groups: "k3fm-9wqz-...". Its letters cannot be mistaken for others."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))

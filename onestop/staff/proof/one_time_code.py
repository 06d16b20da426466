"""Time-based codes (RFC 6238): six digits that change every 30 seconds; and recovery codes for when the device is lost."""

import hmac
import re
import secrets

import pyotp

from onestop.staff.proof.password import ALPHABET
from onestop.store.database import Transaction
from onestop.store.tables.staff import officer_codes

STEP = 30
WINDOW = (0, -1, 1)
"""Steps around the present one whose codes are accepted: clocks differ, and typing takes time."""
RECOVERY_CODES, RECOVERY_LENGTH = 10, 10
"""Ten codes of 49 bits each."""
DIGITS = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    return pyotp.random_base32()


def code_address(secret: str, sign_in: str, council: str) -> str:
    """Return the otpauth: address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in, issuer_name=council)


def step_of(secret: str, code: str, now: int) -> int | None:
    """Return the time step whose code this is, or None if it is of none of the present ones."""
    if not DIGITS.fullmatch(code):
        return None
    codes = pyotp.TOTP(secret)
    steps = (now // STEP + offset for offset in WINDOW)
    return next((step for step in steps if hmac.compare_digest(codes.generate_otp(step), code)), None)


def new_recovery_codes() -> list[str]:
    return ["".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]


def grouped_code(code: str) -> str:
    """Return a recovery code as it is shown: "k3fm9-wqz4t"."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


async def use_code(tx: Transaction, officer: str, typed: str, now: int) -> str:
    """Use up a code that an officer typed; return which kind it was, "code" or "recovery", or "" if it is wrong or was used before."""
    code = "".join(typed.split()).replace("-", "").lower()
    found = await officer_codes.find(tx, officer)
    if found is None:
        return ""
    step = step_of(found.secret, code, now)
    if step is not None:
        return "code" if await officer_codes.use_step(tx, officer, step) else ""
    return "recovery" if found.confirmed and await officer_codes.use_recovery(tx, officer, code) else ""

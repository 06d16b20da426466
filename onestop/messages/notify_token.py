"""API keys of GOV.UK Notify, and the token of one request (JWT, HS256)."""

import re
from dataclasses import dataclass, field

from joserfc import jwt
from joserfc.jwk import OctKey

from onestop.delivery.kinds.secret_file import SecretMissing

NOTIFY_SECRET, CALLBACK_SECRET = "notify", "notify-callback"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_KEY = re.compile(rf"(?:.*-)?({_UUID})-({_UUID})")


@dataclass(frozen=True, slots=True)
class NotifyKey:
    """The service that signs, and what it signs with."""

    service: str
    secret: str = field(repr=False)


def read_api_key(text: str) -> NotifyKey:
    """Parse a key as GOV.UK Notify shows it: name, service and secret, each with a hyphen before it. Raises `SecretMissing`."""
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise SecretMissing(f"the secret `{NOTIFY_SECRET}` is no API key of GOV.UK Notify: copy it whole")
    return NotifyKey(found[1], found[2])


def make_token(key: NotifyKey, now: float) -> str:
    """Return the token of a request made at `now`; it is valid for 30 seconds around that, so that each try needs a new one."""
    claims = {"iss": key.service, "iat": int(now)}
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(key.secret))

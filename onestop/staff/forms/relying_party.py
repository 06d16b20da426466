"""Who asks for a passkey, and the challenges that it answers."""

from urllib.parse import urlsplit

from onestop.http.client import is_loopback
from onestop.staff.handler import DeskHandler
from onestop.staff.proof import passkey
from onestop.staff.proof.challenge import LIFETIME, is_challenge, make_challenge
from onestop.staff.proof.passkey import PasskeyRefused, RelyingParty
from onestop.store.tables.staff import spent_challenges

SIGN_IN, ADD, PROVE = "passkey sign-in", "passkey add", "passkey confirm"


def relying_party(handler: DeskHandler) -> RelyingParty:
    """Return the party by the council's address, or by the request on this machine under the name localhost."""
    site, request = handler.context.site, handler.context.request
    council = site.catalogue.council.name(handler.words.language)
    host = request.headers.get("Host", "")
    if is_loopback(request) and not handler.parts.settings.proxy and host.partition(":")[0] == "localhost":
        return RelyingParty("localhost", f"http://{host}", council)
    origin = handler.parts.settings.address or site.brands[handler.words.language].address
    return RelyingParty(urlsplit(origin).hostname or "", origin.rstrip("/"), council)


def new_challenge(handler: DeskHandler, purpose: str) -> bytes:
    """Return a challenge for the browser that asks."""
    keys, chance = handler.database.keys, handler.parts.private.chance
    return make_challenge(keys, purpose, handler.cookie.secret, handler.now, chance)


async def spend_challenge(handler: DeskHandler, answer: str, purpose: str) -> bytes:
    """Return the challenge of an answer, used up. Raises PasskeyRefused if it is not of this browser, too old, or used before."""
    challenge = passkey.challenge_of(answer)
    if not is_challenge(handler.database.keys, challenge, purpose, handler.cookie.secret, handler.now):
        raise PasskeyRefused
    expires = handler.now + LIFETIME
    if not await handler.database.run(lambda tx: spent_challenges.spend(tx, challenge, expires)):
        raise PasskeyRefused
    return challenge

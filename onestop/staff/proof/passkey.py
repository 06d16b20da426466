"""Passkeys (Web Authentication Level 3): what the browser is asked for, and whether its answer is right."""

import json
from dataclasses import dataclass

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from onestop.store.tables.staff.officers import OfficerRow
from onestop.store.tables.staff.passkeys import Passkey

VERIFIED = UserVerificationRequirement.REQUIRED
"""The authenticator must have checked a fingerprint or a PIN: a passkey stands for a password and a second factor."""
LONGEST = 20_000
"""Characters of an answer: attestations with certificates take about 8,000."""


class PasskeyRefused(Exception):
    """The answer of a browser is not a right one."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Who asks: the host as the browser knows it, the origin of the page, and the name of the council."""

    id: str
    origin: str
    name: str


def registration_options(party: RelyingParty, challenge: bytes, row: OfficerRow, known: list[Passkey]) -> str:
    """Return what navigator.credentials.create is asked, as JSON. An authenticator that has one of the `known` makes no other."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=row.id.encode(),
        user_name=row.sign_in,
        user_display_name=row.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in known],
    )
    return webauthn.options_to_json(options)


def authentication_options(party: RelyingParty, challenge: bytes) -> str:
    """Return what navigator.credentials.get is asked, as JSON. It names no passkeys: that would tell who has any."""
    options = webauthn.generate_authentication_options(rp_id=party.id, challenge=challenge, user_verification=VERIFIED)
    return webauthn.options_to_json(options)


def challenge_of(answer: str) -> bytes:
    """Return the challenge that a browser says it answers. Raises PasskeyRefused."""
    try:
        client_data = json.loads(base64url_to_bytes(_read(answer)["response"]["clientDataJSON"]))
        return base64url_to_bytes(client_data["challenge"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PasskeyRefused from None


def credential_of(answer: str) -> str:
    """Return the id of the passkey that a browser says it used, "" if it names none. Raises PasskeyRefused."""
    found = _read(answer).get("id")
    return found if isinstance(found, str) else ""


def verify_registration(
    party: RelyingParty, answer: str, challenge: bytes, officer: str, label: str, now: int
) -> Passkey:
    """Return the new passkey of an officer. Raises PasskeyRefused."""
    try:
        found = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PasskeyRefused from None
    credential = bytes_to_base64url(found.credential_id)
    return Passkey(credential, officer, found.credential_public_key, found.sign_count, label, now, now)


def verify_authentication(party: RelyingParty, answer: str, challenge: bytes, passkey: Passkey) -> int:
    """Return the authenticator's count after an answer by this passkey. Raises PasskeyRefused."""
    try:
        found = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
        handle = base64url_to_bytes(_read(answer)["response"].get("userHandle") or "")
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise PasskeyRefused from None
    # The library compares neither.
    if handle != passkey.officer.encode() or bytes_to_base64url(found.credential_id) != passkey.credential:
        raise PasskeyRefused
    return found.new_sign_count


def _read(answer: str) -> dict[str, dict[str, str]]:
    try:
        found = json.loads(answer) if len(answer) <= LONGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise PasskeyRefused
    return found

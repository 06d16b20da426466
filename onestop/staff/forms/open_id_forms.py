"""Sign-in through the council's OpenID provider: the way there, and the way back."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from onestop.audit.chain import record
from onestop.audit.entry import AuditAction, AuditEntry
from onestop.delivery.kinds.secret_file import SecretFile, SecretMissing
from onestop.settings import Settings
from onestop.staff.forms.account import ACCOUNT
from onestop.staff.forms.entrance import enter
from onestop.staff.forms.relying_party import new_challenge, relying_party
from onestop.staff.forms.sign_in import WRONG, SignIn
from onestop.staff.handler import CONFIRM
from onestop.staff.own_path import own_path
from onestop.staff.proof.challenge import LIFETIME, is_challenge
from onestop.staff.proof.open_id import OpenIdExchange, OpenIdProvider
from onestop.staff.proof.provider_answer import OpenIdRefused
from onestop.staff.session import set_staff_cookie, visit_of
from onestop.store.database import Transaction
from onestop.store.tables.staff import officers, openid_accounts, spent_challenges
from onestop.store.tables.staff.officers import OfficerRow
from onestop.tokens import base64url

SIGN_IN, CONNECT, PROVE = "sign-in", "connect", "confirm"
RETURN = "/desk/openid/return"
log = logging.getLogger("onestop")


def provider_of(settings: Settings) -> OpenIdProvider:
    """Return the provider that the settings name. Raises HTTPNotFound if they name none, or OpenIdRefused without its secret."""
    if not settings.openid_issuer:
        raise web.HTTPNotFound
    try:
        secret = SecretFile(settings.secrets).first("openid")
    except SecretMissing as why:
        raise OpenIdRefused(str(why)) from None
    return OpenIdProvider(settings.openid_issuer, settings.openid_client, secret)


@dataclass(frozen=True, slots=True)
class OpenIdState:
    """What comes back with the officer: a challenge of this browser, what it was for, and where to go on."""

    challenge: bytes
    purpose: str
    back: str

    def write(self) -> str:
        return base64url.encode(self.challenge) + f".{self.purpose}.{self.back}"


def read_state(text: str) -> OpenIdState:
    """Return a state as it was written; its challenge is still to be checked. Raises OpenIdRefused."""
    challenge, _, rest = text.partition(".")
    purpose, _, back = rest.partition(".")
    try:
        return OpenIdState(base64url.decode(challenge), purpose, back)
    except ValueError:
        raise OpenIdRefused("the state is none of ours") from None


class OpenIdSignIn(SignIn):
    """Leads to the provider, and takes the officer who comes back."""

    async def get(self) -> web.Response:
        query = self.context.request.query
        purpose = next((one for one in (CONNECT, PROVE) if one in query), SIGN_IN)
        back = own_path(query.get("back", ""))
        challenge = new_challenge(self, f"openid {purpose} {back}")
        state = OpenIdState(challenge, purpose, back)
        try:
            there = await provider_of(self.parts.settings).authorization_address(self.exchange(state))
        except OpenIdRefused as why:
            return self.refuse(back, why, purpose)
        response = web.Response(status=303, headers={"Location": there, "Cache-Control": "no-store"})
        if not self.cookie.has_cookie:
            set_staff_cookie(response, self.cookie, self.cookie.secret)
        return response

    async def post(self, form: object) -> web.Response:
        raise web.HTTPMethodNotAllowed("POST", ("GET",))

    def exchange(self, state: OpenIdState) -> OpenIdExchange:
        nonce, verifier = self.secret("nonce", state), self.secret("verifier", state)
        return_to = relying_party(self).origin + RETURN
        return OpenIdExchange(state.write(), nonce, verifier, return_to, again=state.purpose == PROVE)

    def secret(self, name: str, state: OpenIdState) -> str:
        """Return what only this server knows of a sign-in: it is derived from the state, and never stored."""
        key = self.database.keys.current.secret(f"openid {name} {state.write()} {self.cookie.secret}")
        return base64url.encode(key)

    def refuse(self, back: str, why: OpenIdRefused, purpose: str = SIGN_IN) -> web.Response:
        log.warning("sign-in by OpenID: %s", why)
        if purpose == PROVE:
            return self.to(f"{CONFIRM}?refused=1&back={quote(back, safe='/')}")
        text = self.words("The council's sign-in service did not confirm who you are. Try again.")
        return self.show("", own_path(back), text, WRONG)


class OpenIdReturn(OpenIdSignIn):
    """The page that the provider leads back to."""

    async def get(self) -> web.Response:
        query, back, purpose = self.context.request.query, "", SIGN_IN
        try:
            state = read_state(query.get("state", ""))
            await self._spend(state)
            back, purpose = own_path(state.back), state.purpose
            provider = provider_of(self.parts.settings)
            subject = await provider.subject(query.get("code", ""), self.exchange(state), self.now)
        except OpenIdRefused as why:
            return self.refuse(back, why, purpose)
        if purpose == CONNECT:
            return await self._connect(provider.issuer, subject)
        row = await self.database.read(lambda tx: self._officer(tx, provider.issuer, subject))
        if purpose == PROVE:
            return await self._confirm(row, back)
        if row is None:
            text = self.words(
                "This account is not connected to an officer. Sign in with your password, and connect it on the page of your account."
            )
            return self.show("", back, text, WRONG)
        return await enter(self, row, "openid", back)

    async def _spend(self, state: OpenIdState) -> None:
        purpose, holder = f"openid {state.purpose} {state.back}", self.cookie.secret
        if not is_challenge(self.database.keys, state.challenge, purpose, holder, self.now):
            raise OpenIdRefused("the state is of another browser, or too old")
        expires = self.now + LIFETIME
        if not await self.database.run(lambda tx: spent_challenges.spend(tx, state.challenge, expires)):
            raise OpenIdRefused("the state was used before")

    async def _officer(self, tx: Transaction, issuer: str, subject: str) -> OfficerRow | None:
        officer = await openid_accounts.officer_of(tx, issuer, subject)
        return await officers.find(tx, officer) if officer else None

    async def _confirm(self, row: OfficerRow | None, back: str) -> web.Response:
        """Count the proof as one of the officer who is signed in."""
        visit = await visit_of(self.context, self.database)
        if visit is None or row is None or row.id != visit.officer.id:
            return self.refuse(back, OpenIdRefused("the account is not that of the officer who is signed in"), PROVE)
        return await enter(self, row, "confirm", back, former=visit.session)

    async def _connect(self, issuer: str, subject: str) -> web.Response:
        """Connect the account to the officer who is signed in and has proved it recently."""
        visit = await visit_of(self.context, self.database)
        if visit is None or not visit.confirmed(self.now):
            return self.to(f"{CONFIRM}?back={ACCOUNT}")
        officer = visit.officer.id

        async def work(tx: Transaction) -> bool:
            done = await openid_accounts.connect(tx, issuer, subject, officer)
            entry = AuditEntry(officer, AuditAction.CHANGE_CREDENTIAL, officer, "openid")
            if done:
                await record(tx, entry, self.now)
            return done

        if not await self.database.run(work):
            return self.refuse(ACCOUNT, OpenIdRefused("the account is another officer's"))
        return self.to(ACCOUNT)

"""How answers are kept: sealed by a key of their own, which is wrapped by a master key. Without either they are noise."""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.casework.case import Json
from onestop.store.failing import Unavailable
from onestop.store.keys import Keys

NONCE = 12


class Broken(Exception):
    """A seal that does not open: another row's, or changed."""


def new_key() -> bytes:
    """A key for one draft, one case, one photo."""
    return os.urandom(32)


def seal(key: bytes, table: str, row: str, plain: bytes) -> bytes:
    """`plain` so that it opens only with `key` and only as this row of this table."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, _place(table, row))


def unseal(key: bytes, table: str, row: str, sealed: bytes) -> bytes:
    return _open(AESGCM(key), table, row, sealed)


def seal_json(key: bytes, table: str, row: str, value: Json) -> bytes:
    return seal(key, table, row, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def unseal_json(key: bytes, table: str, row: str, sealed: bytes) -> Json:
    value: Json = json.loads(unseal(key, table, row, sealed))
    return value


def wrap(keys: Keys, owner: str, key: bytes) -> tuple[str, bytes]:
    """The key of `owner`, wrapped by the current master: the master's name, and what to keep."""
    nonce = os.urandom(NONCE)
    master = keys.current
    return master.name, nonce + master.cipher.encrypt(nonce, key, _place("data_keys", owner))


def unwrap(keys: Keys, owner: str, master: str, wrapped: bytes) -> bytes:
    """The key of `owner` again. Raises `Broken`, or `Unavailable` for a master key that another server has and we have not yet."""
    found = keys.named(master)
    if found is None:
        raise Unavailable(f"the keys: {master} is not among them, and {owner} needs it")
    return _open(found.cipher, "data_keys", owner, wrapped)


def _open(cipher: AESGCM, table: str, row: str, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _place(table, row))
    except (InvalidTag, ValueError):
        raise Broken(f"{table} {row}: the seal does not open") from None


def _place(table: str, row: str) -> bytes:
    return f"{table}:{row}".encode()

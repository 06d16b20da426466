"""Envelope encryption: rows are encrypted (AES-256-GCM) with data keys, and data keys with a master key."""

import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onestop.casework.case import Json
from onestop.store.encryption.master_keys import MasterKeys
from onestop.store.errors import Unavailable

NONCE = 12


class DecryptionFailed(Exception):
    """The ciphertext was changed, or belongs to another row or key."""


def new_key() -> bytes:
    """Return a random data key, for one draft, case, session or photo."""
    return os.urandom(32)


def encrypt(key: bytes, table: str, row: str, plain: bytes) -> bytes:
    """Encrypt `plain`; table and row are authenticated, so that the ciphertext decrypts in no other row."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, _associated_data(table, row))


def decrypt(key: bytes, table: str, row: str, encrypted: bytes) -> bytes:
    """Return the plain bytes. Raises `DecryptionFailed`."""
    return _decrypt(AESGCM(key), table, row, encrypted)


def encrypt_json(key: bytes, table: str, row: str, value: Json) -> bytes:
    return encrypt(key, table, row, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def decrypt_json(key: bytes, table: str, row: str, encrypted: bytes) -> Json:
    value: Json = json.loads(decrypt(key, table, row, encrypted))
    return value


def wrap_key(keys: MasterKeys, owner: str, key: bytes) -> tuple[str, bytes]:
    """Encrypt the data key of `owner` with the current master key; return the master key's name and the ciphertext."""
    nonce = os.urandom(NONCE)
    master = keys.current
    return master.name, nonce + master.cipher.encrypt(nonce, key, _associated_data("data_keys", owner))


def unwrap_key(keys: MasterKeys, owner: str, master: str, wrapped: bytes) -> bytes:
    """Return the data key of `owner`.

    Raises `DecryptionFailed`, or `Unavailable` if the master key called `master` is not in this server's key file yet.
    """
    found = keys.named(master)
    if found is None:
        raise Unavailable(f"the keys: {master} is not among them, and {owner} needs it")
    return _decrypt(found.cipher, "data_keys", owner, wrapped)


def _decrypt(cipher: AESGCM, table: str, row: str, encrypted: bytes) -> bytes:
    try:
        return cipher.decrypt(encrypted[:NONCE], encrypted[NONCE:], _associated_data(table, row))
    except (InvalidTag, ValueError):
        raise DecryptionFailed(f"{table} {row} cannot be decrypted") from None


def _associated_data(table: str, row: str) -> bytes:
    return f"{table}:{row}".encode()

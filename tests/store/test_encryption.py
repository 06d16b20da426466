"""Encryption of rows, the file of master keys, and rotation of master keys."""

import base64
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from support.programs.databases import scalar
from support.samples.journey_samples import NOW, SECRET, a_draft, a_session, answered, submitted

from onestop.store.connect import open_database
from onestop.store.database import Database, Transaction
from onestop.store.encryption import cipher, rotation
from onestop.store.encryption.cipher import DecryptionFailed
from onestop.store.encryption.master_keys import MasterKey, MasterKeys, create_key_file, read_key_file
from onestop.store.errors import StoreUnusable, Unavailable
from onestop.store.tables import cases, codes, drafts
from onestop.store.tables.codes import Claimant

KEY = bytes(range(32))


def line() -> str:
    return base64.b64encode(os.urandom(32)).decode() + "\n"


def test_a_ciphertext_decrypts_only_in_its_own_row() -> None:
    encrypted = cipher.encrypt(KEY, "drafts", "1", b"secret")
    assert cipher.decrypt(KEY, "drafts", "1", encrypted) == b"secret"
    wrong = [
        (bytes(32), "drafts", "1", encrypted),
        (KEY, "cases", "1", encrypted),
        (KEY, "drafts", "2", encrypted),
        (KEY, "drafts", "1", encrypted[:-1] + bytes([encrypted[-1] ^ 1])),
        (KEY, "drafts", "1", bytes([encrypted[0] ^ 1]) + encrypted[1:]),
        (KEY, "drafts", "1", b""),
    ]
    for attempt in wrong:
        with pytest.raises(DecryptionFailed) as why:
            cipher.decrypt(*attempt)
        assert "secret" not in str(why.value)


def test_equal_answers_have_different_ciphertexts() -> None:
    assert len({cipher.encrypt(KEY, "drafts", "1", b"yes") for _ in range(50)}) == 50


def test_a_wrapped_key_unwraps_only_for_its_owner() -> None:
    keys = MasterKeys((MasterKey(KEY),))
    name, wrapped = cipher.wrap_key(keys, "a", bytes(32))
    assert cipher.unwrap_key(keys, "a", name, wrapped) == bytes(32)
    with pytest.raises(DecryptionFailed):
        cipher.unwrap_key(keys, "b", name, wrapped)
    with pytest.raises(Unavailable, match="not among them"):
        cipher.unwrap_key(MasterKeys((MasterKey(bytes(32)),)), "a", name, wrapped)


def test_a_key_is_not_in_its_repr() -> None:
    master = MasterKey(KEY)
    assert KEY.hex() not in repr(master)
    assert repr(KEY)[2:20] not in repr(MasterKeys((master,)))


def test_a_key_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "a.keys"
    create_key_file(file)
    made = file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    create_key_file(file)
    assert file.read_bytes() == made
    assert len(read_key_file(file).masters) == 1
    assert list(tmp_path.iterdir()) == [file]


def test_a_key_file_may_have_several_keys_and_comments(tmp_path: Path) -> None:
    (tmp_path / "keys").touch(0o600)
    (tmp_path / "keys").write_text(f"# from 3 May\n{line()}\n  {line()}")
    assert len(read_key_file(tmp_path / "keys").masters) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no key"),
        ("# nothing\n", "holds no key"),
        ("short\n", "line 1 is not the base64 of 32 bytes"),
        (line() + base64.b64encode(bytes(31)).decode(), "line 2 is not the base64 of 32 bytes"),
        ("ключ", "not a text file"),
    ],
    # A random key must not be part of a test id: with xdist every process must collect the same tests.
    ids=["empty", "only a comment", "not base64", "a byte too few", "not ASCII"],
)
def test_an_invalid_key_file_is_reported_in_one_line_without_keys(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "keys").touch(0o600)
    (tmp_path / "keys").write_text(text, encoding="utf-8")
    with pytest.raises(StoreUnusable, match=said) as refused:
        read_key_file(tmp_path / "keys")
    assert "\n" not in str(refused.value)
    assert not text.strip() or text.strip() not in str(refused.value)


def test_a_missing_key_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="No such file"):
        read_key_file(tmp_path / "keys")


async def test_postgresql_requires_a_key_file(postgres_server: str) -> None:
    with pytest.raises(StoreUnusable, match="setting `keys`"):
        async with open_database(postgres_server):
            pass


async def test_sqlite_gets_a_key_file_beside_it(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database:
        assert database.keys == read_key_file(tmp_path / "a.db.keys")


async def test_without_its_keys_a_database_is_not_opened(url: str, keys_file: Path | None) -> None:
    async with open_database(url, keys_file):
        pass
    file = rotation.keys_file(url, keys_file)
    kept = file.read_text()
    file.unlink()
    with pytest.raises(StoreUnusable, match="there is no such file"):
        async with open_database(url, keys_file):
            pass
    assert not file.exists()
    file.touch(0o600)
    file.write_text(line())
    with pytest.raises(StoreUnusable, match="stored answers need it"):
        async with open_database(url, keys_file):
            pass
    file.write_text(line() + kept)
    async with open_database(url, keys_file):
        pass


async def test_a_new_master_key_is_loaded_while_running_and_rewraps_all_keys(url: str, keys_file: Path | None) -> None:
    file = rotation.keys_file(url, keys_file)
    async with open_database(url, keys_file) as database:
        draft = await answered(database, await a_draft(database, await a_session(database)))
        receipt = await submitted(
            database, await answered(database, await a_draft(database, await a_session(database)))
        )
        old, new = file.read_text(), line()
        file.write_text(new + old)
        assert await rotation.reload_keys(database, file)
        assert not await rotation.reload_keys(database, file)
        late = await answered(database, await a_draft(database, await a_session(database)))
        assert await rotation.rewrap_all(database, pause=0) == 2
        assert await rotation.rewrap_all(database, pause=0) == 0
        file.write_text(new)
        assert await rotation.reload_keys(database, file)
        await _reads(database, draft, late)
    async with open_database(url, keys_file) as database:
        await _reads(database, draft, late)
        case = await database.read(lambda tx: cases.get(tx, receipt.case))
        assert case is not None
        assert case.payload["answers"] == [{"name": SECRET}]


async def _reads(database: Database, *held: drafts.Draft) -> None:
    assert await database.read(lambda tx: _found(tx, held)) == list(held)


async def _found(tx: Transaction, held: Iterable[drafts.Draft]) -> list[drafts.Draft | None]:
    return [await drafts.get(tx, draft.session, draft.id, NOW) for draft in held]


async def test_a_master_key_in_use_cannot_be_removed(url: str, keys_file: Path | None) -> None:
    file = rotation.keys_file(url, keys_file)
    async with open_database(url, keys_file) as database:
        draft = await answered(database, await a_draft(database, await a_session(database)))
        before = database.keys
        file.write_text(line())
        with pytest.raises(StoreUnusable, match="stored answers need it"):
            await rotation.reload_keys(database, file)
        assert database.keys == before
        await _reads(database, draft)


async def test_a_code_shown_before_a_key_rotation_still_works(url: str, keys_file: Path | None) -> None:
    file = rotation.keys_file(url, keys_file)
    async with open_database(url, keys_file) as database:
        draft = await answered(database, await a_draft(database, await a_session(database)))
        code = await database.run(lambda tx: codes.show(tx, draft.session, draft.id, NOW, Random(1)))
        assert code is not None
        file.write_text(line() + file.read_text())
        await rotation.reload_keys(database, file)
        other = await a_draft(database, await a_session(database))
        clashing = await database.run(lambda tx: codes.show(tx, other.session, other.id, NOW, Random(1)))
        assert clashing is not None
        assert clashing.digits != code.digits
        outcome = await database.run(lambda tx: codes.claim(tx, code.digits, Claimant("phone", "palm"), NOW))
        assert isinstance(outcome, codes.DraftClaimed)
        assert outcome.draft.id == draft.id


async def test_a_new_key_decrypts_before_it_encrypts(url: str, keys_file: Path | None) -> None:
    """Another server may not have read the new key yet, and could not decrypt data encrypted with it."""
    file = rotation.keys_file(url, keys_file)
    async with open_database(url, keys_file) as database:
        former = database.keys.current
        file.write_text(line() + file.read_text())
        new = read_key_file(file).current
        assert await rotation.reload_keys(database, file, decrypt_only=True)
        assert database.keys.masters == (former, new)
        draft = await answered(database, await a_draft(database, await a_session(database)))
        assert await scalar(database, "SELECT COUNT(DISTINCT master) FROM data_keys") == 1
        assert await rotation.reload_keys(database, file)
        assert database.keys.masters == (new, former)
        await _reads(database, draft)


async def test_data_encrypted_with_a_key_not_loaded_yet_is_unavailable(
    url: str, keys_file: Path | None, tmp_path: Path
) -> None:
    file = rotation.keys_file(url, keys_file)
    async with open_database(url, keys_file) as database:
        behind = database.keys
        file.write_text(line() + file.read_text())
        await rotation.reload_keys(database, file)
        draft = await answered(database, await a_draft(database, await a_session(database)))
        ahead, database.keys = database.keys, behind
        with pytest.raises(Unavailable, match="not among them"):
            await _reads(database, draft)
        database.keys = ahead
        await _reads(database, draft)

"""Photos. Each has its own key, encrypted with the key of its draft and later of its case."""

from collections.abc import Container

from onestop.casework.case import Photo
from onestop.store.database import Transaction
from onestop.store.encryption import cipher
from onestop.store.ids import new_id
from onestop.store.queries import read_queries
from onestop.store.tables import data_keys

SQL = read_queries(__file__)


async def add(tx: Transaction, draft: str, *, ask: str, kind: str, content: bytes, now: int) -> Photo | None:
    """Store a photo with a draft; return None if the draft has been submitted or erased. The caller checks whose draft it is."""
    owner = await data_keys.find(tx, draft)
    if owner is None:
        return None
    photo, key = Photo(new_id(now), ask, kind, len(content)), cipher.new_key()
    wrapped = cipher.encrypt(owner, "photos", photo.id, key)
    await tx.execute(SQL.add_photo, id=photo.id, owner=draft, ask=ask, kind=kind, size=photo.size, wrapped=wrapped)
    await tx.execute(SQL.add_bytes, photo=photo.id, encrypted=cipher.encrypt(key, "photo_bytes", photo.id, content))
    return photo


async def of(tx: Transaction, owner: str) -> tuple[Photo, ...]:
    """Return the photos of a draft or case, in the order of upload."""
    return tuple(Photo(*row) for row in await tx.rows(SQL.photos_of, owner=owner))


async def content(tx: Transaction, owner: str, photo: str) -> bytes | None:
    """Return the bytes of a photo, or None if this draft or case has no such photo."""
    row = await tx.row(SQL.photo, id=photo, owner=owner)
    key = await data_keys.find(tx, owner) if row else None
    if row is None or key is None:
        return None
    return cipher.decrypt(cipher.decrypt(key, "photos", photo, row[0]), "photo_bytes", photo, row[1])


async def keep_only(tx: Transaction, owner: str, ask: str, names: Container[str]) -> None:
    """Erase the photos of an ask that are not among `names`."""
    for photo in await of(tx, owner):
        if photo.ask == ask and photo.id not in names:
            await erase(tx, owner, photo.id)


async def erase(tx: Transaction, draft: str, photo: str) -> None:
    await tx.execute(SQL.drop_photo, id=photo, owner=draft)


async def erase_all(tx: Transaction, owner: str) -> None:
    await tx.execute(SQL.drop_photos, owner=owner)


async def give(tx: Transaction, photo: str, giver: tuple[str, bytes], taker: tuple[str, bytes]) -> None:
    """Move a photo from a draft to a case, each given with its key: only the photo's key is encrypted again."""
    row = await tx.row(SQL.photo_key, id=photo, owner=giver[0])
    if row is not None:
        key = cipher.decrypt(giver[1], "photos", photo, row[0])
        wrapped = cipher.encrypt(taker[1], "photos", photo, key)
        await tx.execute(SQL.give, id=photo, owner=taker[0], wrapped=wrapped)

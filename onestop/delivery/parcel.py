"""Building parcels from stored cases."""

from collections.abc import Sequence

from onestop.delivery.kinds.destination import Parcel, PhotoFile
from onestop.store.database import Transaction
from onestop.store.tables import cases, photos
from onestop.store.tables.outbox import Claim

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


MAX_BYTES = 8_000_000
"""Photos in memory at a time, roughly: a batch is built in parts of this size."""


async def next_parcels(tx: Transaction, claims: Sequence[Claim]) -> list[Parcel | None]:
    """Return the parcels of the first of `claims`, at least one and as many as fit into `MAX_BYTES`; None for an erased case."""
    found: list[Parcel | None] = []
    size = 0
    for claim in claims:
        parcel = await build_parcel(tx, claim)
        found.append(parcel)
        size += sum(len(photo.content) for photo in parcel.photos) if parcel else 0
        if size >= MAX_BYTES:
            break
    return found


async def build_parcel(tx: Transaction, claim: Claim) -> Parcel | None:
    """Return the parcel of a case for a desk, or None if the case has been erased."""
    case, desk = claim.case, claim.desk
    found = await cases.get(tx, case)
    if found is None:
        return None
    files = []
    for number, photo in enumerate(found.photos, 1):
        content = await photos.content(tx, case, photo.id)
        assert content is not None
        files.append(PhotoFile(f"{found.reference}-{number}.{EXTENSIONS.get(photo.kind, 'bin')}", content))
    listed = [
        {"file": file.name, "ask": photo.ask, "kind": photo.kind}
        for file, photo in zip(files, found.photos, strict=True)
    ]
    body = {**found.payload, "reference": found.reference, "case": case, "desk": desk, "photos": listed}
    return Parcel(case, desk, found.reference, body, tuple(files), claim.tries)

"""How a parcel is made up from what is stored."""

from onestop.delivery.destination import Parcel, Picture
from onestop.store.database import Transaction
from onestop.store.tables import cases, photos

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


async def build_parcel(tx: Transaction, case: str, desk: str) -> Parcel | None:
    """The parcel of a case for a desk; None when the case has been erased."""
    found = await cases.get(tx, case)
    if found is None:
        return None
    pictures = []
    for number, photo in enumerate(found.photos, 1):
        content = await photos.content(tx, case, photo.id)
        assert content is not None
        pictures.append(Picture(f"{found.reference}-{number}.{ENDINGS.get(photo.kind, 'bin')}", content))
    listed = [
        {"file": picture.name, "ask": photo.ask, "kind": photo.kind}
        for picture, photo in zip(pictures, found.photos, strict=True)
    ]
    body = {**found.payload, "reference": found.reference, "case": case, "desk": desk, "photos": listed}
    return Parcel(case, desk, found.reference, body, tuple(pictures))

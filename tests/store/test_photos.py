"""Photos are encrypted, belong to a draft and after submission to its case, and are erased with it."""

from secrets import SystemRandom

from support.samples.journey_samples import NOW, a_draft, a_session, a_submission, answered, submitted

from onestop.casework.case import Photo, Submission
from onestop.store.database import Database
from onestop.store.tables import cases, drafts, photos
from onestop.store.tables.drafts import Draft

PICTURE = b"\xff\xd8\xff" + b"the front garden" * 5000


async def kept(database: Database, draft: Draft, ask: str = "photo") -> Photo:
    photo = await database.run(
        lambda tx: photos.add(tx, draft.id, ask=ask, kind="image/jpeg", content=PICTURE, now=NOW)
    )
    assert photo is not None
    return photo


async def test_a_photo_is_kept_with_its_draft(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    photo = await kept(database, draft)
    assert (photo.ask, photo.kind, photo.size) == ("photo", "image/jpeg", len(PICTURE))
    assert await database.read(lambda tx: photos.of(tx, draft.id)) == (photo,)
    assert await database.read(lambda tx: photos.content(tx, draft.id, photo.id)) == PICTURE
    assert await database.read(lambda tx: photos.content(tx, "another", photo.id)) is None
    assert await database.read(lambda tx: photos.content(tx, draft.id, "another")) is None


async def test_a_photo_can_be_erased(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    photo, other = await kept(database, draft), await kept(database, draft)
    await database.run(lambda tx: photos.erase(tx, "another", other.id))
    await database.run(lambda tx: photos.erase(tx, draft.id, photo.id))
    assert await database.read(lambda tx: photos.of(tx, draft.id)) == (other,)


async def test_photos_that_the_answer_does_not_name_are_erased(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    first, second = await kept(database, draft), await kept(database, draft)
    elsewhere = await kept(database, draft, "elsewhere")
    await database.run(lambda tx: photos.keep_only(tx, draft.id, "photo", {second.id}))
    # Photos of the same second have no defined order.
    assert set(await database.read(lambda tx: photos.of(tx, draft.id))) == {second, elsewhere}
    assert await database.read(lambda tx: photos.content(tx, draft.id, first.id)) is None
    await database.run(lambda tx: photos.keep_only(tx, draft.id, "photo", ()))
    assert await database.read(lambda tx: photos.of(tx, draft.id)) == (elsewhere,)


async def test_photos_on_the_path_move_to_the_case_and_others_are_erased(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    sent, not_sent = await kept(database, draft), await kept(database, draft, "elsewhere")
    stranger = await kept(database, await a_draft(database, await a_session(database)))

    def build(found: Draft, reference: str) -> Submission:
        plain = a_submission(found, reference)
        return Submission(plain.payload, plain.deliveries, plain.keeps, plain.shown, (sent.id, stranger.id))

    receipt = await database.run(
        lambda tx: cases.submit(tx, draft.session, draft.id, build, chance=SystemRandom(), now=NOW)
    )
    assert receipt is not None
    case = await database.read(lambda tx: cases.get(tx, receipt.case))
    assert case is not None
    assert case.photos == (sent,)
    assert await database.read(lambda tx: photos.content(tx, case.id, sent.id)) == PICTURE
    assert await database.read(lambda tx: photos.content(tx, draft.id, not_sent.id)) is None
    assert await database.read(lambda tx: photos.content(tx, case.id, not_sent.id)) is None
    assert await database.read(lambda tx: photos.of(tx, draft.id)) == ()


async def test_a_submitted_draft_accepts_no_photo(database: Database) -> None:
    draft = await answered(database, await a_draft(database, await a_session(database)))
    await submitted(database, draft)
    late = await database.run(
        lambda tx: photos.add(tx, draft.id, ask="photo", kind="image/jpeg", content=PICTURE, now=NOW)
    )
    assert late is None


async def test_discarding_a_draft_erases_its_photos(database: Database) -> None:
    draft = await a_draft(database, await a_session(database))
    photo = await kept(database, draft)
    await database.run(lambda tx: drafts.discard(tx, draft.session, draft.id, NOW))
    assert await database.read(lambda tx: photos.content(tx, draft.id, photo.id)) is None
    assert await database.read(lambda tx: photos.of(tx, draft.id)) == ()

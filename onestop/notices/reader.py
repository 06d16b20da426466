"""Read feeds on a schedule; the last good body of each is kept on disk."""

import asyncio
import hashlib
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from onestop.notices.fetch import SECONDS, Fetched, FetchFailed, fetch
from onestop.places.gazetteer.reader import Gazetteer, NoGazetteer
from onestop.places.near import distance
from onestop.places.notices.notice import Notice, NoticeBoard
from onestop.places.notices.read_feed import UnreadableFeed, read_feed
from onestop.places.notices.source import NoticeFeed

WARD_METRES, STREET_METRES = 400.0, 60.0
"""A notice without a ward or a street is in that of the nearest address, if that is so near."""
log = logging.getLogger("onestop")


@dataclass(slots=True)
class FeedReader:
    """`folder` keeps what was fetched last; `private` allows addresses in private networks."""

    board: NoticeBoard
    gazetteer: Gazetteer
    folder: Path
    private: bool
    seconds: float = SECONDS
    tags: dict[str, str] = field(default_factory=dict)
    read_at: dict[str, float] = field(default_factory=dict)

    async def read_due(self, feeds: Sequence[NoticeFeed], now: float) -> None:
        """Read every feed whose time has come; forget those that are declared no more. `now` is in seconds."""
        for name in self.board.by_feed.keys() - {feed.name for feed in feeds}:
            del self.board.by_feed[name]
            self.tags.pop(name, None)
            self.read_at.pop(name, None)
        for feed in feeds:
            if feed.name not in self.board.by_feed:
                await self._restore(feed)
            if now - self.read_at.get(feed.name, float("-inf")) >= feed.minutes * 60:
                self.read_at[feed.name] = now
                await self._read(feed)

    async def _read(self, feed: NoticeFeed) -> None:
        """Read a feed; the last good one stays if that fails."""
        try:
            got = await self._get(feed)
            if got.body is None:
                return
            notices = await asyncio.to_thread(read_feed, got.body, feed.kind)
        except (FetchFailed, UnreadableFeed, OSError) as why:
            log.warning("the feed %s %s; the last good one is still shown", feed.name, why)
            return
        self.board.by_feed[feed.name] = await self._located(notices)
        self.tags[feed.name] = got.tag
        if feed.url:
            await asyncio.to_thread(self._keep, feed, got)

    async def _get(self, feed: NoticeFeed) -> Fetched:
        if feed.file:
            return Fetched(await asyncio.to_thread(feed.file.read_bytes), "")
        return await fetch(feed.url, self.tags.get(feed.name, ""), private=self.private, seconds=self.seconds)

    async def _located(self, notices: Sequence[Notice]) -> Sequence[Notice]:
        """Return the notices with the wards and streets of the nearest addresses, where the feed has none."""
        return tuple([one if one.ward and one.street else await self._near_home(one) for one in notices])

    async def _near_home(self, one: Notice) -> Notice:
        with suppress(NoGazetteer):
            for home in await self.gazetteer.near(one.point.latitude, one.point.longitude, WARD_METRES, 1):
                near, here = home.premises, one.point
                far = distance(here.latitude, here.longitude, near.latitude, near.longitude)
                street = near.usrn if far <= STREET_METRES else 0
                return replace(one, ward=one.ward or near.ward, street=one.street or street)
        return one

    async def _restore(self, feed: NoticeFeed) -> None:
        """Read what was kept of a feed before the server was started again."""
        self.board.by_feed[feed.name] = ()
        if not feed.url:
            return
        try:
            kept = json.loads(await asyncio.to_thread(self._file(feed).read_text, encoding="utf-8"))
            notices = await asyncio.to_thread(read_feed, kept["body"].encode(), feed.kind)
            self.tags[feed.name] = str(kept["tag"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, UnreadableFeed):
            return
        self.board.by_feed[feed.name] = await self._located(notices)

    def _keep(self, feed: NoticeFeed, got: Fetched) -> None:
        text = json.dumps({"tag": got.tag, "body": (got.body or b"").decode("utf-8-sig")})
        file = self._file(feed)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(file)
        except OSError as why:
            log.warning("the feed %s cannot be kept: %s", feed.name, why)

    def _file(self, feed: NoticeFeed) -> Path:
        return self.folder / f"{hashlib.sha256(feed.name.encode()).hexdigest()[:24]}.json"

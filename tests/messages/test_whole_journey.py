"""A resident gives a telephone number, confirms it by a code, sends, and is told by text messages: through a whole server."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from delivery.test_email import MailServer, mail_server
from messages.sending import write_secrets
from support.followed_case import follow, household
from support.household import HBBTV, Household
from support.programs.databases import rows
from support.samples.small_borough import write_borough
from support.servers.borough_server import Borough, borough
from support.servers.notify_stand_in import API_KEY, NotifyStandIn, notify_stand_in

from onestop.store.messages import limits

pytestmark = pytest.mark.slow
SERVICE = """---
number: 230
title: {title}
summary: Tell us what is wrong.
words: [wrong]
lgsl: 577
journey: {name}
contact: {{team: Waste, phone: 01632 960 200, hours: Mo-Fr 08:30-17:00}}
reviewed: 2026-10-01
---
Tell us.
"""
JOURNEY = """title: {{en: Report it, cy: Rhoi gwybod}}
who: contact
asks:
  - ask: kind
    text: {{en: What is wrong?, cy: Beth sydd o'i le?}}
    pick: {{bin: {{en: A bin, cy: Bin}}, bag: {{en: A bag, cy: Bag}}}}
  - ask: {ask}
    text: {{en: Where do we reach you?, cy: Sut y cawn afael arnoch?}}
    {ask}: "yes"
    {more}
done:
  say: {{en: We look at it., cy: Byddwn yn edrych arno.}}
  send: [waste]
  messages: {{to: [{ask}], on: [received, accepted, closed]}}
"""
CONFIRM = "confirm: {en: What is the code?, cy: Beth yw'r cod?}"
NUMBER = "07700 900 123"


def write_journey(folder: Path, ask: str, more: str) -> Path:
    content = write_borough(folder)
    (content / "services" / "bins" / "report.md").write_text(SERVICE.format(title="Report it", name="report"))
    (content / "journeys").mkdir()
    (content / "journeys" / "report.yaml").write_text(JOURNEY.format(ask=ask, more=more))
    return content


@asynccontextmanager
async def texting_borough(folder: Path) -> AsyncIterator[tuple[Borough, NotifyStandIn]]:
    clocks: list[Callable[[], float]] = []
    async with notify_stand_in(lambda: clocks[0]()) as notify:
        secrets = write_secrets(folder, notify=API_KEY, **{"notify-callback": "our own token"})
        content = write_journey(folder, "phone", CONFIRM)
        named = {"secrets": str(secrets), "notify": notify.url, "private_destinations": "yes", "proxy": "yes"}
        async with borough(folder, content=str(content), **named) as server:
            clocks.append(server.clock)
            yield server, notify


ODD_BODIES = (
    (b"[" * 15_000, 400), (b'{"a":' * 3000, 400), (b"\xff\xfe\x00", 400), (b"1" * 15_000, 400), (b"x" * 17_000, 400),
    (b'{"reference": "\\ud800\\u0000", "status": "delivered"}', 204), (b'{"reference": {}, "status": []}', 204),
)  # fmt: skip


async def until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never came true")


async def texts(notify: NotifyStandIn, number: int) -> str:
    """Return the body of the message of this number, from 1, once it has come."""
    await until(lambda: len(notify.accepted) >= number)
    return str(notify.accepted[number - 1]["personalisation"]["body"])


async def at_code(server: Borough, channel: str = "", network: str = "198.51.100.7") -> Household:
    resident = household(server, network)
    if channel == "/tv":
        resident.headers["User-Agent"] = HBBTV
    await resident.get(f"{channel}/bins/report/ask")
    await resident.send(answer="bin")
    await resident.send(answer=NUMBER)
    assert resident.path.endswith("/phone-code"), resident.body[-2000:]
    return resident


@pytest.mark.parametrize("channel", ["", "/tv", "/kiosk", "/text"])
async def test_a_confirmed_number_is_told_what_happens(tmp_path: Path, channel: str) -> None:
    async with texting_borough(tmp_path) as (server, notify):
        resident = await at_code(server, channel)
        body = await texts(notify, 1)
        code = re.match(r"(\d{6}) is your code", body)
        assert code and notify.accepted[0]["to"] == "+447700900123"
        wrong = f"{(int(code[1]) + 1) % 10**6:06}"
        await resident.send(answer=wrong)
        assert "That is not the code" in resident.body
        await resident.send(answer=code[1])
        assert resident.path.endswith("/check"), resident.path
        await resident.send()
        pages = resident.body + (await resident.get(f"{resident.path}/2") if channel in ("/tv", "/kiosk") else "")
        assert "We send you a text message when the team has it and we have finished with it." in " ".join(
            pages.split()
        )
        told = [await texts(notify, 2), await texts(notify, 3)]
        assert "we have what you sent" in told[0] and "the team has it now" in told[1]
        reference = re.search(r"\d{3} \d{3} \d{4}", told[0])
        pin = re.search(r"PIN (\d{4})", pages)
        assert reference and pin
        follower = await follow(server, reference[0], pin[1], channel)
        shown = follower.body + (await follower.get(f"{follower.path}/2") if channel in ("/tv", "/kiosk") else "")
        assert "That the team has it" in shown and "sent" in shown and "07700" not in shown


async def test_without_the_code_nothing_is_sent_there_and_nothing_is_promised(tmp_path: Path) -> None:
    async with texting_borough(tmp_path) as (server, notify):
        resident = await at_code(server)
        await texts(notify, 1)
        await resident.send(do="skip")
        await resident.send()
        assert "Thank you" in resident.body and "text message" not in resident.body
        await asyncio.sleep(3)
        assert len(notify.accepted) == 1


async def test_a_code_cannot_be_guessed_nor_a_telephone_bombed(tmp_path: Path) -> None:
    async with texting_borough(tmp_path) as (server, notify):
        resident = await at_code(server)
        code = (await texts(notify, 1))[:6]
        await resident.send(do="resend")
        assert "Wait a minute" in resident.body
        for _ in range(5):
            await resident.send(answer="000000" if code != "000000" else "111111")
        await resident.send(answer=code)
        assert "That code works no more" in resident.body
        for one in range(limits.CODES_FOR_RECIPIENT + 2):
            await at_code(server, network=f"198.51.100.{one + 20}")
        last = await at_code(server, network="203.0.113.1")
        assert "No code could be sent" in last.body
        await asyncio.sleep(3)
        assert len(notify.accepted) == limits.CODES_FOR_RECIPIENT


async def test_callbacks_need_our_token_and_may_come_twice_and_disordered(tmp_path: Path) -> None:
    async with texting_borough(tmp_path) as (server, notify):
        await at_code(server)
        await texts(notify, 1)
        notify.settle()
        (one,) = notify.accepted

        async def call(token: str, document: object) -> int:
            async with server.browser.post(
                f"http://127.0.0.1:{server.port}/messages/notify",
                json=document,
                headers={"Authorization": f"Bearer {token}"},
            ) as answer:
                return answer.status

        delivered = notify.callback(one)
        assert await call("another token", delivered) == 401
        assert await call("our own token", [1]) == 400
        for sent, status in ODD_BODIES:
            answer = await server.bytes(
                b"POST /messages/notify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer our own token\r\n"
                + b"Content-Length: %d\r\n\r\n" % len(sent) + sent
            )  # fmt: skip
            assert answer.startswith(b"HTTP/1.1 %d " % status), sent[:40]
        odd = (
            b"POST /messages/notify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \xff\xfe\r\nContent-Length: 0\r\n\r\n"
        )
        assert (await server.bytes(odd)).startswith(b"HTTP/1.1 401 ")
        assert await call("our own token", {**delivered, "reference": "unknown"}) == 204
        for document in (delivered, delivered, {**delivered, "status": "sending"}, {**delivered, "status": "x" * 99}):
            assert await call("our own token", document) == 204
        assert await rows(server.database, "SELECT state FROM messages") == [("delivered",)]


async def test_a_welsh_resident_gets_welsh_email(tmp_path: Path) -> None:
    async with mail_server(None) as mail:
        content = write_journey(tmp_path, "email", 'need: "yes"')
        settings = {"mail_server": f"smtp+clear://127.0.0.1:{mail.port}", "mail_from": "no-reply@eastmere.example"}
        async with borough(tmp_path, content=str(content), proxy="yes", **settings) as server:
            resident = household(server)
            await resident.get("/cy/bins/report/ask")
            await resident.send(answer="bin")
            await resident.send(answer="sam@eastmere.example")
            await resident.send()
            assert "Byddwn yn anfon e-bost atoch pan bydd gyda'r tîm" in resident.body.replace("’", "'")
            assert isinstance(mail, MailServer)
            await until(lambda: len(mail.came) == 2)
    # Both may be due at once: then they are sent side by side.
    first, second = sorted(mail.came, key=lambda mail: "gyda'r tîm" in mail["Subject"])
    assert first["To"] == "sam@eastmere.example" and first["Content-Language"] == "cy"
    assert first["Subject"] != second["Subject"] and second["Subject"] == "Mae'r hyn a anfonoch gyda'r tîm"
    assert first["Message-ID"] != second["Message-ID"]
    assert "/cy/track" in second.get_content()

"""Whatever is posted to whatever step, the answer is a proper page, and nothing that was not asked for becomes a case."""

import urllib.error
import urllib.request
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from resident import Resident

ALLOWED = {200, 303, 400, 403, 404, 405, 409, 410, 413, 415, 429}
STEPS = st.sampled_from(
    [
        "",
        "/day",
        "/bin",
        "/home",
        "/phone",
        "/check",
        "/done",
        "/stop",
        "/move",
        "/moved",
        "/again",
        "/nowhere",
        "/day.2",
        "/day/2",
    ]
)
FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "answer.day", "answer.at", "do", "seen", "draft", "code", "x"])
        | st.text(max_size=8),
        st.sampled_from(["today", "grey", "skip", "thin", "keep", "9" * 30, "-1", "\x00", "<b>", "², £"])
        | st.text(max_size=40),
    ),
    max_size=6,
)
PLACES = st.sampled_from(["", "/tv", "/kiosk/~portrait", "/cy", "/tv/cy"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=PLACES, step=STEPS, fields=FIELDS, with_token=st.booleans())
def test_anything_posted_gets_a_proper_answer(
    place: str, step: str, fields: list[tuple[str, str]], with_token: bool, origin: str, outbox: Path
) -> None:
    before = sorted(outbox.rglob("*.json"))
    resident = Resident(origin)
    start = resident.get(f"{place}/bins/missed-bin/ask")
    hidden = list(resident.hidden(start).items()) if with_token else []
    page = resident.post(f"{place}/bins/missed-bin/ask{step}", [*hidden, *fields])
    assert page.status in ALLOWED, page.body
    assert "Traceback" not in page.body
    assert sorted(outbox.rglob("*.json")) == before


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain", "x"]
    ),
)
def test_any_bytes_as_a_body_get_a_proper_answer(body: bytes, kind: str, origin: str) -> None:
    request = urllib.request.Request(f"{origin}/bins/missed-bin/ask/day", data=body, method="POST")
    request.add_header("Content-Type", kind)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            status = answer.status
    except urllib.error.HTTPError as problem:
        status = problem.code
        problem.close()
    assert status in ALLOWED

"""The pure parts of the trials: verdicts, percentiles, parsing, and counting what was lost."""

from pathlib import Path
from random import Random

import pytest
from PIL import Image

from bench.trials.attacks.odd_pictures import PROGRESSIVE, claim_size, odd_picture
from bench.trials.attacks.raw_exchange import ENDED, chunked, request, status_of
from bench.trials.ledger import Ledger, delivered_cases
from bench.trials.loop_steps import LoopStep, read_steps
from bench.trials.red import body_length, outcome_of
from bench.trials.verdict import TrialBound, judge, percentile


@pytest.mark.parametrize(("seen", "status", "word"), [(20, 0, "held"), (20.1, 1, "BROKEN")])
def test_one_broken_bound_fails_the_trial(
    seen: float, status: int, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge([TrialBound("a", 5, 1), TrialBound("b", 20, seen)]) == status
    assert capsys.readouterr().out.split()[-1] == word


def test_percentiles_of_few_values_are_among_them() -> None:
    assert percentile([], 0.99) == 0
    assert percentile([7], 0.99) == 7
    assert [percentile(range(1, 101), share) for share in (0.5, 0.99, 1)] == [51, 100, 100]


def test_cases_that_were_acknowledged_and_are_missing_are_counted() -> None:
    ledger = Ledger(["1", "2", "3", "3"], failed=["x"])
    bounds = {bound.what: bound.seen for bound in ledger.bounds({"1", "2", "9"}, ["1", "9"])}
    assert [*bounds.values()] == [1, 2, 1, 1]
    assert all(bound.held for bound in Ledger(["1"]).bounds({"1"}, ["1"]))


def test_only_whole_files_in_a_desks_folder_are_delivered(tmp_path: Path) -> None:
    for name in ("waste/123 456 7890.json", "waste/1.jpg", ".new/2.json", "3.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert delivered_cases(tmp_path) == ["1234567890"]


def test_a_line_that_is_still_being_written_is_not_parsed() -> None:
    assert read_steps("A.b POST /x\t21.5\t30.0\t1.5\nC\t2") == [LoopStep("A.b POST /x", 21.5, 30.0, 1.5)]


@pytest.mark.parametrize(
    ("head", "outcome"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", "served"),
        (b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 30\r\n\r\n", "refused politely"),
        (b"HTTP/1.1 503 Service Unavailable\r\n\r\n", "failed: 503"),
        (b"HTTP/1.1 500 Internal Server Error\r\nRetry-After: 30\r\n\r\n", "failed: 500"),
    ],
)
def test_a_refusal_is_polite_only_if_it_says_when_to_come_back(head: bytes, outcome: str) -> None:
    assert outcome_of(head) == outcome


def test_lengths_and_statuses_are_read_from_responses() -> None:
    assert body_length(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n") == 12
    assert body_length(b"HTTP/1.1 304 Not Modified\r\n\r\n") == 0
    assert status_of(b"HTTP/1.1 431 Too large\r\n") == "431"
    assert status_of(b"") == ENDED


def test_requests_are_written_as_http_says() -> None:
    assert (
        request("POST", "/a", b"xy", b"A: b")
        == b"POST /a HTTP/1.1\r\nHost: localhost\r\nA: b\r\nContent-Length: 2\r\n\r\nxy"
    )
    assert request("GET", "/") == b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert chunked(b"abc", 2) == b"2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"


def test_a_picture_can_claim_another_size(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(file, progressive=True)
    file.write_bytes(claim_size(file.read_bytes(), PROGRESSIVE, 3000, 2000))
    with Image.open(file) as opened:
        assert opened.size == (3000, 2000)
    assert len({odd_picture(Random(seed)) for seed in range(30)}) > 8

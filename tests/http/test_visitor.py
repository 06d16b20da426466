"""The cookie's word and the proof in a form: unguessable, never the same twice, and worthless in another browser."""

import os

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from onestop.http.visitor import (
    MASK,
    PLAIN_NAME,
    SECURE_NAME,
    Visitor,
    clear_session_cookie,
    is_same_origin_post,
    set_session_cookie,
    visitor,
)

WORD = "6a0b5e10" + "x" * 22


def asked(**headers: str) -> web.Request:
    return make_mocked_request("GET", "/", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_stranger_gets_a_word_and_is_known_by_it() -> None:
    stranger = visitor(asked(), secure=True, chance=os.urandom, now=1790000000)
    assert not stranger.has_cookie
    again = visitor(asked(Cookie=f"{SECURE_NAME}={stranger.secret}"), secure=True, chance=os.urandom, now=1790000000)
    assert again == Visitor(stranger.secret, True, True)


def test_the_word_of_a_plain_line_is_not_taken_on_a_safe_one() -> None:
    plain = visitor(asked(), secure=False, chance=os.urandom, now=1790000000)
    assert not visitor(
        asked(Cookie=f"{PLAIN_NAME}={plain.secret}"), secure=True, chance=os.urandom, now=1790000000
    ).has_cookie


@pytest.mark.parametrize("word", ["", "short", WORD + "x", WORD[:-1] + "é", WORD[:-1] + ";", "../" + "x" * 27])
def test_a_word_we_did_not_make_is_no_word(word: str) -> None:
    assert not visitor(asked(Cookie=f"{PLAIN_NAME}={word}"), secure=False, chance=os.urandom, now=1790000000).has_cookie


def test_a_proof_differs_each_time_and_is_good_each_time() -> None:
    who = Visitor(WORD, True, True)
    proofs = {who.form_token(os.urandom) for _ in range(50)}
    assert len(proofs) == 50
    assert all(who.owns_token(proof) for proof in proofs)
    assert not any(Visitor("6a0b5e10" + "y" * 22, True, True).owns_token(proof) for proof in proofs)


def test_whoever_has_no_cookie_has_no_proof() -> None:
    who = Visitor(WORD, False, True)
    assert not who.owns_token(who.form_token(os.urandom))


@given(st.text(max_size=80))
def test_nothing_but_a_proof_is_one(token: str) -> None:
    assert not Visitor(WORD, True, True).owns_token(token)


def test_a_proof_does_not_hold_the_word() -> None:
    zero = Visitor(WORD, True, True).form_token(bytes)
    assert zero.startswith("A" * (MASK // 3 * 4))
    assert "xxx" not in zero


def test_the_cookie_is_for_this_host_and_not_for_scripts() -> None:
    response = web.Response()
    set_session_cookie(response, Visitor(WORD, False, True), 60)
    cookie = response.cookies[SECURE_NAME]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert not cookie["domain"]


def test_forgetting_clears_everything() -> None:
    response = web.Response()
    clear_session_cookie(response, Visitor(WORD, True, True))
    assert response.cookies[SECURE_NAME]["max-age"] == "0"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"Origin": "https://www.eastmere.example"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "https://www.eastmere.example.evil.example"}, False),
        ({"Origin": "null", "Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "same-site"}, False),
        ({"Sec_Fetch_Site": "same-origin"}, True),
        ({"Origin": "null"}, True),
    ],
)
def test_a_form_from_another_site_is_not_ours(headers: dict[str, str], ours: bool) -> None:
    assert is_same_origin_post(asked(Host="www.eastmere.example", **headers)) is ours

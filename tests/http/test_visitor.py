"""The session cookie and the CSRF token of a form: unguessable, masked anew each time, and invalid in another browser."""

import os
from http.cookies import SimpleCookie

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st

from onestop.http.request.visitor import (
    MASK,
    Visitor,
    clear_session_cookie,
    is_same_origin_post,
    set_session_cookie,
    visitor,
)

WORD = "6a0b5e10" + "x" * 22


def asked(**headers: str) -> web.Request:
    return make_mocked_request("GET", "/", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_new_visitor_gets_a_session_id_and_is_recognised_by_it() -> None:
    stranger = visitor(asked(), secure=True, chance=os.urandom, now=1790000000)
    assert not stranger.has_cookie
    again = visitor(asked(Cookie=f"__Host-visit={stranger.secret}"), secure=True, chance=os.urandom, now=1790000000)
    assert again == Visitor(stranger.secret, True, True)


def test_the_session_id_of_http_is_not_accepted_over_https() -> None:
    plain = visitor(asked(), secure=False, chance=os.urandom, now=1790000000)
    assert not visitor(asked(Cookie=f"visit={plain.secret}"), secure=True, chance=os.urandom, now=1790000000).has_cookie


@pytest.mark.parametrize("word", ["", "short", WORD + "x", WORD[:-1] + "é", WORD[:-1] + ";", "../" + "x" * 27])
def test_a_malformed_session_id_is_ignored(word: str) -> None:
    assert not visitor(asked(Cookie=f"visit={word}"), secure=False, chance=os.urandom, now=1790000000).has_cookie


def test_each_csrf_token_differs_and_is_valid() -> None:
    who = Visitor(WORD, True, True)
    proofs = {who.form_token(os.urandom) for _ in range(50)}
    assert len(proofs) == 50
    assert all(who.owns_token(proof) for proof in proofs)
    assert not any(Visitor("6a0b5e10" + "y" * 22, True, True).owns_token(proof) for proof in proofs)


def test_no_csrf_token_is_valid_without_a_cookie() -> None:
    who = Visitor(WORD, False, True)
    assert not who.owns_token(who.form_token(os.urandom))


@given(st.text(max_size=80))
def test_any_other_text_is_not_a_csrf_token(token: str) -> None:
    assert not Visitor(WORD, True, True).owns_token(token)


def test_a_csrf_token_does_not_contain_the_session_id() -> None:
    zero = Visitor(WORD, True, True).form_token(bytes)
    assert zero.startswith("A" * (MASK // 3 * 4))
    assert "xxx" not in zero


def test_the_cookie_is_host_only_and_hidden_from_scripts() -> None:
    response = web.Response()
    set_session_cookie(response, Visitor(WORD, False, True), 60)
    cookie = SimpleCookie(response.headers["Set-Cookie"])["__Host-visit"]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert not cookie["domain"]


def test_forget_clears_cookies_and_storage() -> None:
    response = web.Response()
    clear_session_cookie(response, Visitor(WORD, True, True))
    assert SimpleCookie(response.headers["Set-Cookie"])["__Host-visit"]["max-age"] == "0"
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
def test_a_form_posted_from_another_site_is_rejected(headers: dict[str, str], ours: bool) -> None:
    assert is_same_origin_post(asked(Host="www.eastmere.example", **headers)) is ours

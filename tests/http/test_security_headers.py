"""The content security policy allows the styles a page holds, and no others."""

import gzip
from base64 import b64encode
from hashlib import sha256

import pytest

from onestop.http.prepared import prepare
from onestop.http.security_headers import GUARDS, policy


def allowed(style: str) -> str:
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("markup", "styles"),
    [
        ("<p>Nothing</p>", []),
        ("<style>a{}</style>", ["a{}"]),
        ('<style media="print">a{}</style><p></p><style>\nb{}\n</style>', ["a{}", "\nb{}\n"]),
        ("<style>a{}</style><style>never closed", ["a{}"]),
        ("<style", []),
        ("<style></style>", [""]),
    ],
)
def test_each_style_is_allowed_by_its_hash(markup: str, styles: list[str]) -> None:
    rule = f"style-src {' '.join(map(allowed, styles))}"
    assert [part for part in policy(markup, GUARDS[False, False]).split(";") if part.startswith("style-src")] == (
        [rule] if styles else []
    )


def test_a_response_that_is_sent_once_unpacks_to_the_same_page() -> None:
    body = b"<p>The same words again and again.</p>" * 200
    kept, once = prepare(200, (), body), prepare(200, (), body, once=True)
    assert gzip.decompress(once.packed.body) == gzip.decompress(kept.packed.body) == body
    assert dict(once.packed.headers)["Content-Encoding"] == "gzip"
    assert len(once.packed.body) < len(body) / 10


def test_no_page_may_use_camera_or_microphone() -> None:
    """Nor is anything asked of a television, whose responses have no room for the header."""
    for (fits_a_packet, _), guard in GUARDS.items():
        allowed_to_use = dict(guard.headers).get("Permissions-Policy", "")
        assert fits_a_packet or ("camera=()" in allowed_to_use and "microphone=()" in allowed_to_use)

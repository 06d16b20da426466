"""Which network a request comes from, as the proxies in front of us tell it."""

import pytest
from aiohttp.test_utils import make_mocked_request

from onestop.http.client import client_network


@pytest.mark.parametrize(
    ("forwarded", "proxies", "network"),
    [
        ("198.51.100.7", 1, "198.51.100.7"), ("198.51.100.7:40001", 1, "198.51.100.7"), ("[2001:db8:1:2::3]:443", 1, "2001:db8:1::"),
        ("2001:db8:1:2::3", 1, "2001:db8:1::"), ("[::ffff:198.51.100.7]:9", 1, "198.51.100.7"),
        ("203.0.113.1, 198.51.100.7:1", 1, "198.51.100.7"),
        ("203.0.113.1, 198.51.100.7:1, 10.0.0.2", 2, "198.51.100.7"), ("198.51.100.7", 3, "198.51.100.7"), ("nonsense", 1, ""),
        ("198.51.100.7", 0, ""),
    ],
)  # fmt: skip
def test_the_network_of_a_forwarded_request(forwarded: str, proxies: int, network: str) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded})
    assert client_network(request, proxies) == network

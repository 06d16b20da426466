"""Requests that are expensive to parse: long headers, headers of parts, preambles, tiny chunks, pipelines."""

from random import Random

from bench.trials.attacks.raw_exchange import chunked, connect, exchange, request, status_of

JUNK = (b";", b"; a", b";a=b", b'"', b'\\"', b" ", b"\t", b"=", b"%", b"a", b"\xcc\x81", b",", b"/", b"'", b"*0*=")
HEADERS = (
    b"Content-Type", b"Content-Disposition", b"Accept-Encoding", b"Cookie", b"User-Agent", b"If-None-Match", b"Range", b"Forwarded",
    b"X-Forwarded-For", b"Accept", b"Accept-Language", b"Origin", b"Referer", b"If-Modified-Since", b"If-Match", b"Expect", b"Via",
)  # fmt: skip
FORM = b"Content-Type: multipart/form-data; boundary=X"
PATHS = (
    "/bins/missed-bin/ask/day",
    "/",
    "/tv/bins",
    "/search/x",
    "/move",
    "/kiosk/leave",
    "/nothing",
    "/tv/search/7",
    "/text/",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "BREW")
PIPELINED = 50


def long_headers(port: int, chance: Random) -> str:
    """Send one request with a header of thousands of separators."""
    value = b"multipart/form-data" + chance.choice(JUNK) * chance.choice([200, 2000, 16_200])
    line = chance.choice(HEADERS) + b": " + value[: chance.choice([300, 2000, 8000, 16_200])] + b"x"
    return exchange(port, request(chance.choice(METHODS), chance.choice(PATHS), b"", line))


def part_headers(port: int, chance: Random) -> str:
    """Send a form of 199 parts with long headers."""
    header = chance.choice([b'Content-Disposition: form-data; name="a"', b"Content-Type: text/plain", b"X: "])
    part = (header + chance.choice(JUNK) * 8000)[: chance.choice([500, 1000, 8000])] + b"\r\n\r\nx\r\n"
    body = (b"--X\r\n" + part) * 199 + b"--X--\r\n"
    return exchange(port, request("POST", PATHS[0], body, FORM))


def preambles(port: int, chance: Random) -> str:
    """Send a megabyte or two before the first boundary, with a length or in chunks."""
    body = chance.choice([b"\r\n", b"-", b"\r\n--X", b"\n", b"\r\n--Y\r\n"]) * 300_000
    if chance.random() < 0.5:
        head = request("POST", PATHS[0], b"", FORM, b"Transfer-Encoding: chunked")
        return exchange(port, head + chunked(body, chance.choice([100, 0x8000])))
    return exchange(port, request("POST", PATHS[0], body, FORM))


def tiny_chunks(port: int, chance: Random) -> str:
    """Send a body in chunks of one to three bytes."""
    head = request("POST", PATHS[0], b"", FORM, b"Transfer-Encoding: chunked")
    return exchange(port, head + chunked(b"x" * 60_000, chance.randrange(1, 4)))


def pipelined_not_found(port: int, chance: Random) -> str:
    """Send many requests for pages that are not there without waiting for the answers."""
    channel = chance.choice(["", "/tv", "/kiosk", "/text", "/cy"])
    sent = [request("GET", f"{channel}/{chance.randrange(10**9)}") for _ in range(PIPELINED - 1)]
    sent.append(request("GET", "/x", b"", b"Connection: close"))
    with connect(port, 60) as line:
        line.sendall(b"".join(sent))
        answers = b""
        while more := line.recv(1 << 16):
            answers += more
    whole = answers.count(b"HTTP/1.1 404 ")
    return status_of(answers) if whole == PIPELINED else f"{whole} of {PIPELINED} answered"

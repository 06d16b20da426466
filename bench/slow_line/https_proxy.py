"""nginx with TLS at the server's end of a line, with a certificate chain of realistic length."""

import os
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID, ObjectIdentifier
from support.programs.slow_link import COUNCIL, Line, inside

STATEMENTS = 500
"""Bytes that a real certificate has for transparency logs and OCSP."""
CONFIGURATION = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
  upstream onestop {{ server 127.0.0.1:{behind}; keepalive 8; }}
  server {{
    listen {council}:443 ssl; ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
    ssl_session_cache shared:s:1m;
    location / {{ proxy_pass http://onestop; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-Proto $scheme; }}
  }}
}}
"""


@contextmanager
def https_proxy(made: Line, scratch: Path, behind: int) -> Iterator[str]:
    """Run nginx in front of the server at port `behind`, and yield the digest of its key for the browser to trust.

    Raise OSError if it does not start.
    """
    digest = _certificates(scratch)
    file = scratch / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=scratch, behind=behind, council=COUNCIL))
    with subprocess.Popen(inside(made.council, "nginx", "-c", str(file)), stderr=subprocess.DEVNULL) as nginx:
        try:
            for _ in range(100):
                if (scratch / "nginx.pid").exists():
                    break
                time.sleep(0.05)
            else:
                raise OSError(f"nginx does not start: {(scratch / 'nginx.log').read_text()}")
            yield digest
        finally:
            nginx.terminate()


def _certificates(scratch: Path) -> str:
    """Write a certificate and its issuer's (ECDSA, about 2 KB together), and return the digest of the public key."""
    above, below = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    chain = (_certificate(COUNCIL, below, above), _certificate("Between", above, above))
    (scratch / "chain.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in chain))
    key = below.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    (scratch / "key.pem").write_bytes(key)
    public = below.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(sha256(public).digest()).decode()


def _certificate(name: str, key: ec.EllipticCurvePrivateKey, signs: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    now = datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Between")])
    statements = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.55555.1"), os.urandom(STATEMENTS))
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(statements, critical=False)
        .sign(signs, SHA256())
    )

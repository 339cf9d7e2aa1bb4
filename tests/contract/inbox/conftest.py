"""Servers for the contract of the intakes: started once when first needed, skipped where a program is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.contract.inbox.boxes import MAKERS, Box
from tests.contract.inbox.servers.dovecot import Dovecot, free_ports, wait_for
from tests.contract.inbox.shelf import Shelf


@pytest.fixture(scope="session")
def public_root() -> Iterator[Path]:
    """A scratch folder that servers which give up root can enter."""
    root = Path(tempfile.mkdtemp(prefix="sekisho-"))
    root.chmod(0o755)
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="session")
def certificate(public_root: Path) -> tuple[Path, Path, Path]:
    """Certificate and key for the loopback names, and the authority that made them."""
    authority = trustme.CA()
    made = authority.issue_cert("localhost", "127.0.0.1")
    cert, key, ca = (public_root / name for name in ("cert.pem", "key.pem", "ca.pem"))
    made.cert_chain_pems[0].write_to_path(cert)
    made.private_key_pem.write_to_path(key)
    authority.cert_pem.write_to_path(ca)
    return cert, key, ca


@pytest.fixture(scope="session")
def dovecot(public_root: Path, certificate: tuple[Path, Path, Path]) -> Iterator[Dovecot]:
    """A Dovecot with IMAP, IMAPS and POP3."""
    if shutil.which("dovecot") is None:
        pytest.skip("needs dovecot-imapd, dovecot-pop3d and dovecot-lmtpd")
    root = public_root / "dovecot"
    root.mkdir()
    server = Dovecot(root, *certificate)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def moto(public_root: Path) -> Iterator[int]:
    """The port of an S3 server."""
    (port,) = free_ports(1)
    with (public_root / "moto.log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    wait_for(port)
    yield port
    server.terminate()
    server.wait(20)


@pytest.fixture(params=list(MAKERS))
def box(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Box]:
    """One mailbox of each kind."""
    made = MAKERS[request.param](request, tmp_path)
    yield made
    made.close()


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty store."""
    made = Shelf(tmp_path / "shelf.sqlite3")
    yield made
    made.close()

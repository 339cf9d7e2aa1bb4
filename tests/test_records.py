"""Records of registered domains, looked at by the server's loop: a real name server, a real web server for MTA-STS."""

from __future__ import annotations

import datetime as dt
import http.server
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sekisho.core.state.findings import Severity, findings
from sekisho.enrich.gather import Gatherer
from sekisho.enrich.geo import Geo
from sekisho.enrich.state import fetch_policy
from sekisho.flow import House
from sekisho.net.dns import Dns, DnsSettings
from sekisho.net.http import Http
from sekisho.records import refresh
from sekisho.registry import states
from sekisho.registry.models import Domain, Organisation
from sekisho.store.query import Filter
from tests.builders import record, report_xml
from tests.net.servers import Responder, knot, says
from tests.web.pages.conftest import keep

ZONE = """
@ TXT "v=spf1 ip4:192.0.2.0/24 -all"
@ MX 10 mx
mx A 192.0.2.25
_dmarc TXT "v=DMARC1; p=none; rua=mailto:d@example.jp"
s1._domainkey TXT "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"""


def asking(house: House, port: int) -> House:
    """The house with a DNS of its own."""
    dns = Dns(DnsSettings.from_text(f"127.0.0.1:{port}"))
    return replace(house, gatherer=Gatherer(Geo(()), dns))


@pytest.mark.needs_knot
def test_a_registered_domain_is_looked_at_once_a_day_and_judged_by_it(house: House, org: Organisation) -> None:
    reports = [record("192.0.2.25", 9, dkim="fail", spf="fail"), record("198.51.100.9", 9, dkim="fail", spf="fail")]
    keep(house, org, [("a.xml", report_xml(1, reports, day=house.now() // 86400 - 1))])
    with knot({"example.jp.": ZONE}) as port:
        asking_house = asking(house, port)
        assert refresh(asking_house, Http()) == 1
        assert refresh(asking_house, Http()) == 0
        later = replace(asking_house, now=lambda: house.now() + 90_000)
        assert refresh(later, Http()) == 1
        asking_house.gatherer.dns.close()  # type: ignore[union-attr]
    domain = org.domains.get()
    kept = states.latest(domain.pk)
    assert kept is not None
    assert kept.now.dmarc.record is not None
    assert states.history(domain.pk) == []
    day = house.now() // 86400
    reasons = {
        verdict.source_ip: {because["code"] for because in verdict.because}
        for verdict in house.store.flows(Filter(org.pk, day - 30, day))
    }
    assert "own_mx" in reasons["192.0.2.25"]
    assert "own_mx" not in reasons["198.51.100.9"]


def test_a_server_that_fails_leaves_everything_unknown(house: House, org: Organisation) -> None:
    with Responder(lambda query, _: [says(query, rcode=2).to_wire()]) as server:
        failing = asking(house, server.port)
        assert refresh(failing, Http()) == 1
        failing.gatherer.dns.close()  # type: ignore[union-attr]
    kept = states.latest(org.domains.get().pk)
    assert kept is not None
    told = [finding for finding in findings(kept.now) if finding.code != "dkim_no_selectors"]
    assert {finding.severity for finding in told} == {Severity.UNKNOWN}
    assert kept.due - kept.checked == states.AGAIN


@pytest.mark.needs_knot
def test_many_domains_are_looked_at_each_with_its_own_records(house: House, org: Organisation, other_org: Organisation) -> None:
    zones = {f"d{n}.test.": f'_dmarc TXT "v=DMARC1; p=none; x={n}"\n' for n in range(30)}
    for n in range(30):
        Domain.objects.create(organisation=org if n % 2 else other_org, name=f"d{n}.test")
    with knot(zones) as port:
        many = asking(house, port)
        assert [refresh(many, Http()), refresh(many, Http()), refresh(many, Http())] == [20, 12, 0]
        many.gatherer.dns.close()  # type: ignore[union-attr]
    for domain in Domain.objects.filter(name__endswith=".test"):
        kept = states.latest(domain.pk)
        assert kept is not None
        assert kept.now.dmarc.record is not None
        assert dict(kept.now.dmarc.record.tags)["x"] == domain.name.removeprefix("d").removesuffix(".test")


def test_with_the_dns_switched_off_nothing_is_asked(house: House, org: Organisation) -> None:
    assert refresh(house, Http()) == 0
    assert states.latest(org.domains.get().pk) is None


# ---- the MTA-STS policy

POLICY = b"version: STSv1\nmode: enforce\nmx: mx.example.jp\nmax_age: 604800\n"


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, data = {"/good": (200, POLICY), "/moved": (301, b""), "/large": (200, b"x" * 200_000)}.get(self.path, (404, b""))
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/good")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        return


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "both.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server with a certificate of its own; gives its address and the certificate."""
    file = _certificate(tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://localhost:{server.server_address[1]}", file
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_policy_is_fetched_and_refusals_are_told_from_silence(web: tuple[str, Path]) -> None:
    url, file = web
    trusting = Http(str(file))
    assert fetch_policy(trusting, url + "/good").values == (POLICY.decode(),)
    assert fetch_policy(trusting, url + "/none").nxdomain
    assert fetch_policy(trusting, url + "/moved").is_void
    assert fetch_policy(trusting, url + "/large").is_void
    assert fetch_policy(Http(), url + "/good").is_void  # a certificate that nobody vouches for
    assert fetch_policy(trusting, "https://localhost:1/good").failed
    trusting.close()

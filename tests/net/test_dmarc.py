"""The tree walk over a real name server: what is there, what is not, and what does not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sekisho.core.dmarc.destination import confirm
from sekisho.core.dmarc.discover import discover
from sekisho.core.dmarc.evaluate import Identifier, evaluate
from sekisho.core.terms import AuthResult, Found, Policy
from sekisho.net.dns import Dns, DnsSettings
from tests.net.servers import Responder, knot, says

BANK = """
_dmarc TXT "v=DMARC1; p=none; np=reject; psd=y"
_dmarc.giant TXT "v=DMARC1; p=quarantine; " "rua=mailto:d@giant.bank.example,mailto:x@reports.example"
there A 192.0.2.1
_dmarc.two.giant TXT "v=DMARC1; p=none; psd=n"
_dmarc.two.giant TXT "v=DMARC1; p=none"
"""


@pytest.fixture(scope="module")
def dns() -> Iterator[Dns]:
    reports = 'giant.bank.example._report._dmarc TXT "v=DMARC1"\n'
    with (
        knot({"bank.example.": BANK, "reports.example.": reports}) as port,
        Dns(DnsSettings.from_text(f"127.0.0.1:{port}")) as made,
    ):
        yield made


@pytest.mark.needs_knot
@pytest.mark.parametrize(
    ("author", "at", "tag"),
    [
        ("giant.bank.example", "giant.bank.example", "p"),
        ("mail.giant.bank.example", "giant.bank.example", "p"),
        ("two.giant.bank.example", "giant.bank.example", "p"),
        ("there.bank.example", "bank.example", "p"),
        ("mega.bank.example", "bank.example", "np"),
    ],
)
def test_policies_are_found_by_the_walk(dns: Dns, author: str, at: str, tag: str) -> None:
    found = dns.ask(discover(author))
    assert (found.state, found.policy_domain) == (Found.YES, at)
    assert found.applies is not None
    assert found.applies.tag == tag


@pytest.mark.needs_knot
def test_a_message_is_evaluated(dns: Dns) -> None:
    own = Identifier("mail.giant.bank.example", AuthResult.PASS)
    other = Identifier("mail.mega.bank.example", AuthResult.PASS)
    assert dns.ask(evaluate("giant.bank.example", own, [other])).result is AuthResult.PASS
    failed = dns.ask(evaluate("giant.bank.example", None, [other]))
    assert (failed.result, failed.policy) == (AuthResult.FAIL, Policy.QUARANTINE)
    assert dns.ask(evaluate("nothing.example", own, [])).result is AuthResult.NONE


@pytest.mark.needs_knot
def test_an_external_destination_is_confirmed(dns: Dns) -> None:
    record = dns.ask(discover("giant.bank.example")).record
    assert record is not None
    found = [dns.ask(confirm("giant.bank.example", uri)) for uri in record.rua]
    assert [(each.is_external, each.allowed) for each in found] == [(False, Found.YES), (True, Found.YES)]
    assert dns.ask(confirm("mega.bank.example", record.rua[1])).allowed is Found.NO


def test_servfail_is_unknown_never_none() -> None:
    with (
        Responder(lambda query, _: [says(query, rcode=2).to_wire()]) as server,
        Dns(DnsSettings.from_text(f"127.0.0.1:{server.port}")) as dns,
    ):
        assert dns.ask(discover("a.example.com")).state is Found.UNKNOWN
        assert dns.ask(evaluate("a.example.com", None, [])).result is AuthResult.TEMPERROR

"""SPF over real servers: Knot with a chain of records, one that fails, and one that never speaks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from ipaddress import ip_address

import dns.message
import dns.rcode
import pytest
from tests.net.servers import Responder, knot, says, silence

from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.networks import flatten
from sekisho.core.spf.tree import State, spf_tree
from sekisho.core.spf.values import Client, SpfResult
from sekisho.core.terms import AuthResult
from sekisho.net.dns import Dns, DnsSettings

ZONE = """
example      TXT   "v=spf1 include:_one.example.test " "a:mail.example.test mx -all exp=why.example.test"
example      MX    10 mx.example
mx.example   A     192.0.2.10
mail.example CNAME real.example
real.example A     192.0.2.20
real.example AAAA  2001:db8::20
_one.example TXT   "v=spf1 include:_two.example.test ?all"
_two.example CNAME _three.example
_three.example TXT "some other text"
_three.example TXT "v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:2::/48 ~all"
why.example  TXT   "%{i} may not send for %{d}"
named        TXT   "v=spf1 ptr -all"
twice        TXT   "v=spf1 -all"
twice        TXT   "v=spf1 +all"
big          TXT   """ + " ".join(['"v=spf1 "', *(f'"ip4:203.0.113.{n} "' for n in range(200)), '"-all"'])
REVERSE = "30.2.0 PTR host.named.test.\n"


@pytest.fixture(scope="module")
def real() -> Iterator[Dns]:
    zone = ZONE + "\nhost.named A 192.0.2.30\n"
    with knot({"test.": zone, "192.in-addr.arpa.": REVERSE}) as port, Dns(DnsSettings((("127.0.0.1", port),))) as made:
        yield made


def check(by: Dns, address: str, domain: str, within_s: float = 20) -> SpfResult:
    return by.ask(check_mail_from(Client(ip_address(address), "helo.test"), f"someone@{domain}"), within_s)


@pytest.mark.needs_knot
@pytest.mark.parametrize(
    ("address", "domain", "result", "mechanism"),
    [
        ("198.51.100.7", "example.test", "pass", "ip4:198.51.100.0/24"),
        ("2001:db8:2::7", "example.test", "pass", "ip6:2001:db8:2::/48"),
        ("192.0.2.20", "Example.TEST", "pass", "a:mail.example.test"),
        ("2001:db8::20", "example.test", "pass", "a:mail.example.test"),
        ("192.0.2.10", "example.test", "pass", "mx"),
        ("192.0.2.30", "named.test", "pass", "ptr"),
        ("192.0.2.10", "named.test", "fail", "-all"),
        ("203.0.113.199", "big.test", "pass", "ip4:203.0.113.199"),
        ("192.0.2.10", "twice.test", "permerror", "default"),
        ("192.0.2.10", "absent.test", "none", "default"),
    ],
)
def test_a_check_by_a_real_server(real: Dns, address: str, domain: str, result: str, mechanism: str) -> None:
    got = check(real, address, domain)
    assert (got.result.value, got.mechanism) == (result, mechanism), got


@pytest.mark.needs_knot
def test_the_explanation_comes_from_the_server(real: Dns) -> None:
    assert check(real, "203.0.113.1", "example.test").explanation == "203.0.113.1 may not send for example.test"


@pytest.mark.needs_knot
def test_the_ranges_of_a_real_tree(real: Dns) -> None:
    tree = real.ask(spf_tree("example.test"))
    made = flatten(tree)
    assert (tree.count.lookups, tree.count.depth, made.is_exact) == (4, 2, True)
    for address in ("198.51.100.7", "2001:db8:2::7", "192.0.2.20", "192.0.2.10", "203.0.113.1", "2001:db8::10"):
        assert made.permits(address) is check(real, address, "example.test").result


def _fails_for(name: str, rcode: int | None) -> object:
    """A server that knows one policy, and gives that answer, or none, for one name."""

    def reply(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        asked = query.question[0].name.to_text(omit_final_dot=True)
        if asked == name:
            return silence(query, is_tcp) if rcode is None else [says(query, rcode=rcode).to_wire()]
        return [says(query, '"v=spf1 ip4:192.0.2.1 include:part.test -all"').to_wire()]

    return reply


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED, None], ids=["SERVFAIL", "REFUSED", "silence"])
def test_a_server_that_fails_makes_a_temperror_and_nothing_is_missing(rcode: int | None) -> None:
    with Responder(_fails_for("part.test", rcode)) as server, _quick(server) as by:  # type: ignore[arg-type]
        assert check(by, "192.0.2.1", "example.test").result is AuthResult.PASS
        got = check(by, "192.0.2.2", "example.test")
        tree = by.ask(spf_tree("example.test"))
    assert (got.result, got.problems[0].code) == (AuthResult.TEMPERROR, "unanswered")
    assert (tree.nodes["part.test"].state, flatten(tree).permits("192.0.2.2")) == (State.UNKNOWN, AuthResult.TEMPERROR)


def test_all_questions_together_have_their_time() -> None:
    with Responder(_fails_for("part.test", None)) as server, Dns(DnsSettings((("127.0.0.1", server.port),), 30, 60)) as by:  # type: ignore[arg-type]
        begin = time.monotonic()
        got = check(by, "192.0.2.2", "example.test", within_s=0.2)
        took = time.monotonic() - begin
    assert (got.result, got.problems[0].why) == (AuthResult.TEMPERROR, "the time for all questions together is over")
    assert took < 20


def test_with_the_dns_off_all_is_unknown() -> None:
    with Dns(DnsSettings(off=True)) as by:
        assert check(by, "192.0.2.1", "example.test").result is AuthResult.TEMPERROR
        assert by.ask(spf_tree("example.test")).root.state is State.UNKNOWN


def _quick(server: Responder) -> Dns:
    return Dns(DnsSettings((("127.0.0.1", server.port),), 0.15, 0.4))

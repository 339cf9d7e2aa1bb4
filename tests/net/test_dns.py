"""The resolver against servers that answer well, badly and not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset
import pytest

from sekisho.core.errors import SettingsError
from sekisho.core.questions import Answer, Asking, Question, Reply, answered, found
from sekisho.net.dns import Dns, DnsSettings
from tests.net.servers import Responder, free_port, knot, says, silence

ZONE = """
ns              A     127.0.0.1
example         MX    10 MX.Example
example         TXT   "v=spf1 ip4:192.0.2.0/24 " "-all"
nomail          MX    0 .
mx.example      A     192.0.2.10
mx.example      AAAA  2001:db8::10
alias           CNAME mx.example
over            CNAME there.other.
japanese        TXT   "\\227\\129\\130"
big             TXT   """ + " ".join(f'"{n:0250d}"' for n in range(16))
OTHER = "there A 192.0.2.99\nback CNAME forth.other.\nforth CNAME back.other.\n"
REVERSE4 = "10.2.0 PTR mx.example.test.\n0/25.100.51 NS ns.test.\n"
REVERSE6 = "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR mx.example.test."


def quick(*ports: int, **more: float) -> DnsSettings:
    """Settings for servers on loopback, with time-outs that tests can wait for."""
    timeouts = {"timeout_s": 0.15, "lifetime_s": 0.5, **more}
    return DnsSettings(tuple(("127.0.0.1", port) for port in ports), **timeouts)  # type: ignore[arg-type]


def good(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    """Answers each question with one address."""
    return [says(query, "192.0.2.1").to_wire()]


def ask(reply: object, name: str = "example.test", rtype: str = "A") -> tuple[Answer, Responder]:
    """The answer of one server that behaves so."""
    with Responder(reply) as server, Dns(quick(server.port)) as dns_:  # type: ignore[arg-type]
        return dns_.ask_one(Question(name, rtype)), server


# ---- a real server


@pytest.fixture(scope="module")
def real() -> Iterator[Dns]:
    with (
        knot({"test.": ZONE, "other.": OTHER, "192.in-addr.arpa.": REVERSE4, "8.b.d.0.1.0.0.2.ip6.arpa.": REVERSE6}) as port,
        Dns(DnsSettings((("127.0.0.1", port),))) as dns_,
    ):
        yield dns_


@pytest.mark.needs_knot
@pytest.mark.parametrize(
    ("name", "rtype", "reply", "values"),
    [
        ("example.test", "TXT", Reply.FOUND, ("v=spf1 ip4:192.0.2.0/24 -all",)),
        ("EXAMPLE.test.", "MX", Reply.FOUND, ("10 mx.example.test",)),
        ("nomail.test", "MX", Reply.FOUND, ("0 .",)),
        ("mx.example.test", "A", Reply.FOUND, ("192.0.2.10",)),
        ("mx.example.test", "AAAA", Reply.FOUND, ("2001:db8::10",)),
        ("mx.example.test", "TXT", Reply.NODATA, ()),
        ("no.example.test", "A", Reply.NXDOMAIN, ()),
        ("www.example.org", "A", Reply.NXDOMAIN, ()),
        ("alias.test", "A", Reply.FOUND, ("192.0.2.10",)),
        ("alias.test", "TXT", Reply.NODATA, ()),
        ("alias.test", "CNAME", Reply.FOUND, ("mx.example.test",)),
        ("over.test", "A", Reply.FOUND, ("192.0.2.99",)),
        ("over.test", "TXT", Reply.NODATA, ()),
        ("japanese.test", "TXT", Reply.FOUND, ("あ",)),
        ("10.2.0.192.in-addr.arpa", "PTR", Reply.FOUND, ("mx.example.test",)),
        ("0.1" + ".0" * 22 + ".8.b.d.0.1.0.0.2.ip6.arpa", "PTR", Reply.FOUND, ("mx.example.test",)),
        ("x" * 64 + ".test", "A", Reply.NXDOMAIN, ()),
        ("a..test", "A", Reply.NXDOMAIN, ()),
        ("a." * 130 + "test", "A", Reply.NXDOMAIN, ()),
    ],
)
def test_a_real_server_is_understood(real: Dns, name: str, rtype: str, reply: Reply, values: tuple[str, ...]) -> None:
    answer = real.ask_one(Question(name, rtype))
    assert (answer.reply, answer.values) == (reply, values), answer.why


@pytest.mark.needs_knot
def test_what_is_cut_short_is_fetched_over_tcp(real: Dns) -> None:
    (value,) = real.ask_one(Question("big.test", "TXT")).values
    assert len(value) == 16 * 250


@pytest.mark.needs_knot
def test_a_ring_of_aliases_fails(real: Dns) -> None:
    assert real.ask_one(Question("back.other", "A")).failed


@pytest.mark.needs_knot
def test_the_ttl_of_what_is_missing_is_the_soa_minimum(real: Dns) -> None:
    assert 0 < real.ask_one(Question("never.test", "A")).ttl <= 60


# ---- servers that misbehave


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.NOTIMP])
def test_a_server_that_fails_leaves_it_unknown_and_is_not_asked_again(rcode: int) -> None:
    answer, server = ask(lambda query, _: [says(query, rcode=rcode).to_wire()], rtype="TXT")
    assert answer.reply is Reply.FAILED
    assert dns.rcode.to_text(dns.rcode.Rcode(rcode)) in answer.why
    assert len(server.asked) == (2 if rcode == dns.rcode.NOTIMP else 1)


def test_silence_is_unknown_within_the_lifetime() -> None:
    answer, server = ask(silence)
    assert answer.failed
    assert "timed out" in answer.why
    assert len(server.asked) == 2


def test_a_closed_port_is_unknown() -> None:
    with Dns(quick(free_port())) as dns_:
        assert dns_.ask_one(Question("example.test", "A")).failed


def test_no_server_at_all_is_unknown() -> None:
    from sekisho.net.resolver import Resolver
    from sekisho.net.servers import Servers

    async def ask_nobody() -> Answer:
        return await Resolver(Servers((), timeout_s=1, lifetime_s=1), in_flight=1).answer(Question("example.test", "A"))

    assert asyncio.run(ask_nobody()).why == "no resolver is known"


def _other_id(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    reply = says(query, "203.0.113.66")
    reply.id ^= 1
    return [reply.to_wire(), says(query, "192.0.2.1").to_wire()]


def _other_question(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    reply = says(query, "203.0.113.66")
    reply.question = [dns.rrset.from_text("other.test.", 0, "IN", "A")]
    return [reply.to_wire(), says(query, "192.0.2.1").to_wire()]


def _own_query(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    return [query.to_wire(), says(query, "192.0.2.1").to_wire()]


def _garbage(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
    wire = says(query, "203.0.113.66").to_wire()
    return [wire[:20], b"\0", wire[:2] + b"\xff" * 40, says(query, "192.0.2.1").to_wire()]


@pytest.mark.parametrize("reply", [_other_id, _other_question, _own_query, _garbage])
def test_a_forged_or_broken_datagram_is_passed_over(reply: object) -> None:
    answer, _ = ask(reply)
    assert answer.values == ("192.0.2.1",), answer.why


def test_records_of_another_name_are_no_answer() -> None:
    def stranger(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        reply = says(query, authority="test. 60 SOA ns.test. h.test. 1 1 1 1 60")
        reply.answer.append(dns.rrset.from_text("other.test.", 60, "IN", "A", "203.0.113.66"))
        return [reply.to_wire()]

    assert ask(stranger)[0].nodata


def test_an_nxdomain_with_an_answer_is_unknown() -> None:
    answer, _ = ask(lambda query, _: [says(query, "192.0.2.1", rcode=dns.rcode.NXDOMAIN).to_wire()])
    assert answer.failed


def test_a_server_that_only_names_others_leaves_it_unknown() -> None:
    answer, _ = ask(lambda query, _: [says(query, authority="test. 60 NS ns.other.").to_wire()])
    assert answer.failed
    assert ask(lambda query, _: [says(query).to_wire()])[0].nodata


def test_a_server_without_edns_is_asked_without() -> None:
    def old(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        return [(says(query, rcode=dns.rcode.FORMERR) if query.edns >= 0 else says(query, "text")).to_wire()]

    with Responder(old) as server, Dns(quick(server.port)) as dns_:
        assert dns_.ask_one(Question("a.test", "TXT")).found
        assert dns_.ask_one(Question("b.test", "TXT")).found
        assert server.edns == [0, -1, -1]


def test_a_truncated_answer_is_fetched_over_tcp() -> None:
    def cut(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        reply = says(query, "192.0.2.1") if is_tcp else says(query)
        if not is_tcp:
            reply.flags |= dns.flags.TC
        return [reply.to_wire()]

    answer, server = ask(cut)
    assert answer.found
    assert [way for _, _, way in server.asked] == ["udp", "tcp"]


def test_the_next_server_is_asked_where_the_first_fails_or_is_silent() -> None:
    for bad in (silence, lambda query, _: [says(query, rcode=dns.rcode.SERVFAIL).to_wire()]):
        with Responder(bad) as first, Responder(good) as second, Dns(quick(first.port, second.port)) as dns_:
            assert dns_.ask_one(Question("example.test", "A")).found
            assert (len(first.asked), len(second.asked)) == (1, 1)


def test_a_silent_server_is_left_alone_for_a_while() -> None:
    with Responder(silence) as first, Responder(good) as second, Dns(quick(first.port, second.port)) as dns_:
        for n in range(5):
            assert dns_.ask_one(Question(f"host{n}.test", "A")).found
        assert (len(first.asked), len(second.asked)) == (1, 5)


# ---- how it asks


def test_an_answer_is_asked_once_and_then_known() -> None:
    with Responder(good) as server, Dns(quick(server.port)) as dns_:
        assert dns_.ask_one(Question("example.test", "A")) == found("192.0.2.1", ttl=60)
        assert dns_.ask_one(Question("Example.TEST.", "A")).values == ("192.0.2.1",)
        assert len(server.asked) == 1


def test_the_same_question_is_on_its_way_only_once() -> None:
    go = threading.Event()

    def when_told(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        go.wait(5)
        return good(query, is_tcp)

    def last(number: int) -> Asking[Answer]:
        if number == 9:
            go.set()
        return (yield Question("example.test", "A"))

    with Responder(when_told) as server, Dns(quick(server.port, timeout_s=5, lifetime_s=5)) as dns_:
        assert all(answer.found for answer in dns_.ask_many(last(n) for n in range(10)))
        assert len(server.asked) == 1


def test_no_more_questions_are_on_their_way_than_allowed() -> None:
    held: set[str] = set()
    most = 0

    def at_the_second_time(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        nonlocal most
        name = query.question[0].name.to_text()
        if name in held:
            held.remove(name)
            return good(query, is_tcp)
        held.add(name)
        most = max(most, len(held))
        return []

    with Responder(at_the_second_time) as server:
        settings = DnsSettings((("127.0.0.1", server.port),), timeout_s=0.15, lifetime_s=5, in_flight=3)
        with Dns(settings) as dns_:
            assert all(answer.found for answer in dns_.ask_many(_one(f"host{n}.test") for n in range(6)))
    assert most == 3


def _one(name: str) -> Asking[Answer]:
    return (yield Question(name, "A"))


def test_ports_change_so_that_a_forger_cannot_know_them() -> None:
    with Responder(good) as server, Dns(quick(server.port)) as dns_:
        for n in range(100):
            dns_.ask_one(Question(f"host{n}.test", "A"))
        assert len(set(server.ports)) >= 3


def test_askings_are_taken_only_as_fast_as_they_are_done() -> None:
    taken = 0

    def many() -> Iterator[Asking[Answer]]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield _one(f"host{n}.test")

    with Responder(good) as server, Dns(DnsSettings((("127.0.0.1", server.port),), in_flight=5)) as dns_:
        results = dns_.ask_many(many())
        assert next(results).found
        assert taken <= 12
        results.close()  # type: ignore[attr-defined]
        assert dns_.ask_one(Question("still.test", "A")).found


def test_an_error_of_the_asking_code_reaches_the_caller() -> None:
    def broken() -> Asking[int]:
        yield Question("example.test", "A")
        raise KeyError("mine")

    with Responder(good) as server, Dns(quick(server.port)) as dns_:
        with pytest.raises(KeyError, match="mine"):
            dns_.ask(broken())
        with pytest.raises(KeyError, match="mine"):
            list(dns_.ask_many([broken()]))


def test_it_can_be_asked_from_another_event_loop() -> None:
    with Responder(good) as server, Dns(quick(server.port)) as dns_:
        assert asyncio.run(dns_.ask_async(_one("example.test"))).found


def test_it_starts_again_after_it_was_closed() -> None:
    with Responder(good) as server:
        dns_ = Dns(quick(server.port))
        assert dns_.ask_one(Question("example.test", "A")).found
        dns_.close()
        assert dns_.ask_one(Question("example.test", "A")).found
        dns_.close()
        dns_.close()


def test_off_asks_nobody_and_knows_nothing() -> None:
    dns_ = Dns(DnsSettings.from_text("off"))
    answer = dns_.ask_one(Question("example.test", "A"))
    assert (answer.reply, answer.why) == (Reply.FAILED, "look-ups are switched off")
    assert [a.reply for a in dns_.ask_many(_one("a.test") for _ in range(3))] == [Reply.FAILED] * 3
    assert not dns_.replies()


def test_silence_is_counted_until_somebody_replies() -> None:
    with Responder(silence) as server, Dns(quick(server.port)) as dns_:
        dns_.ask_one(Question("a.test", "A"))
        assert dns_.silent == 1
        assert not dns_.replies()
        server.reply = lambda query, _: [says(query, rcode=dns.rcode.REFUSED).to_wire()]
        assert dns_.replies()
        assert dns_.silent == 0


def test_a_limited_zone_is_asked_slowly_and_others_are_not() -> None:
    with Responder(good) as server, Dns(quick(server.port)) as dns_:
        dns_.limit("bl.test", per_s=10, burst=1)
        list(dns_.ask_many(_one(f"{n}.bl.test") for n in range(3)))
        slow = [name for name, _, _ in server.asked]
        list(dns_.ask_many(_one(name) for name in ("3.bl.test", "x.test", "y.test")))
        names = [name for name, _, _ in server.asked[len(slow) :]]
        assert names[-1] == "3.bl.test"


# ---- settings and the core's driver


@pytest.mark.parametrize(
    ("text", "servers"),
    [
        ("", ()),
        ("127.0.0.1", (("127.0.0.1", 53),)),
        ("127.0.0.1:5353, 192.0.2.53", (("127.0.0.1", 5353), ("192.0.2.53", 53))),
        ("[2001:db8::53]:5353,[2001:db8::54],2001:db8::55", (("2001:db8::53", 5353), ("2001:db8::54", 53), ("2001:db8::55", 53))),
    ],
)
def test_servers_are_read_from_text(text: str, servers: tuple[tuple[str, int], ...]) -> None:
    assert DnsSettings.from_text(text) == DnsSettings(servers)


@pytest.mark.parametrize(
    "text", ["dns.example", "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:dns", "[2001:db8::53", "[2001:db8::53]5353x", "1:2"]
)
def test_what_is_no_server_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="SEKISHO_DNS_SERVERS"):
        DnsSettings.from_text(text)


def test_off_is_a_word_of_its_own() -> None:
    assert DnsSettings.from_text(" OFF ").off


def test_the_core_can_be_answered_from_a_table() -> None:
    def mx_address() -> Asking[str]:
        mx = yield Question("example.test", "MX")
        address = yield Question(mx.values[0].split()[1], "A")
        return address.values[0]

    table = {Question("example.test", "MX"): found("10 mx.test"), Question("mx.test", "A"): found("192.0.2.1")}
    assert answered(mx_address(), table.__getitem__) == "192.0.2.1"

"""States of domains from tables: what is found, what is said of it, what changed, and what is merely unknown."""

from __future__ import annotations

import json

import pytest
from tests.core.dmarc.asked import Table

from sekisho.core.facts import Context, Flow, FlowKey, Way
from sekisho.core.questions import FAILED, NODATA, Answer, Question, Reply, answered, found
from sekisho.core.state.changes import changes
from sekisho.core.state.findings import Severity, findings
from sekisho.core.state.gather import DomainState, Wanted, gather, policy_question, state_of
from sekisho.core.state.own import own_context, own_records
from sekisho.core.state.sheet import MAX_ANSWERS, Sheet, from_plain, recorded
from sekisho.core.terms import Found

KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="  # the example of RFC 8463, A.2
GOOD = {
    "example.jp NS": ["ns1.example.jp", "ns2.example.jp"],
    "example.jp TXT": ["v=spf1 ip4:192.0.2.0/24 -all", "other=1"],
    "example.jp MX": "10 mx.example.jp",
    "mx.example.jp A": "192.0.2.25",
    "_dmarc.example.jp": "v=DMARC1; p=reject; rua=mailto:d@example.jp",
    "s1._domainkey.example.jp": KEY,
    "_mta-sts.example.jp": "v=STSv1; id=1;",
    "_smtp._tls.example.jp": "v=TLSRPTv1; rua=mailto:t@example.jp",
    "https://mta-sts.example.jp/.well-known/mta-sts.txt POLICY": (
        "version: STSv1\nmode: enforce\nmx: mx.example.jp\nmax_age: 604800\n"
    ),
}
WANTED = Wanted("example.jp", (("example.jp", "s1"),))


def state(**changed: object) -> DomainState:
    """The good state, with records changed: `dmarc="…"`; None takes a record away."""
    names = {
        "ns": "example.jp NS",
        "txt": "example.jp TXT",
        "mx": "example.jp MX",
        "dmarc": "_dmarc.example.jp",
        "key": "s1._domainkey.example.jp",
        "sts": "_mta-sts.example.jp",
        "tlsrpt": "_smtp._tls.example.jp",
        "bimi": "default._bimi.example.jp",
        "policy": "https://mta-sts.example.jp/.well-known/mta-sts.txt POLICY",
    }
    records: dict[str, object] = dict(GOOD)
    for name, value in changed.items():
        if value is None:
            records.pop(names[name])
        else:
            records[names.get(name, name)] = value
    return state_of(WANTED, Table(records))  # type: ignore[arg-type]


def codes(found: DomainState, *severities: Severity) -> set[str]:
    return {finding.code for finding in findings(found) if not severities or finding.severity in severities}


def test_a_well_kept_domain_has_nothing_but_good_news() -> None:
    assert {f.severity for f in findings(state())} == {Severity.GOOD}


@pytest.mark.parametrize(
    ("changed", "code", "severity"),
    [
        ({"dmarc": None}, "dmarc_missing", Severity.PROBLEM),
        ({"dmarc": FAILED}, "dmarc_unknown", Severity.UNKNOWN),
        ({"dmarc": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, "dmarc_several", Severity.PROBLEM),
        ({"dmarc": "v=dmarc1; p=none"}, "dmarc_ignored", Severity.PROBLEM),
        ({"dmarc": "v=DMARC1; p=nein"}, "dmarc_not_applied", Severity.PROBLEM),
        ({"dmarc": "v=DMARC1; rua=mailto:d@example.jp"}, "dmarc_as_none", Severity.PROBLEM),
        ({"dmarc": "v=DMARC1; p=none; rua=mailto:d@example.jp"}, "dmarc_monitoring", Severity.WARNING),
        ({"dmarc": "v=DMARC1; p=reject; t=y; rua=mailto:d@example.jp"}, "dmarc_rehearsal", Severity.ADVICE),
        ({"dmarc": "v=DMARC1; p=reject; sp=none; rua=mailto:d@example.jp"}, "dmarc_weaker_below", Severity.WARNING),
        ({"dmarc": "v=DMARC1; p=reject; pct=10; rua=mailto:d@example.jp"}, "dmarc_pct", Severity.WARNING),
        ({"dmarc": "v=DMARC1; p=reject"}, "dmarc_no_rua", Severity.PROBLEM),
        ({"dmarc": "v=DMARC1; p=reject; rua=mailto:d@reports.example"}, "destination_refused", Severity.PROBLEM),
        ({"txt": NODATA}, "spf_missing", Severity.PROBLEM),
        ({"txt": FAILED}, "spf_unknown", Severity.UNKNOWN),
        ({"txt": ["v=spf1 -all", "v=spf1 ~all"]}, "spf_several", Severity.PROBLEM),
        ({"txt": "v=spf1 " + "a:mx.example.jp " * 11 + "-all"}, "spf_too_many", Severity.PROBLEM),
        ({"txt": "v=spf1 " + "a:mx.example.jp " * 9 + "-all"}, "spf_nearly_too_many", Severity.ADVICE),
        ({"txt": "v=spf1 a:n1.example a:n2.example a:n3.example -all"}, "spf_voids", Severity.PROBLEM),
        ({"txt": "v=spf1 a:mx.example.jp mx a:mx.example.jp -all"}, "spf_voids_ipv6", Severity.ADVICE),
        ({"txt": "v=spf1 include:example.jp -all"}, "spf_loop", Severity.PROBLEM),
        ({"txt": "v=spf1 ipv4:192.0.2.1 -all"}, "spf_syntax", Severity.PROBLEM),
        ({"txt": "v=spf1 include:none.example -all"}, "spf_part_missing", Severity.PROBLEM),
        ({"txt": "v=spf1 include:x.example -all", "x.example TXT": FAILED}, "spf_part_unknown", Severity.UNKNOWN),
        ({"txt": "v=spf1 +all"}, "spf_permits_all", Severity.PROBLEM),
        ({"txt": "v=spf1 mx ?all"}, "spf_neutral_all", Severity.WARNING),
        ({"txt": "v=spf1 mx"}, "spf_no_all", Severity.WARNING),
        ({"txt": "v=spf1 ptr -all"}, "spf_ptr", Severity.WARNING),
        ({"key": None}, "key_missing", Severity.ADVICE),
        ({"key": FAILED}, "key_unknown", Severity.UNKNOWN),
        ({"key": "v=DKIM1; p="}, "key_revoked", Severity.ADVICE),
        ({"key": "v=DKIM1; p=hello"}, "key_broken", Severity.PROBLEM),
        ({"key": KEY + "; t=y"}, "key_testing", Severity.WARNING),
        ({"mx": FAILED}, "mx_unknown", Severity.UNKNOWN),
        ({"mx": NODATA}, "mx_missing", Severity.ADVICE),
        ({"mx": "10 gone.example.jp"}, "mx_unresolved", Severity.PROBLEM),
        ({"mx": ["10 mx.example.jp", "20 mx2.example.jp"]}, "sts_mx_not_named", Severity.PROBLEM),
        ({"sts": None}, "sts_missing", Severity.ADVICE),
        ({"sts": FAILED}, "sts_unknown", Severity.UNKNOWN),
        ({"policy": FAILED}, "sts_policy_unknown", Severity.UNKNOWN),
        ({"policy": Answer(Reply.NXDOMAIN, why="status 404")}, "sts_no_policy", Severity.PROBLEM),
        ({"policy": "version: STSv1"}, "sts_invalid", Severity.PROBLEM),
        ({"policy": "version: STSv1\nmode: testing\nmx: mx.example.jp\nmax_age: 604800"}, "sts_testing", Severity.ADVICE),
        ({"tlsrpt": None}, "tlsrpt_missing", Severity.ADVICE),
        ({"tlsrpt": "v=TLSRPTv1"}, "tlsrpt_ignored", Severity.PROBLEM),
        ({"tlsrpt": FAILED}, "tlsrpt_unknown", Severity.UNKNOWN),
        ({"bimi": "v=BIMI1; l=https://example.jp/l.svg; a=https://example.jp/v.pem"}, "bimi_found", Severity.GOOD),
        ({"bimi": FAILED}, "bimi_unknown", Severity.UNKNOWN),
        ({"ns": FAILED}, "domain_unknown", Severity.UNKNOWN),
    ],
)
def test_findings(changed: dict[str, object], code: str, severity: Severity) -> None:
    assert code in codes(state(**changed), severity)


def test_where_nothing_answers_nothing_is_said_to_be_missing() -> None:
    unknown = state_of(WANTED, lambda _: FAILED)
    assert {finding.severity for finding in findings(unknown)} == {Severity.UNKNOWN}
    assert not unknown.is_parked


def test_a_parked_domain_is_known_by_its_records() -> None:
    parked = state(txt="v=spf1 -all", mx="0 .", policy=None, sts=None)
    assert parked.is_parked
    assert "parked" in codes(parked, Severity.GOOD)
    assert "parked_open" in codes(state(txt="v=spf1 -all", mx="0 .", dmarc="v=DMARC1; p=none"), Severity.WARNING)
    assert not state(txt="v=spf1 -all").is_parked
    assert not state(txt="v=spf1 -all", mx=FAILED).is_parked


def test_a_change_within_an_include_is_told() -> None:
    def with_include(text: str) -> DomainState:
        return state(txt="v=spf1 include:x.example -all", **{"x.example TXT": text})

    (change,) = changes(with_include("v=spf1 ip4:192.0.2.0/24"), with_include("v=spf1 ip4:192.0.3.0/24"))
    assert (change.part.value, change.name) == ("spf", "x.example")


def test_changes_are_told_and_unknown_is_no_change() -> None:
    before = state()
    assert changes(before, state()) == ()
    (change,) = changes(before, state(dmarc="v=DMARC1; p=none"))
    assert (change.part.value, change.name, change.before) == ("dmarc", "_dmarc.example.jp", GOOD["_dmarc.example.jp"])
    (gone,) = changes(before, state(key=None))
    assert (gone.name, gone.after) == ("s1._domainkey.example.jp", "")
    assert changes(before, state_of(WANTED, lambda _: FAILED)) == ()
    assert changes(state(dmarc=FAILED, mx=FAILED), state()) == ()


# ---- sheets


def test_a_sheet_gives_the_same_state_again() -> None:
    sheet = Sheet()
    table = Table(GOOD)
    made = answered(recorded(gather(WANTED), sheet), table)
    sheet.note(policy_question("example.jp"), table(policy_question("example.jp")))
    again = from_plain(json.loads(json.dumps(sheet.to_plain())))
    assert again == sheet
    made_again = state_of(WANTED, again.answer)
    assert changes(state(), made_again) == ()
    assert findings(made_again) == findings(state())
    assert made.dmarc.policy_domain == "example.jp"


def test_what_fails_today_keeps_what_was_known_yesterday_and_says_so() -> None:
    old, new = Sheet(), Sheet()
    question = Question("_dmarc.example.jp", "TXT")
    old.note(question, found("v=DMARC1; p=reject"))
    new.note(question, Answer(Reply.FAILED, why="SERVFAIL"))
    kept = new.over(old)
    assert kept.answer(question).values == ("v=DMARC1; p=reject",)
    assert kept.failed == {question: "SERVFAIL"}
    assert kept.now().answer(question).failed
    gone = Sheet()
    gone.note(question, NODATA)
    assert gone.over(kept).answer(question).nodata
    assert gone.over(kept).failed == {}


def test_what_was_not_asked_is_unknown() -> None:
    assert Sheet().answer(Question("a.example", "A")).failed


def test_a_sheet_is_bounded() -> None:
    sheet = Sheet()
    for number in range(2 * MAX_ANSWERS):
        sheet.note(Question(f"{number}.example", "A"), found(*["x" * 100_000] * 100))
    assert len(sheet.answers) == MAX_ANSWERS
    assert all(len(answer.values) <= 50 and len(answer.values[0]) <= 16384 for answer in sheet.answers.values())


# ---- what the judge is told


def _flow(address: str, header_from: str = "example.jp") -> Flow:
    return Flow(FlowKey(1, "example.jp", address, 1), Way(header_from, "", (), (), ()), 1, 1, 1, 1, 1)


def test_the_own_records_tell_mail_servers_keys_and_names() -> None:
    wanted = Wanted("example.jp", (("example.jp", "s1"), ("example.jp", "s9")), ("there.example.jp", "made-up.example.jp"))
    table = Table({**GOOD, "there.example.jp A": "192.0.2.3"})
    own = own_records(state_of(wanted, table))
    assert own.published == {("example.jp", "s1")}
    assert own.withdrawn == {("example.jp", "s9")}
    context = own_context(own, _flow("192.0.2.25", "made-up.example.jp"), Context(real_selectors=frozenset({("example.jp", "s0")})))
    assert (context.is_own_mx, context.header_from_exists, context.in_own_spf) == (True, Found.NO, Found.YES)
    assert context.real_selectors == {("example.jp", "s0"), ("example.jp", "s1")}
    assert context.withdrawn_selectors == {("example.jp", "s9")}
    other = own_context(own, _flow("198.51.100.7", "there.example.jp"), Context())
    assert (other.is_own_mx, other.header_from_exists, other.in_own_spf) == (False, Found.YES, Found.NO)


def test_the_own_records_tell_the_web_server_and_who_takes_mail_in() -> None:
    table = Table(
        {**GOOD, "example.jp A": "198.51.100.7", "www.example.jp A": "198.51.100.8", "www.example.jp AAAA": "2001:db8::8"}
    )
    own = own_records(state_of(Wanted("example.jp"), table))
    assert own.web_addresses == {"198.51.100.7", "198.51.100.8", "2001:db8::8"}
    at = own_context(own, _flow("198.51.100.8"), Context(network="198.51.100.0/24"))
    beside = own_context(own, _flow("198.51.100.99"), Context(network="198.51.100.0/24"))
    away = own_context(own, _flow("203.0.113.5"), Context(network="203.0.113.0/24"))
    assert [(c.is_own_web, c.is_near_web) for c in (at, beside, away)] == [(True, True), (False, True), (False, False)]
    assert at.mx_hosts == tuple(sorted(exchanger.host for exchanger in state_of(Wanted("example.jp"), table).mx.hosts)) != ()


def test_a_record_that_permits_half_the_world_tells_nothing_of_whose_a_host_is() -> None:
    own = own_records(state(txt="v=spf1 +all"))
    assert own_context(own, _flow("198.51.100.7"), Context()).in_own_spf is Found.UNKNOWN


def test_what_a_sending_subdomain_permits_counts_too() -> None:
    table = Table({**GOOD, "b.example.jp TXT": "v=spf1 ip4:198.51.100.0/29 -all"})
    own = own_records(state_of(Wanted("example.jp", senders=("b.example.jp", "gone.example.jp")), table))
    permitted = [
        own_context(own, _flow(address), Context()).in_own_spf for address in ("192.0.2.9", "198.51.100.7", "198.51.100.8")
    ]
    assert permitted == [Found.YES, Found.YES, Found.NO]
    assert own_context(own, _flow("198.51.100.8"), Context()).network_in_own_spf is Found.YES


def test_a_record_with_macros_is_checked_for_the_addresses_that_fail() -> None:
    table = Table(
        {**GOOD, "example.jp TXT": "v=spf1 exists:%{ir}.spf.example.jp -all", "7.100.51.198.spf.example.jp A": "127.0.0.1"}
    )
    wanted = Wanted("example.jp", addresses=("198.51.100.7", "198.51.100.8"))
    own = own_records(state_of(wanted, table))
    permitted = [own_context(own, _flow(f"198.51.100.{n}"), Context()).in_own_spf for n in (7, 8, 9)]
    assert permitted == [Found.YES, Found.NO, Found.UNKNOWN]


def test_a_part_of_spf_that_failed_leaves_only_its_addresses_unknown() -> None:
    own = own_records(state(txt="v=spf1 ip4:192.0.2.0/24 include:gone.example -all", **{"gone.example TXT": FAILED}))
    assert own_context(own, _flow("192.0.2.9"), Context()).in_own_spf is Found.YES
    assert own_context(own, _flow("198.51.100.7"), Context()).in_own_spf is Found.UNKNOWN


@pytest.mark.parametrize(
    ("address", "near"),
    [("192.0.2.200", Found.YES), ("198.51.100.7", Found.NO), ("2001:db8:20:9::1", Found.YES), ("2001:db8:21::1", Found.NO)],
)
def test_the_neighbourhood_of_permitted_addresses_is_told(address: str, near: Found) -> None:
    own = own_records(state(txt="v=spf1 ip4:192.0.2.8/29 ip6:2001:db8:20:1::/64 -all"), changed_day=20_000)
    context = own_context(own, _flow(address), Context())
    assert (context.in_own_spf, context.network_in_own_spf, context.records_changed_day) == (Found.NO, near, 20_000)


def test_own_records_that_are_unknown_say_nothing() -> None:
    own = own_records(state_of(WANTED, lambda _: FAILED))
    assert own_context(own, _flow("192.0.2.25"), Context()) == Context()

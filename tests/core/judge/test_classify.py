"""The judge: typical stories, and what holds for every flow whatever is in it."""

from dataclasses import replace
from math import exp
from timeit import repeat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import DOMAIN, NOTHING, SIGNS, STORIES, Story, burst, flow, host, signed, way

from sekisho.core.facts import Context, Decision, Evidence, Flow, FlowKey, Way
from sekisho.core.judge.book import BOOK, SENDERS
from sekisho.core.judge.case import Case
from sekisho.core.judge.classify import because_of_pass, classify, classify_source
from sekisho.core.judge.clues import weigh
from sekisho.core.judge.rules import RULES, apply
from sekisho.core.judge.weights import WEIGHTS
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import AuthResult, Class, Found, Override, SpfScope


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_story(story: Story):
    verdict = classify(story.flow, story.evidence, story.context, BOOK)
    codes = {because.code for because in verdict.because}
    told = f"{verdict.klass} {verdict.confidence} {verdict.advice} {sorted(codes)}"
    assert verdict.klass is story.klass, told
    assert story.low <= verdict.confidence <= story.high, told
    assert not story.advice or verdict.advice == story.advice, told
    assert set(story.reasons) <= codes, told


def judged_together(evidence, *mails):
    return classify_source([(mail, Context(**SIGNS)) for mail in mails], evidence, BOOK)


def test_unmarked_mail_of_a_forwarder_follows_its_broken_signatures():
    many, few = flow(way(signed("s1")), messages=400), flow(way(), messages=5, days=4)
    alone = classify(few, NOTHING, Context(**SIGNS), BOOK)
    forwarded, follows = judged_together(NOTHING, many, few)
    assert (alone.klass, forwarded.klass, follows.klass) == (Class.SPOOF, Class.FORWARDED, Class.FORWARDED)
    assert follows.confidence < forwarded.confidence
    assert "same_source" in {because.code for because in follows.because}


def test_a_made_up_key_never_follows_and_a_real_one_is_never_drawn():
    real, fake, bare = flow(way(signed("s1")), 9, 5), burst(way(signed("x7"))), burst(way())
    assert [v.klass for v in judged_together(NOTHING, real, fake, bare)] == [Class.FORWARDED, Class.SPOOF, Class.SPOOF]


def test_flows_of_shared_hosts_are_judged_apart():
    gmail = host("mail-pl1-f198.google.com")
    real, bare = flow(way(signed("s1")), 900), flow(way(envelope="gmail.com", spf_result=AuthResult.PASS), 9, 3)
    together = judged_together(gmail, real, bare)
    assert together == [classify(mail, gmail, Context(**SIGNS), BOOK) for mail in (real, bare)]
    assert [v.klass for v in together] == [Class.FORWARDED, Class.SPOOF]


def test_valid_signatures_through_a_mailbox_provider_make_it_no_service_of_ours():
    """Forwarding keeps signatures, so the provider's group passes for the domain; a stranger's mail gains nothing by it."""
    gmail = host("mail-pl1-f198.google.com")
    context = Context(services=frozenset({"google"}), group_passed=900, envelope_passed=300, source_dkim=20, **SIGNS)
    mail = flow(way(signed("20230601", AuthResult.PASS, "gmail.com"), envelope="gmail.com", spf_result=AuthResult.PASS), 40, 4, 6)
    verdict = classify(mail, gmail, context, BOOK)
    assert verdict.klass is Class.SPOOF
    assert "known_service" not in {because.code for because in verdict.because}


# ---- every flow

names = st.one_of(
    st.sampled_from(
        (
            DOMAIN,
            "mail.example.co.jp",
            "example.net",
            "gmail.com",
            "em.sendgrid.net",
            "lists.sourceforge.net",
            "srs.example.net",
            "",
        )
    ),
    st.text(max_size=80),
)
hosts = st.one_of(
    st.sampled_from(sorted(host for sender in SENDERS for host in sender.hosts)),
    st.sampled_from(("mail.example.co.jp", "203-0-113-9.dyn.example.net", "mx.example.net", "")),
    st.text(max_size=300),
)
counts = st.sampled_from((0, 0, 1, 2, 3, 30, 5_000, 10**12))
found = st.sampled_from(tuple(Found))
dkims = st.builds(DkimAuth, names, st.sampled_from(("s1", "x7", "")), st.sampled_from(tuple(AuthResult)))
spfs = st.builds(SpfAuth, names, st.sampled_from(tuple(SpfScope)), st.sampled_from(tuple(AuthResult)))
ways = st.builds(
    Way,
    names,
    names,
    st.lists(dkims, max_size=3).map(tuple),
    st.lists(spfs, max_size=2).map(tuple),
    st.lists(st.sampled_from(tuple(Override)), max_size=2).map(tuple),
    st.booleans(),
)
addresses = st.one_of(st.sampled_from(("203.0.113.9", "2001:db8::9", "10.0.0.1", "")), st.text(max_size=40))
flows = st.builds(
    lambda domain, address, how, messages, first, length, days, reporters: Flow(
        FlowKey(1, domain, address, 7), how, messages, first, first + length, days, reporters
    ),
    st.one_of(st.just(DOMAIN), names),
    addresses,
    ways,
    counts,
    st.integers(0, 30_000),
    st.integers(0, 90),
    st.integers(0, 90),
    st.integers(0, 50),
)
evidences = st.builds(
    lambda state, ptr, confirmed, domain, listed, asked: Evidence(
        "203.0.113.9", state, ptr, confirmed, asn=1, as_name="Example", as_domain=domain, listed=listed, lists_asked=asked
    ),
    found,
    hosts,
    found,
    st.sampled_from(("hetzner.com", "example.net", "")),
    st.sampled_from(((), ("a",), ("a", "b", "c"))),
    st.integers(0, 5),
)
contexts = st.builds(
    Context,
    source_dkim=counts,
    source_spf=counts,
    source_failed=counts,
    source_first_day=st.integers(0, 30_000),
    source_last_pass_day=st.integers(0, 30_000),
    group_passed=counts,
    network_passed=counts,
    network=st.just("203.0.113.0/24"),
    envelope_passed=counts,
    real_selectors=st.sampled_from((frozenset(), frozenset({(DOMAIN, "s1")}))),
    signed_share=st.sampled_from((None, 0.0, 0.6, 0.9, 1.0)),
    domain_passed=counts,
    services=st.sampled_from((frozenset(), frozenset({"sendgrid", "google"}))),
    domains_claimed=st.integers(0, 9),
    began_together=st.integers(0, 9),
    header_from_exists=found,
    in_own_spf=found,
    is_own_mx=st.booleans(),
    is_parked=st.booleans(),
    organisations=st.integers(0, 3),
)


@given(flows, evidences, contexts)
@settings(max_examples=400, deadline=None)
def test_any_flow_gets_a_verdict_and_equal_ones_get_equal_verdicts(mail, evidence, context):
    verdict = classify(mail, evidence, context, BOOK)
    assert verdict == classify(mail, evidence, context, BOOK)
    assert verdict.klass is not Class.NORMAL
    assert 1 / 3 <= verdict.confidence <= 0.99
    assert verdict.advice
    assert all(1 <= because.weight <= 5 for because in verdict.because)
    sides = [because.toward is verdict.klass for because in verdict.because if because.toward is not None]
    assert sides == sorted(sides, reverse=True)


@given(flows, evidences, contexts, st.sampled_from(tuple(Class)))
@settings(max_examples=100, deadline=None)
def test_a_decision_wins(mail, evidence, context, decided):
    verdict = classify(mail, evidence, replace(context, decision=Decision(decided, "Alice", 20_700)), BOOK)
    assert verdict.klass is (Class.FAILING if decided is Class.NORMAL else decided)
    assert verdict.confidence == 1.0
    assert verdict.because[0].code.startswith("decided_")
    assert verdict.because[0].values == {"person": "Alice", "date": 20_700}
    assert verdict.advice


def spoof_share(mail, evidence, context) -> float:
    """The probability of spoofing."""
    case = Case(mail, evidence, context, BOOK)
    scales = weigh(case, BOOK)
    apply(case, scales)
    return 1 / (1 + exp(scales.forwarded - scales.spoof) + exp(scales.failing - scales.spoof))


@given(flows, evidences, contexts, counts, counts)
@settings(max_examples=400, deadline=None)
def test_more_own_passes_from_the_source_never_move_towards_spoofing(mail, evidence, context, more_dkim, more_spf):
    more = replace(context, source_dkim=context.source_dkim + more_dkim, source_spf=context.source_spf + more_spf)
    # on a shared host that also forwards, the passes may speak for sending in place of forwarding, which moves a little
    assert spoof_share(mail, evidence, more) <= spoof_share(mail, evidence, context) + 0.05


@given(flows, contexts, hosts)
@settings(max_examples=200, deadline=None)
def test_an_unconfirmed_name_makes_nobody_a_service_or_an_own_server(mail, context, ptr):
    mail = replace(mail, way=replace(mail.way, spf=()))  # SPF of a service's return path would tell
    verdict = classify(mail, Evidence("203.0.113.9", Found.YES, ptr, Found.NO), context, BOOK)
    assert not {"own_hostname", "known_service_new", "mailbox_provider"} & {because.code for because in verdict.because}


@pytest.mark.parametrize("part", ["ptr_state", "confirmed", "lists_asked"])
def test_unknown_evidence_says_nothing(part):
    """Evidence of which everything is unknown gives no reason at all."""
    mail, context = flow(way()), Context(**SIGNS)
    codes = {because.code for because in classify(mail, NOTHING, context, BOOK).because}
    assert not codes & {"ptr_missing", "ptr_unconfirmed", "ptr_dynamic", "listed", "not_listed", "hosting_network"}


def test_every_rule_has_its_reason_and_holds_in_some_story():
    held = set()
    for story in STORIES:
        case = Case(story.flow, story.evidence, story.context, BOOK)
        held.update(apply(case, weigh(case, BOOK)))
    assert held == {rule.name for rule in RULES}
    assert all(len(rule.why) > 40 for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_only_forbids(rule):
    assert min(rule.spoof, rule.forwarded, rule.failing) < 0
    assert max(rule.spoof, rule.forwarded, rule.failing) == 0


def test_weights_say_what_they_are_for():
    for key, weight in WEIGHTS.items():
        assert weight.spread > 0, key


@pytest.mark.parametrize(
    ("dkim", "spf", "codes"),
    [
        (True, True, ("both_aligned",)),
        (True, False, ("dkim_aligned",)),
        (False, True, ("spf_aligned",)),
        (False, False, ()),
    ],
)
def test_why_a_record_passed(dkim, spf, codes):
    assert because_of_pass(dkim=dkim, spf=spf) == codes


@pytest.mark.slow
def test_a_flow_takes_few_microseconds():
    """Bound far above the usual 15 to 30, so that only a real slowdown fails."""

    def judge_all():
        for story in STORIES:
            classify(story.flow, story.evidence, story.context, BOOK)

    assert min(repeat(judge_all, number=20, repeat=5)) / 20 / len(STORIES) < 200e-6

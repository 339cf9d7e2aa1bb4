"""The small rules of the pages: next steps, names, words of handling; all pure."""

import pytest
from django.utils import translation

from sekisho.store.query import DomainSum, Split
from sekisho.web.pages import words
from sekisho.web.pages.advising import advice, coded
from sekisho.web.pages.alarm import Surge
from sekisho.web.pages.ladder import failing_share, is_ready, next_step, rungs
from sekisho.web.pages.senders import named

LAST = 20700


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def a_domain(policy: str, **split: int) -> DomainSum:
    return DomainSum("example.jp", Split(**split), 1, 1, policy, ())


def test_next_step_is_the_most_urgent_thing() -> None:
    failing = {"dom.mail.example": 50}
    busy = a_domain("none", normal=1000, failing=50, spoof=10)
    assert next_step(busy, failing, Surge("example.jp", LAST, 900)).page == "domain"
    assert next_step(busy, failing, None).key == "dom.mail.example"
    assert next_step(busy, failing | {"dom.b.example": 2}, None).page == "domain_groups"
    assert next_step(a_domain("none", normal=1000), {}, None).text == "Ready for a stronger policy"
    assert next_step(a_domain("reject", normal=1000), {}, None).page == ""
    assert next_step(a_domain("none", normal=3), {}, None).text == "Wait for more reports"


def test_a_share_of_little_mail_says_nothing() -> None:
    assert failing_share(Split(normal=50, failing=1)) is None
    assert not is_ready("none", Split(normal=50))
    assert is_ready("none", Split(normal=1000, failing=1, spoof=900))
    assert not is_ready("none", Split(normal=1000, failing=10))
    assert not is_ready("reject", Split(normal=1000))


def test_the_ladder_stands_where_the_policy_is() -> None:
    assert [rung.state for rung in rungs("none")] == ["now", "next", "", ""]
    assert [rung.state for rung in rungs("quarantine")] == ["done", "done", "now", "next"]
    assert [rung.state for rung in rungs("reject")] == ["done", "done", "done", "now"]
    assert rungs("absent") == []


def test_groups_are_called_by_what_their_keys_say() -> None:
    assert named("dom.mail.example").label == "mail.example"
    assert named("claim.mail.example").label == "mail.example (claimed)"
    assert named("net.as64500").label == "AS64500"
    assert named("unknown").label == "Sources without a name"
    assert named("svc.no-such-service").label == "Sources without a name"


def test_services_are_called_by_their_japanese_names_in_japanese() -> None:
    from sekisho.core.judge.book import BOOK

    sender = next(s for s in BOOK.senders.values() if s.name_ja and s.name_ja != s.name)
    assert named(f"svc.{sender.id}").label == sender.name
    with translation.override("ja"):
        assert named(f"svc.{sender.id}").label == sender.name_ja


def test_what_receivers_did_in_words() -> None:
    assert words.handled([("none", 5), ("pass", 2)]) == "all delivered"
    assert words.handled([("reject", 3), ("none", 1234)]) == "1,234 delivered, 3 rejected"
    assert words.handled([("odd", 3)]) == "not said"


def test_advice_promises_only_what_the_pages_have() -> None:
    assert advice("spf_add", domain="example.jp", source_ip="192.0.2.7") == (
        "Add <code>ip4:192.0.2.7</code> to the SPF record of example.jp."
    )
    assert advice("spf_add", domain="example.jp", source_ip="2001:db8::7").startswith("Add <code>ip6:2001:db8::7</code>")
    assert advice("") == ""


def test_advice_escapes_what_reports_say() -> None:
    assert "<b>" not in advice("dkim_key_publish", name="<b>`<b>")
    assert "<b>" not in advice("return_path", service="<b>", domain="<b>")
    assert coded("a `b` <c>") == "a <code>b</code> &lt;c&gt;"
    assert coded("odd ` one <c>") == "odd ` one &lt;c&gt;"

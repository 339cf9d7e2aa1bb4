"""Two periods beside each other."""

from __future__ import annotations

from django.test import Client
from tests.web.pages.conftest import Story

from sekisho.core.terms import Class
from sekisho.store.query import Split
from sekisho.web.pages.compare import Difference, differences


def test_groups_are_new_gone_grown_or_shrunk_the_largest_change_first() -> None:
    now = {"a": Split(normal=100), "b": Split(spoof=500), "c": Split(normal=60, failing=8), "same": Split(normal=1000)}
    was = {"a": Split(normal=50), "c": Split(normal=90), "d": Split(forwarded=7), "same": Split(normal=1050)}
    found = differences(now, was)
    assert [(d.group, d.klass, d.kind) for d in found] == [
        ("b", Class.SPOOF, "new"),
        ("a", Class.NORMAL, "grown"),
        ("c", Class.NORMAL, "shrunk"),
        ("c", Class.FAILING, "new"),
        ("d", Class.FORWARDED, "gone"),
    ]


def test_a_handful_more_or_fewer_is_no_news() -> None:
    assert differences({"a": Split(spoof=4)}, {"b": Split(spoof=4), "c": Split(normal=100)}) == [
        Difference("c", Class.NORMAL, 0, 100)
    ]


def test_the_comparison_is_kept_in_the_address_of_three_pages(client_alice: Client, story: Story) -> None:
    for path in ("/acme/overview", "/acme/domains/example.jp/", "/acme/groups/"):
        plain = client_alice.get(path + "?range=7d", headers={"accept-language": "en"}).content.decode()
        assert "compare=prev" in plain, path
        assert "What changed by sending group" not in plain, path
        text = client_alice.get(path + "?range=7d&compare=prev", headers={"accept-language": "en"}).content.decode()
        assert "What changed by sending group" in text, path
        assert "<b>new</b>" in text, path


def test_a_period_without_reports_is_not_compared(client_alice: Client, story: Story) -> None:
    text = client_alice.get("/acme/overview?compare=year", headers={"accept-language": "en"}).content.decode()
    assert "What changed by sending group" not in text
    assert "not wholly covered by reports" in text

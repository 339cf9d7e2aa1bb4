"""Names made to look like another's, and accounts named after their owner."""

from __future__ import annotations

import pytest
from stories import DOMAIN, PASS, SIGNS, flow, host, signed, way

from sekisho.core.facts import Context
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.classify import classify
from sekisho.core.judge.likeness import is_named_after, looks_like
from sekisho.core.terms import Class


@pytest.mark.parametrize(
    ("theirs", "ours", "is_like"),
    [
        ("example-corp.net", "example.co.jp", True),
        ("mail.example-corp.net", "news.example.co.jp", True),
        ("myexample.com", "example.co.jp", True),
        ("examp1e.co.jp", "example.co.jp", True),
        ("exmple.com", "example.com", True),
        ("examplle.com", "example.com", True),
        ("example.net", "example.co.jp", False),
        ("example.co.jp", "example.co.jp", False),
        ("sendgrid.net", "example.co.jp", False),
        ("site8.example", "site5.example", False),
        ("site12.example", "site1.example", False),
        ("abcd-corp.example", "abcd.example", False),
    ],
)
def test_a_name_is_like_another_by_a_word_more_or_a_letter(theirs: str, ours: str, is_like: bool) -> None:
    assert looks_like(theirs, ours) is is_like


@pytest.mark.parametrize(
    ("domain", "author", "is_so"),
    [
        ("exampleindgrp.onmicrosoft.com", "example-industries.test", True),
        ("exampleind1.onmicrosoft.com", "example-industries.test", True),
        ("example-ind.onmicrosoft.com", "news.example-industries.test", True),
        ("exampleindgroup.onmicrosoft.com", "example-industries.test", True),
        ("exampleindfactory.onmicrosoft.com", "example-industries.test", False),
        ("examplegrp.onmicrosoft.com", "example-industries.test", False),
        ("exampleabc.onmicrosoft.com", "examplexyz.test", False),
        ("exampleabc.onmicrosoft.com", "exampleaxyz.test", False),
        ("universityofbath.onmicrosoft.com", "universityofleeds.test", False),
        ("stadtwerkebonn.onmicrosoft.com", "stadtwerke-muenchen.test", False),
        ("grpexampleind.onmicrosoft.com", "example-industries.test", False),
        ("exampleindgrp.test", "example-industries.test", False),
    ],
)
def test_an_account_may_bear_its_owners_name_in_short(domain: str, author: str, is_so: bool) -> None:
    assert is_named_after(domain, author) is is_so


@pytest.mark.parametrize(
    ("domain", "is_so"),
    [("examplejp.onmicrosoft.com", True), ("example2.onmicrosoft.com", True), ("examplefactory.onmicrosoft.com", False)],
)
def test_an_account_may_have_some_letters_more_than_its_owner(domain: str, is_so: bool) -> None:
    assert is_named_after(domain, DOMAIN) is is_so


def test_a_look_alike_with_everything_in_order_is_a_stranger() -> None:
    mail = flow(way(signed("k", PASS, "example-corp.net"), envelope="example-corp.net", spf_result=PASS), 9, 4, 30)
    verdict = classify(mail, host("mail.example-corp.net"), Context(**SIGNS), BOOK)
    assert verdict.klass is Class.SPOOF
    assert verdict.because[0].code == "lookalike"

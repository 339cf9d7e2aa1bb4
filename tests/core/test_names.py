"""Names: the public suffix list is read as its library reads it, only sooner."""

import pytest
from publicsuffixlist import PublicSuffixList

from sekisho.core import names
from sekisho.core.names import organizational_domain, registrable_host_domain


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(names._all_suffixes, PublicSuffixList()), (names._icann_suffixes, PublicSuffixList(only_icann=True))],
    ids=["all", "icann"],
)
def test_the_rules_are_those_of_the_library(ours, theirs) -> None:  # type: ignore[no-untyped-def]
    assert ours()._publicsuffix == theirs._publicsuffix
    assert ours()._maxlabel == theirs._maxlabel


@pytest.mark.parametrize(
    ("name", "all_rules", "icann_rules"),
    [
        ("mail.example.co.jp", "example.co.jp", "example.co.jp"),
        ("a.b.kawasaki.jp", "a.b.kawasaki.jp", "a.b.kawasaki.jp"),
        ("a.city.kawasaki.jp", "city.kawasaki.jp", "city.kawasaki.jp"),
        ("www.example.xn--p1ai", "example.xn--p1ai", "example.xn--p1ai"),
        ("me.github.io", "me.github.io", "github.io"),
        ("a.xn--55qx5d.cn", "a.xn--55qx5d.cn", "a.xn--55qx5d.cn"),
        ("co.jp", "co.jp", "co.jp"),
        ("", "", ""),
    ],
)
def test_the_organizational_domain(name: str, all_rules: str, icann_rules: str) -> None:
    assert organizational_domain(name) == all_rules
    assert registrable_host_domain(name) == icann_rules

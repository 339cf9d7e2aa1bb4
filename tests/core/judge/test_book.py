"""The book of senders as it is shipped, and how it is searched."""

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PublicSuffixList

from sekisho.core.judge.book import BOOK, SENDERS, apps_jp, delivery_jp, mailboxes_jp
from sekisho.core.judge.book.table import read_table
from sekisho.core.judge.sources import Book, Sender, SenderKind
from sekisho.core.names import normal

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def sender(id_: str, *hosts: str, kind: SenderKind = SenderKind.SERVICE) -> Sender:
    return Sender(id_, id_.title(), id_.title(), kind, hosts)


def is_japanese(entry: Sender) -> bool:
    """Of Japan: by the table it stands in or by a host name under .jp."""
    tables = (*delivery_jp.SENDERS, *apps_jp.SENDERS, *mailboxes_jp.SENDERS)
    return entry in tables or any(host.endswith(".jp") for host in entry.hosts)


def test_it_holds_at_least_1400_senders_280_of_them_japanese():
    assert len(SENDERS) >= 1400
    assert sum(map(is_japanese, SENDERS)) >= 280


def test_no_id_is_used_twice():
    assert len({s.id for s in SENDERS}) == len(SENDERS)


@pytest.mark.parametrize("entry", SENDERS, ids=lambda entry: entry.id)
def test_every_entry_is_whole(entry):
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", entry.id)
    assert entry.name
    assert entry.name_ja
    assert entry.hosts or entry.dkim or entry.return_path or entry.networks
    for url in (entry.source, entry.help_url):
        parts = urlsplit(url)
        assert parts.scheme in ("http", "https")
        assert "." in parts.netloc


def test_no_entry_claims_a_public_suffix_or_a_name_in_another_form():
    suffixes = PublicSuffixList(only_icann=True)
    for entry in SENDERS:
        for name in (*entry.hosts, *entry.dkim, *entry.return_path, *entry.spf, *entry.networks):
            assert name == normal(name), entry.id
            assert re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+", name), entry.id
            assert not suffixes.is_public(name), (entry.id, name)


def test_the_names_of_japanese_entries_are_in_japanese_where_they_differ():
    assert sum(1 for entry in SENDERS if JAPANESE.search(entry.name_ja)) >= 100
    assert not any(JAPANESE.search(entry.name) for entry in SENDERS)


def test_a_suffix_claimed_twice_is_refused():
    with pytest.raises(ValueError, match=r"example\.net is claimed by one and two"):
        Book([sender("one", "example.net"), sender("two", "example.net")])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("o1.ptr123.sendgrid.net", "sendgrid"),
        ("sendgrid.net", "sendgrid"),
        ("notsendgrid.net", None),
        ("sendgrid.net.example.com", None),
        ("mail-pl1-f198.google.com", "google"),
        ("www1234.sakura.ne.jp", "sakura-rental"),
        ("ik1-301-1234.vs.sakura.ne.jp", "sakura-vps"),
        ("mail01.spmode.ne.jp", "docomo-spmode"),
        ("mout.kundenserver.de", "ionos"),
        ("www381.your-server.de", "hetzner-web"),
        ("static.7.2.0.192.clients.your-server.de", "hetzner"),
        ("gproxy4-pub.mail.unifiedlayer.com", "bluehost"),
        ("192-0-2-7.unifiedlayer.com", "newfold-servers"),
        ("p3plsmtpa12-04.prod.phx3.secureserver.net", "godaddy-email"),
        ("7.2.0.192.host.secureserver.net", "godaddy-servers"),
        ("ne.jp", None),
        ("net", None),
        ("", None),
        (".", None),
        ("....", None),
    ],
)
def test_the_longest_suffix_at_a_label_boundary_owns_a_host(name, found):
    owner = BOOK.by_host(name)
    assert (owner.id if owner else None) == found


def test_signatures_return_paths_includes_and_networks_have_their_own_owners():
    assert BOOK.by_dkim("tenant.onmicrosoft.com").id == "microsoft-365"
    assert BOOK.by_return_path("bounces.amazonses.com").id == "amazon-ses"
    assert BOOK.by_spf("spf.haihaimail.jp").id == "haihaimail"
    assert BOOK.by_spf("x.spf.haihaimail.jp") is None
    assert BOOK.by_network("hetzner.com").id == "hetzner"
    assert BOOK.by_network("constant.com").id == "vultr"
    assert BOOK.by_network("example.net") is None


def test_no_include_or_network_has_two_owners():
    for part in ("spf", "networks"):
        names = [name for entry in SENDERS for name in getattr(entry, part)]
        assert {name for name in names if names.count(name) > 1} == set(), part


def test_no_entry_writes_a_name_that_another_of_its_names_covers():
    for entry in SENDERS:
        for names in (entry.hosts, entry.dkim, entry.return_path):
            owned = set(names)
            assert len(owned) == len(names), entry.id
            for name in names:
                above = name.split(".")
                assert not any(".".join(above[at:]) in owned for at in range(1, len(above))), (entry.id, name)


def test_a_service_signs_and_takes_bounces_under_the_domains_of_its_hosts_unless_told_otherwise():
    text = "one | One | | https://example.net/\n    hosts a.example b.example"
    (plain,) = read_table(SenderKind.SERVICE, text)
    assert plain.dkim == plain.return_path == plain.hosts
    (told,) = read_table(SenderKind.SERVICE, text + "; dkim d.example; return r.example")
    assert (told.dkim, told.return_path) == (("d.example",), ("r.example",))
    (provider,) = read_table(SenderKind.MAILBOX, text)
    assert provider.dkim == provider.return_path == ()


@given(st.text(max_size=300))
def test_any_text_may_be_looked_up(name):
    owner = BOOK.by_host(name)
    assert owner is None or any(name == host or name.endswith("." + host) for host in owner.hosts)


def test_a_table_tells_the_line_that_is_wrong():
    with pytest.raises(ValueError, match="not an entry"):
        read_table(SenderKind.LIST, "one | One\n    hosts example.net")
    with pytest.raises(ValueError, match="not a part"):
        read_table(SenderKind.LIST, "one | One | | https://example.net/\n    host example.net")
    with pytest.raises(ValueError, match="not a part"):
        read_table(SenderKind.LIST, "one | One | | https://example.net/\n    hosts example.net; hosts example.org")
    with pytest.raises(ValueError, match="not a part"):
        read_table(SenderKind.LIST, "one | One | | https://example.net/\n    hosts example.net; spf; help")
    with pytest.raises(ValueError, match="not an entry"):
        read_table(SenderKind.LIST, "    hosts example.net\none | One | | https://example.net/")


def test_a_table_keeps_every_part():
    (entry,) = read_table(
        SenderKind.HOSTING,
        "one | One | 一 | https://example.net/\n"
        "    hosts a.example\n"
        "        b.example; spf s.example; dkim d.example\n"
        "    return r.example; net n.example\n"
        "    help https://help.example/",
    )
    assert entry == Sender(
        "one",
        "One",
        "一",
        SenderKind.HOSTING,
        ("a.example", "b.example"),
        ("s.example",),
        ("d.example",),
        ("r.example",),
        "https://help.example/",
        "https://example.net/",
        ("n.example",),
    )

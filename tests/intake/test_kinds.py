"""Kinds of inboxes: every setting has its words, values become set-ups, and what would do harm is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sekisho.core.errors import SettingsError
from sekisho.ingest.errors import Trouble
from sekisho.ingest.inbox import After, Step
from sekisho.intake import words
from sekisho.intake.addressing import report_address
from sekisho.intake.kinds import KINDS, config_of, fields_of, only_public, set_up
from sekisho.registry import inboxes
from sekisho.registry.inboxes import Setup
from sekisho.registry.models import Inbox, Organisation

IMAP = {"host": "imap.example.test", "user": "u", "password": "p"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_setting_has_its_words(kind: str) -> None:
    assert kind in words.KINDS
    for f in fields_of(kind):
        assert f.label, f.name
        assert f.help.endswith("."), f.name
        assert (f.type in (str, int, bool)) is not bool(f.choices), f.name
    assert set(words.SHOWN[kind]) <= {f.name for f in fields_of(kind)}


@pytest.mark.parametrize("path", ["docs/inboxes.md", "docs/ja/inboxes.md"])
def test_the_guide_has_a_section_for_every_kind(path: str) -> None:
    text = (Path(__file__).parents[2] / path).read_text()
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    for kind in KINDS:
        assert any(f"`{kind}`" in line for line in headings), kind
    named = set(re.findall(r"--set (\w+)=", text)) | set(re.findall(r"--secret-file (\w+)=", text))
    assert named <= {f.name for kind in KINDS for f in fields_of(kind)}


def test_every_step_trouble_and_ending_has_its_words() -> None:
    assert set(words.STEPS) == set(Step)
    assert set(words.TROUBLES) == set(Trouble)
    assert set(words.AFTERS) == set(After)
    assert all(words.trouble(code) for code in (*Trouble, words.SETTINGS, words.INTERNAL, "of a later version"))


def test_a_set_up_keeps_secrets_apart() -> None:
    setup = set_up("imap", "", {**IMAP, "password": "geheim-42"})
    assert setup.title == "u (imap.example.test)"
    assert "password" not in setup.values
    assert setup.secrets == {"password": "geheim-42"}
    assert "geheim" not in repr(setup)


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("nonsense", {}, "no kind"),
        ("imap", {"host": "h"}, "user: is needed"),
        ("imap", {**IMAP, "port": "x"}, "port: must be a whole number"),
        ("imap", {**IMAP, "after": "burn"}, "after: must be one of"),
        ("imap", {**IMAP, "nonsense": "x"}, "nonsense: there is no such setting"),
        ("imap", {**IMAP, "host": "x" * 30_000}, "host: is too long"),
        ("folder", {"path": "relative"}, "path: must be a whole path"),
    ],
)
def test_what_is_wrong_is_said_with_the_name_of_the_setting(kind: str, given: dict[str, object], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        set_up(kind, "", given)


def test_links_do_not_lead_into_the_home(settings: object, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(settings.HOUSE.home)  # type: ignore[attr-defined]
    for path in (tmp_path / "link", tmp_path / "link" / "x"):
        with pytest.raises(SettingsError, match="files of Sekisho"):
            set_up("folder", "", {"path": str(path)})


def test_secrets_cannot_be_opened_in_another_row_or_with_another_key(org: Organisation, settings: object) -> None:
    first = inboxes.add(org.pk, Setup("imap", "a", {}, {"password": "one"}))
    second = inboxes.add(org.pk, Setup("imap", "b", {}, {"password": "two"}))
    assert inboxes.secrets_of(first) == {"password": "one"}
    second.sealed = first.sealed
    with pytest.raises(SettingsError, match="key file"):
        inboxes.secrets_of(second)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(SettingsError, match="key file"):
        inboxes.secrets_of(first)


def test_after_a_loss_of_the_key_file_secrets_are_entered_again(org: Organisation, settings: object) -> None:
    made = inboxes.add(org.pk, set_up("imap", "", IMAP))
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    with pytest.raises(SettingsError, match="password: is needed"):
        set_up("imap", "", made.values, old=made)
    inboxes.change(made, set_up("imap", "", {**made.values, "password": "new"}, old=made), from_start=False)
    assert config_of(Inbox.objects.get(pk=made.pk)).password == "new"  # type: ignore[attr-defined]


def test_listeners_do_not_get_into_one_anothers_way(org: Organisation, other_org: Organisation) -> None:
    here = {"port": "2525", "hostname": "mx.example.test"}
    made = inboxes.add(org.pk, set_up("smtp", "", {**here, "addresses": "a@example.test, b@example.test"}))
    assert set_up("smtp", "", here).title == "127.0.0.1:2525"
    assert set_up("smtp", "", {**here, "addresses": "A@example.test"}, old=made)
    with pytest.raises(SettingsError, match="port: another inbox"):
        set_up("smtp", "", {**here, "lmtp": "on"})
    with pytest.raises(SettingsError, match="addresses: another inbox"):
        set_up("smtp", "", {**here, "addresses": "B@EXAMPLE.test"})
    with pytest.raises(SettingsError, match="no mail address"):
        set_up("smtp", "", {**here, "addresses": "nobody"})


def test_the_report_address_is_at_the_organisations_own_listener_first(org: Organisation, other_org: Organisation) -> None:
    assert not report_address(org).is_whole
    inboxes.add(other_org.pk, set_up("smtp", "", {"port": "25", "hostname": "mx.other.example"}))
    assert report_address(org).text == f"{org.report_token}@mx.other.example"
    inboxes.add(org.pk, set_up("smtp", "", {"port": "26", "hostname": "mx.example.jp"}))
    found = report_address(org)
    assert found.text == f"{org.report_token}@mx.example.jp"
    assert found.permission("example.jp") == ""
    assert found.permission("mail.example.jp") == ""
    assert found.permission("example.com") == "example.com._report._dmarc.mx.example.jp"


def test_every_organisation_has_a_report_address_of_its_own(org: Organisation, other_org: Organisation) -> None:
    assert org.report_token != other_org.report_token
    assert org.report_token.isalnum()
    assert org.report_token == org.report_token.lower()
    assert inboxes.organisation_of_token(org.report_token) == org.pk
    assert inboxes.organisation_of_token("") is None


@pytest.mark.django_db
@pytest.mark.parametrize(("said", "alone", "shared"), [("auto", False, True), ("on", False, False), ("off", True, True)])
def test_private_servers_are_for_an_install_of_one_organisation(settings: Any, said: str, alone: bool, shared: bool) -> None:
    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts=said)
    Organisation.objects.create(slug="one", name="One")
    assert only_public() is alone
    Organisation.objects.create(slug="two", name="Two")
    assert only_public() is shared

"""Whatever belongs to an organisation is in its export and goes with it, models of other rooms and later ones too."""

from __future__ import annotations

import io
import json
import zipfile

from django.apps import apps
from django.db import models

from sekisho.flow import House
from sekisho.registry.models import Channel, Inbox, Organisation, Token
from sekisho.web import everything
from tests.builders import record, report_xml
from tests.web.pages.conftest import keep

OUTLIVES = {"Errand"}
"""Says that and when something was erased, with a name and no content."""
TO_PERSONS_ONLY = {"User", "Raw", "NetworkOwner", "Listing", "Agency", "AgencyPerson"}
"""Belong to nobody, or to a person, or are reached by way of deliveries."""


def exported(house: House, org: Organisation) -> dict[str, bytes]:
    """The members of the zip by name."""
    out = io.BytesIO()
    everything.write(out, org, house.store, lambda _done, _total: None, check=lambda: None)
    with zipfile.ZipFile(out) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_every_model_of_an_organisation_is_exported(db: None) -> None:
    found = {model.__name__ for model, _ in everything.of_organisation()}
    every = {model.__name__ for model in apps.get_app_config("registry").get_models()}
    assert every - found == TO_PERSONS_ONLY


def test_every_model_of_an_organisation_goes_with_it(db: None) -> None:
    for model, path in everything.of_organisation():
        first = path.split("__")[0]
        if first == "pk" or model.__name__ in OUTLIVES:
            continue
        field = model._meta.get_field(first)
        assert field.remote_field.on_delete is models.CASCADE, model.__name__  # type: ignore[union-attr]


def test_it_has_the_rows_of_the_organisation_and_no_secret(house: House, org: Organisation, other_org: Organisation) -> None:
    keep(house, org, [(f"{n}.xml", report_xml(n, [record("192.0.2.1"), record("192.0.2.2")])) for n in range(5)])
    keep(house, other_org, [("x.xml", report_xml(9, [record("192.0.2.1", domain="other.example")], domain="other.example"))])
    for owner, word in ((org, "mine"), (other_org, "theirs")):
        Inbox.objects.create(organisation=owner, kind="imap", title=word, values={"host": f"{word}.example"}, sealed=b"secret-4711")
        Token.objects.create(organisation=owner, name=word, digest=word.encode() * 8)
        Channel.objects.create(organisation=owner, kind="mail", title=word, digests=["weekly"])
    found = exported(house, org)
    whole = b"".join(found.values())
    assert b"theirs" not in whole
    assert b"other.example" not in whole
    assert b"secret-4711" not in whole
    (inbox,) = map(json.loads, found["registry/inbox.jsonl"].splitlines())
    assert inbox["values"] == {"host": "mine.example"}
    (channel,) = map(json.loads, found["registry/channel.jsonl"].splitlines())
    assert channel["digests"] == ["weekly"]
    assert sum(name.startswith("raw/") for name in found) == 5
    assert len(found["facts/records.csv"].splitlines()) == 11
    assert {"facts/reports.csv", "facts/hosts.csv", "facts/groups.csv", "facts/tls.csv", "facts/failures.csv"} <= set(found)


def test_names_of_files_are_harmless(db: None) -> None:
    for name in ("../../etc/passwd", "", "a/b\\c", "..", "報告.xml", "x" * 300, "con:1"):
        safe = everything._safe(name)
        assert "/" not in safe
        assert "\\" not in safe
        assert 0 < len(safe) <= everything.MAX_NAME
        assert not safe.startswith(".")

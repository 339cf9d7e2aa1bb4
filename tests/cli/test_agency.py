"""Agencies at the command line: made, filled, listed, emptied."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.run import sekisho
from tests.cli.served import rows


def test_a_person_of_an_agency_is_a_member_of_its_organisations(tmp_path: Path) -> None:
    home = tmp_path / "home"
    for arguments in (
        ["org", "add", "one"],
        ["org", "add", "two"],
        ["user", "add", "dora@care.example", "--org", "one", "--role", "reader"],
        ["agency", "add", "Care"],
        ["agency", "person", "Care", "dora@care.example", "--role", "admin"],
        ["agency", "organisation", "Care", "one"],
        ["agency", "organisation", "Care", "two"],
    ):
        sekisho(home, arguments, check=True)
    (found,) = json.loads(sekisho(home, ["agency", "list", "--format", "json"], check=True).stdout)
    assert found == {"agency": "Care", "people": ["dora@care.example:admin"], "organisations": ["one", "two"]}
    members = "SELECT o.slug, m.role FROM registry_member m JOIN registry_organisation o ON o.id = m.organisation_id ORDER BY 1"
    assert rows(home, members) == [("one", "reader"), ("two", "admin")]
    sekisho(home, ["agency", "person", "Care", "dora@care.example", "--remove"], check=True)
    assert rows(home, members) == [("one", "reader")]
    assert sekisho(home, ["agency", "organisation", "Nobody", "one"]).returncode == 2

"""An agency's people have their role in each of its organisations, and none any more when they leave."""

from __future__ import annotations

from sekisho.registry import agencies
from sekisho.registry.agencies import Agency
from sekisho.registry.models import Member, Organisation, Role, User


def roles(user: User) -> dict[str, str]:
    """Where a person is a member, and as what."""
    return dict(Member.objects.filter(user=user).values_list("organisation__slug", "role"))


def test_a_person_of_an_agency_is_a_member_of_all_its_organisations(org: Organisation, other_org: Organisation) -> None:
    agency, dora = Agency.objects.create(name="Care"), User.objects.create_user("dora@care.example")
    agencies.put_organisation(agency, org)
    person = agencies.put_person(agency, dora, Role.ANALYST)
    agencies.put_organisation(agency, other_org)
    assert roles(dora) == {"acme": "analyst", "other": "analyst"}
    agencies.put_person(agency, dora, Role.READER)
    assert roles(dora) == {"acme": "reader", "other": "reader"}
    assert agencies.remove_person(person) == 2
    assert roles(dora) == {}


def test_a_membership_that_was_there_before_stays_as_it_is(org: Organisation, alice: User) -> None:
    agency = Agency.objects.create(name="Care")
    agencies.put_organisation(agency, org)
    person = agencies.put_person(agency, alice, Role.READER)
    assert roles(alice) == {"acme": "owner"}
    agencies.remove_person(person)
    assert roles(alice) == {"acme": "owner"}


def test_an_organisation_that_leaves_its_agency_has_only_its_own_people(org: Organisation, alice: User) -> None:
    agency, dora = Agency.objects.create(name="Care"), User.objects.create_user("dora@care.example")
    agencies.put_person(agency, dora, Role.OWNER)
    agencies.put_organisation(agency, org)
    agencies.take_out(org)
    assert roles(dora) == {}
    assert roles(alice) == {"acme": "owner"}


def test_another_agency_takes_an_organisation_over_whole(org: Organisation) -> None:
    old, new = Agency.objects.create(name="Care"), Agency.objects.create(name="More care")
    dora, erin = User.objects.create_user("dora@care.example"), User.objects.create_user("erin@more.example")
    agencies.put_person(old, dora, Role.OWNER)
    agencies.put_person(new, erin, Role.ADMIN)
    agencies.put_organisation(old, org)
    agencies.put_organisation(new, org)
    assert (roles(dora), roles(erin)) == ({}, {"acme": "admin"})
    assert org.customer.agency == new  # type: ignore[attr-defined]

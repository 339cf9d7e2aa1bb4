"""All organisations in one view: only one's own, what needs attention first; agencies make organisations and take people in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.pages.conftest import Story

from sekisho.registry import agencies
from sekisho.registry.agencies import Agency
from sekisho.registry.models import Alert, Domain, Inbox, Member, Organisation, Role, User

PAGES = (
    "/agency/",
    "/agency/organisations.csv",
    "/agency/1/new",
    "/agency/1/people/",
    "/agency/1/people/1/remove",
    "/agency/1/invitations/1/withdraw",
)


@pytest.fixture
def agency(org: Organisation) -> Agency:
    """An agency with Alice's organisation and two more."""
    made = Agency.objects.create(name="Care")
    agencies.put_organisation(made, org)
    for number in range(2):
        agencies.put_organisation(made, Organisation.objects.create(slug=f"c{number}", name=f"Customer {number}"))
    return made


@pytest.fixture
def dora(agency: Agency) -> User:
    """Owner of the agency."""
    made = User.objects.create_user("dora@care.example", "long-password-1")
    agencies.put_person(agency, made, Role.OWNER)
    return made


@pytest.fixture
def client_dora(dora: User) -> Client:
    """A browser with Dora signed in."""
    made = Client()
    made.force_login(dora)
    return made


def text_of(client: Client, path: str) -> str:
    """The page, or all of a file."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_strangers_are_led_to_sign_in(client: Client, store: object) -> None:
    for path in PAGES:
        for send in (client.get, client.post):
            assert send(path)["Location"].startswith("/accounts/login/?next="), path


def test_charlie_sees_only_his_own(client_charlie: Client, agency: Agency, story: Story) -> None:
    for path in ("/agency/", "/agency/?q=Acme", "/agency/?q=example.jp&enter=1", "/agency/organisations.csv"):
        page = text_of(client_charlie, path)
        assert "/acme/" not in page
        assert "\nacme," not in page
        assert "Customer 0" not in page
    for path in PAGES[2:]:
        own = path.replace("/1/", f"/{agency.pk}/", 1)
        assert (client_charlie.get(own).status_code, client_charlie.post(own).status_code) in ((404, 404), (405, 404)), path


def test_sums_are_those_of_the_organisations_own_pages(client_dora: Client, agency: Agency, story: Story) -> None:
    csv = text_of(client_dora, "/agency/organisations.csv?days=90").lstrip("\ufeff").splitlines()
    line = dict(zip(csv[0].split(","), csv[1].split(","), strict=True))
    assert (line["organisation"], int(line["messages"])) == ("acme", story.passed + story.spoofed)
    assert (int(line["spoof"]), line["none"], len(csv)) == (story.spoofed, "1", 4)


def test_what_needs_attention_comes_first(client_dora: Client, agency: Agency, story: Story) -> None:
    Alert.objects.all().delete()  # the story has one of its own
    quiet = Organisation.objects.get(slug="c1")
    now = timezone.now()
    Alert.objects.create(organisation=quiet, rule="burst", severity="urgent", first_day=1, last_day=2, raised=now, changed=now)
    broken = Organisation.objects.get(slug="c0")
    Inbox.objects.create(organisation=broken, kind="imap", title="x", failures=2, trouble="sign_in")
    page = text_of(client_dora, "/agency/?sort=urgency")
    assert page.index("Customer 1</a>") < page.index("Customer 0</a>") < page.index("Acme</a>")
    only = text_of(client_dora, "/agency/?only=attention")
    assert "Customer 1</a>" in only
    assert "Acme</a>" not in only


def test_the_number_of_questions_does_not_grow_with_the_organisations(client_dora: Client, agency: Agency, store: object) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text_of(client_dora, "/agency/")
        return len(asked)

    few = questions()
    for number in range(40):
        made = Organisation.objects.create(slug=f"more{number}", name=f"More {number}")
        agencies.put_organisation(agency, made)
        Domain.objects.create(organisation=made, name=f"d{number}.example")
    assert questions() == few


def test_one_that_is_found_alone_is_entered(client_dora: Client, agency: Agency, store: object) -> None:
    assert client_dora.get("/agency/?q=example.jp&enter=1")["Location"] == "/acme/overview"
    assert client_dora.get("/agency/?q=Customer&enter=1").status_code == 200


def test_a_new_organisation_has_the_people_of_the_agency(client_dora: Client, dora: User, agency: Agency, store: object) -> None:
    path = f"/agency/{agency.pk}/new"
    for wrong in ("agency", "acme", "a_b", "-x"):
        assert client_dora.post(path, {"name": "X", "slug": wrong, "language": "ja"}).status_code == 200, wrong
    answer = client_dora.post(path, {"name": "New", "slug": "fresh", "language": "en"})
    assert answer["Location"] == "/fresh/domains/"
    assert Member.objects.get(organisation__slug="fresh").user == dora
    assert Organisation.objects.get(slug="fresh").audit.count() == 1


def test_an_owner_takes_people_in_and_out(client_dora: Client, dora: User, agency: Agency, charlie: User, store: object) -> None:
    path = f"/agency/{agency.pk}/people/"
    client_dora.post(path, {"email": dora.email, "role": "reader"})
    assert Member.objects.filter(user=dora, role=Role.OWNER).count() == 3
    client_dora.post(path, {"email": charlie.email, "role": "analyst"})
    assert Member.objects.filter(user=charlie).count() == 4
    person = agency.people.get(user=charlie)
    assert client_dora.get(f"{path}{person.pk}/remove").status_code == 405
    client_dora.post(f"{path}{person.pk}/remove")
    assert list(Member.objects.filter(user=charlie).values_list("organisation__slug", flat=True)) == ["other"]
    own = agency.people.get(user=dora)
    assert client_dora.post(f"{path}{own.pk}/remove").status_code == 404


def test_whoever_has_no_account_is_invited_and_joins_all_of_it(
    client_dora: Client, dora: User, agency: Agency, client: Client, store: object
) -> None:
    path = f"/agency/{agency.pk}/people/"
    page = client_dora.post(path, {"email": "Nell@care.example", "role": "analyst"})
    assert not User.objects.filter(email="nell@care.example").exists()
    link = page.context["link"].removeprefix("http://localhost:8000")
    link = link[link.index("/invitations/") :]
    assert "Care" in client.get(link).content.decode()
    answer = client.post(link, {"name": "Nell", "password": "quite-a-long-one-7"})
    assert answer["Location"] == "/agency/"
    nell = User.objects.get(email="nell@care.example")
    assert agency.people.get(user=nell).role == "analyst"
    assert Member.objects.filter(user=nell, role="analyst").count() == 3
    assert {entry.action for entry in Organisation.objects.get(slug="c1").audit.all()} == {"person.invited", "person.joined"}
    assert Client().get(link).status_code == 404, "once"


def test_an_invitation_to_an_agency_is_withdrawn_by_its_owners_alone(
    client_dora: Client, client_charlie: Client, dora: User, agency: Agency, store: object
) -> None:
    path = f"/agency/{agency.pk}/people/"
    page = client_dora.post(path, {"email": "nell@care.example", "role": "reader"})
    link = page.context["link"]
    link = link[link.index("/invitations/") :]
    assert "nell@care.example" in client_dora.get(path).content.decode()
    away = f"/agency/{agency.pk}/invitations/{agency.invitations.get().pk}/withdraw"
    assert client_charlie.post(away).status_code == 404
    agency.people.filter(user=dora).update(role=Role.ADMIN)
    assert client_dora.post(away).status_code == 404
    assert client_dora.post(path, {"email": "other@care.example", "role": "reader"}).status_code == 404
    assert Client().get(link).status_code == 200
    agency.people.filter(user=dora).update(role=Role.OWNER)
    assert client_dora.post(away).status_code == 302
    assert Client().get(link).status_code == 404
    assert client_dora.post(away).status_code == 404


def test_an_administrator_makes_organisations_but_changes_no_people(agency: Agency, store: object) -> None:
    erin = User.objects.create_user("erin@care.example", "long-password-1")
    agencies.put_person(agency, erin, Role.ADMIN)
    client = Client()
    client.force_login(erin)
    assert client.get(f"/agency/{agency.pk}/new").status_code == 200
    assert client.get(f"/agency/{agency.pk}/people/").status_code == 404
    agencies.put_person(agency, erin, Role.ANALYST)
    assert client.get(f"/agency/{agency.pk}/new").status_code == 404


def test_the_switch_lists_a_few_and_searches_the_rest(client_dora: Client, agency: Agency, store: object) -> None:
    assert 'name="enter"' not in text_of(client_dora, "/acme/overview")
    for number in range(30):
        agencies.put_organisation(agency, Organisation.objects.create(slug=f"more{number}", name=f"More {number}"))
    page = text_of(client_dora, "/acme/overview")
    assert 'name="enter"' in page
    assert page.count("More 2") < 30


def test_the_first_person_of_an_empty_agency_finds_the_way(db: None, store: object) -> None:
    fred = User.objects.create_user("fred@care.example", "long-password-1")
    client = Client()
    client.force_login(fred)
    assert client.get("/no-organisation").status_code == 200
    empty = Agency.objects.create(name="New care")
    agencies.put_person(empty, fred, Role.OWNER)
    assert client.get("/no-organisation")["Location"] == "/agency/"
    assert f"/agency/{empty.pk}/new" in text_of(client, "/agency/")

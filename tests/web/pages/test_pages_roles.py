"""Which role may open and change what: one table of every address; a new view without a row fails."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern
from tests.builders import failure_mail
from tests.web.pages.conftest import Story, keep
from tests.web.pages.test_pages_access import address
from tests.web.pages.test_pages_audit import CHANGES, FORMS, as_shown

from sekisho.flow import House
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Member, Organisation, User
from sekisho.registry.roles import RANKS
from sekisho.web.accounts.urls import account_urls
from sekisho.web.pages.urls import org_urls
from sekisho.web.urls import urlpatterns

SEEN = {
    "reader": """
        overview domains domain domain_groups domain_hosts domain_reports domain_dns domain_checklist domain_start
        domain_start_check domain_new what_if export_what_if dns groups group hosts host host_owner host_letter campaigns campaign
        export_campaign map reports report report_raw report_download alerts alert papers paper notifications failures failure
        digest_preview digest_mail
        tls tls_report deliveries deliveries_status delivery delivery_download upload help help_term settings_tokens
        export_records export_hosts export_groups export_reports export_alerts export_failures export_campaigns export_tls
    """,
    "analyst": "",
    "admin": """
        settings settings_inboxes settings_inbox_kinds settings_inbox_new settings_inbox_google settings_inbox
        settings_inbox_change settings_alerts settings_channels settings_channel settings_people settings_audit export_audit
        settings_keeping settings_keeping_status
    """,
    "owner": "domain_remove settings_keeping_download settings_keeping_erase settings_sso",
}
"""The least role that may open an address."""
CHANGED = {
    "reader": "notifications settings_tokens settings_token_revoke",
    "analyst": """
        deliveries_adopt deliveries_reread decide failure_look domain_dns_look alert_act upload domain_new domain_start
    """,
    "admin": """
        settings_inbox_new settings_inbox_change settings_inbox_test settings_inbox_pause settings_inbox_resume
        settings_inbox_remove settings_inbox_sign_in settings_inbox_signed_in settings_alerts settings_channels settings_channel
        settings_channel_act settings_people_invite settings_person_role settings_person_remove settings_invitation_withdraw
        settings_keeping
    """,
    "owner": """
        settings_people_rules settings_keeping_hold settings_keeping_lift settings_keeping_export settings_keeping_erase
        domain_remove settings_sso settings_sso_remove
    """,
}
"""The least role whose POST to an address does something."""
SHOWS_TO_ALL = {"domain_start"}
"""Pages that take a POST to look something up, which writes nothing that is anybody's."""
OUTSIDE = {
    "everybody": """
        home health ready metrics api_reference api_nothing help_anywhere no_organisation
    """,
    "ticket": "invitation unsubscribe",
    "token": "api_deliver api_delivery",
    "person": "agency agency_export my_account leave usersessions_list",
    "manager": "agency_new agency_people agency_remove agency_withdraw",
    "operator": "operator",
}
"""Whom an address outside `/<org>/` answers; those of the libraries are tried with signing in."""
WRITES = re.compile(r'^(?:INSERT|UPDATE|DELETE)\s.*?"(registry_\w+)"', re.IGNORECASE)
QUIET = {"registry_networkowner", "registry_channel", "registry_proof"}
"""What a page keeps of public registries, and what every organisation has from the first look on."""
OWN_ALONE = {"settings_token_revoke"}
"""A person's own: see test_pages_tokens."""
OF_SIGN_ON = {"sign_on", "sign_on_go", "sign_on_again", "saml/<slug:organization_slug>/acs/finish/"}
"""See tests/web/accounts."""
PATTERNS = {pattern.name: pattern for pattern in org_urls}


def rows(table: dict[str, str]) -> dict[str, str]:
    """Names with their least role."""
    return {name: role for role, names in table.items() for name in names.split()}


def lower(least: str) -> Iterator[str]:
    """The roles below one."""
    return (str(role) for role in RANKS[: [str(role) for role in RANKS].index(least)])


@pytest.fixture
def bob_as(bob: User, client_bob: Client, org: Organisation) -> object:
    """Bob's browser, once he has a role."""

    def as_role(role: str) -> Client:
        Member.objects.filter(organisation=org, user=bob).update(role=role)
        return client_bob

    return as_role


def test_every_address_has_a_row() -> None:
    only_changed = set(rows(CHANGED)) - set(rows(SEEN))
    assert set(rows(SEEN)) | only_changed == set(PATTERNS)


def outside() -> dict[str, URLPattern]:
    """Addresses of our own that stand below no organisation."""
    found = [*urlpatterns, *account_urls]
    return {pattern.name or str(pattern.pattern): pattern for pattern in found if isinstance(pattern, URLPattern)}


def test_every_address_outside_has_a_row() -> None:
    assert set(rows(OUTSIDE)) == set(outside()) - OF_SIGN_ON


@pytest.mark.parametrize("name", sorted(rows(OUTSIDE)))
def test_addresses_outside(name: str, client: Client, client_alice: Client, store: object) -> None:
    operator = Client()
    operator.force_login(User.objects.create_superuser("operator@example.net", "long-password-1"))
    whose = rows(OUTSIDE)[name]
    prefix = "/accounts" if outside()[name] in account_urls else ""
    values = {"text": "x", "ticket": "x", "rest": "x", "person": "1", "invitation": "1"}
    path = prefix + address(outside()[name], "", values).removeprefix("/")
    path = "/" + path.removeprefix("/")
    stranger = Client().get(path)
    is_led_away = stranger.status_code == 302 and stranger["Location"].startswith("/accounts/login/")
    assert is_led_away == (whose in ("person", "manager", "operator") or name in ("home", "no_organisation")), stranger
    assert (stranger.status_code == 401) == (whose == "token"), stranger
    statuses = client_alice.get(path).status_code, operator.get(path).status_code
    if whose == "operator":
        assert statuses == (404, 200)
    if whose == "manager":
        assert set(statuses) <= {404, 405}, "of an agency that is not theirs"
    if whose == "ticket":
        assert stranger.status_code in (200, 404, 410)
        assert b"acme" not in stranger.content


@pytest.mark.parametrize("role", RANKS)
def test_pages_open_from_their_role_on(role: str, bob_as: object, story: Story, house: House, org: Organisation) -> None:
    keep(house, org, [("f.eml", failure_mail(1))])
    client = bob_as(role)
    for name, least in rows(SEEN).items():
        status = client.get(address(PATTERNS[name])).status_code
        assert (status == 403) == (role in lower(least)), (name, status)
        assert status in (200, 302, 403, 404), (name, status)


@pytest.mark.parametrize("name", sorted(set(rows(CHANGED)) - SHOWS_TO_ALL))
def test_roles_below_change_nothing(name: str, bob_as: object, story: Story, house: House, org: Organisation) -> None:
    keep(house, org, [("f.eml", failure_mail(1))])
    prepare, form = CHANGES.get(name, (lambda _org: 1, FORMS.get(name, {"name": "new.example", "files": "x"})))
    number = str(prepare(org))
    form = {key: value.format(number=number) for key, value in form.items()}
    for role in lower(rows(CHANGED)[name]):
        with CaptureQueriesContext(connection) as asked:
            answer = bob_as(role).post(address(PATTERNS[name], values={"number": number}), form)
        written = {found[1] for query in asked if (found := WRITES.match(query["sql"]))} - QUIET
        assert not (written - {"registry_member"}), (role, written)
        assert answer.status_code in (302, 403, 405), (role, answer.status_code)
    assert not AuditEntry.objects.filter(organisation=org).exists()


@pytest.mark.parametrize("name", sorted((set(CHANGES) | set(FORMS)) - OWN_ALONE))
def test_the_role_of_the_row_is_enough(
    name: str, bob_as: object, story: Story, house: House, org: Organisation, alice: User
) -> None:
    keep(house, org, [("f.eml", failure_mail(1))])
    prepare, form = CHANGES.get(name, (lambda _org: 1, FORMS.get(name, {})))
    number = str(prepare(org))
    client = bob_as(rows(CHANGED)[name])
    path = address(PATTERNS[name], values={"number": number})
    form = {key: value.format(number=number) for key, value in form.items()}
    if name == "settings_tokens":
        form["scopes"] = "read"
    client.post(path, form or (as_shown(client, path) if name in FORMS else {}))
    assert AuditEntry.objects.filter(organisation=org, who="bob@example.jp").exists()

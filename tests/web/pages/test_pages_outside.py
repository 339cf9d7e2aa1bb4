"""Pages that stand outside of an organisation."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from sekisho.registry.models import User
from sekisho.web.pages.glossary import help_anywhere, no_organisation


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def test_help_leads_into_the_organisation_of_a_person(rf: RequestFactory, alice: User) -> None:
    request = rf.get("/help/")
    request.user = alice
    assert help_anywhere(request)["Location"] == "/acme/help/"


def test_help_is_for_everybody(rf: RequestFactory) -> None:
    request = rf.get("/help/")
    request.user = AnonymousUser()
    answer = help_anywhere(request)
    assert answer.status_code == 200
    assert b"Publishes which addresses may send" in answer.content


@pytest.mark.django_db
def test_a_person_without_organisation_is_told_whom_to_ask(rf: RequestFactory) -> None:
    request = rf.get("/none")
    request.user = User.objects.create_user("lonely@example.jp", "long-password-1")
    answer = no_organisation(request)
    assert b"nobody has taken you into an organisation" in answer.content


def test_a_person_with_an_organisation_is_led_there(rf: RequestFactory, alice: User) -> None:
    request = rf.get("/none")
    request.user = alice
    assert no_organisation(request)["Location"] == "/acme/overview"
    request.user = AnonymousUser()
    assert no_organisation(request)["Location"] == "/accounts/login/"

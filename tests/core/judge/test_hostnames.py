"""What host names tell of lists and of those who answer requests."""

from __future__ import annotations

import pytest

from sekisho.core.judge.hostnames import MAX_LENGTH, looks_like_desk, looks_like_lists

LISTS = [
    "listes.example.fr",
    "liste.example.fr",
    "lista.example.it",
    "listas.example.es",
    "listen.example.de",
    "verteiler.example.de",
    "grupos.example.es",
    "mlist.example.jp",
    "mailinglist.example.org",
    "majordomo.example.org",
    "fml.example.jp",
    "mx-listes.example.fr",
    "smtp.listes.example.fr",
]
DESKS = [
    "tickets.example.org",
    "ticket.example.org",
    "support.example.org",
    "support2.example.org",
    "mail.helpdesk.example.org",
    "otrs.example.org",
    "rt.example.org",
    "mail-jira.example.org",
]
NEITHER = [
    "specialistes.example.fr",
    "specialista.example.it",
    "journalisten.example.de",
    "starts.example.org",
    "sport.example.org",
    "supporters.example.org",
    "help-desktop.example.org",
    "art.example.org",
    "mail.example.org",
    "mail.example.support",
    "example.tickets",
    "lists",
    "support",
    "",
]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_known_by_the_words_of_several_languages(name: str) -> None:
    assert looks_like_lists(name)
    assert not looks_like_desk(name)


@pytest.mark.parametrize("name", DESKS)
def test_those_who_answer_requests_are_known_by_their_system(name: str) -> None:
    assert looks_like_desk(name)
    assert not looks_like_lists(name)


@pytest.mark.parametrize("name", NEITHER)
def test_a_word_is_one_only_from_dot_to_dot(name: str) -> None:
    assert not looks_like_lists(name)
    assert not looks_like_desk(name)


def test_what_is_too_long_for_a_name_tells_nothing() -> None:
    long = "a." * (MAX_LENGTH // 2)
    assert not looks_like_lists(f"{long}lists.example.org")
    assert not looks_like_desk(f"{long}tickets.example.org")


@pytest.mark.parametrize("name", ["mail.support.com", "mx1.desk.com", "mail.tracker.com"])
def test_a_company_named_like_a_desk_is_none(name: str) -> None:
    assert not looks_like_desk(name)


@pytest.mark.parametrize("name", ["mail.groupe.fr", "smtp.groupe.example.fr", "mail.lists.com"])
def test_a_company_named_like_a_list_is_none(name: str) -> None:
    assert not looks_like_lists(name)

"""Addresses in SMTP commands are read as the library reads them, plain ones faster."""

from __future__ import annotations

import pytest
from aiosmtpd.smtp import SMTP

from sekisho.ingest.smtp import _PLAIN, _SmtpSession

PLAIN = (
    "<a@b.example>",
    "<a@b.example> SIZE=100 BODY=8BITMIME",
    "<a@b.example>  SIZE=4",
    "<first.last+r-1a2b3c@mx.example.test>",
    "<dmarc=bounce!x@mail-1.example.co.jp> SMTPUTF8",
)
ODD = (
    "<>",
    "",
    "<a@b>",
    "a@b.example",
    "<@relay.example:a@b.example>",
    "<a@b.example>SIZE=1",
    " <a@b.example>",
    '<"two words"@b.example>',
    "<a@[192.0.2.1]>",
    "<a..b@b.example>",
    "<.a@b.example>",
    "<a@b..example>",
    "<é@b.example>",
    "<a@b.example> é",
    "<a@b.example",
    "a" * 1000,
    "<" + "a" * 65 + "@b.example>",
    "<a@b.example>\n",
)


@pytest.fixture
def session() -> _SmtpSession:
    """A connection that nothing was said on."""
    return _SmtpSession.__new__(_SmtpSession)


@pytest.mark.parametrize("argument", PLAIN)
def test_a_plain_address_is_read_at_once_and_means_the_same(session: _SmtpSession, argument: str) -> None:
    assert _PLAIN.fullmatch(argument)
    assert session._getaddr(argument) == SMTP._getaddr(session, argument)


@pytest.mark.parametrize("argument", ODD)
def test_any_other_is_left_to_the_library(session: _SmtpSession, argument: str) -> None:
    assert not _PLAIN.fullmatch(argument)
    assert session._getaddr(argument) == SMTP._getaddr(session, argument)

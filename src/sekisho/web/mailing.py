"""What all mails share: where people reach the pages, colours, bars of table cells, and the way out of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

from sekisho.registry import wishes
from sekisho.registry.models import Channel, Member, Organisation
from sekisho.web import formats
from sekisho.web.pages import words

BAR_PX = 84
"""Height of the tallest bar."""
COLOURS = {"spoof": "#A3143C", "failing": "#A66000", "forwarded": "#5B50B5", "normal": "#42566A"}
PLAIN_COLOUR = "#1A4F86"
LOCAL_URL = "http://127.0.0.1:8025"
UNSUBSCRIBING = "sekisho.unsubscribe"


class Part(NamedTuple):
    """A piece of a bar."""

    height: int
    colour: str


class Bar(NamedTuple):
    """A day of a small chart, its parts from the top."""

    day: str
    figure: str
    parts: tuple[Part, ...]


def base_url() -> str:
    """Where people reach the pages, without a slash at the end."""
    return str(settings.HOUSE.public_url or LOCAL_URL).rstrip("/")


def org_url(org: Organisation, path: str) -> str:
    """A page of an organisation, whole."""
    return f"{base_url()}/{org.slug}/{path}"


def list_id(org: Organisation, kind: str) -> str:
    """Names a kind of mail of an organisation (RFC 2919)."""
    host = (settings.MAIL.sender if settings.MAIL else "sekisho@localhost").rpartition("@")[2]
    return f"{kind}.{org.slug}.{host}"


def bars(first_day: int, counts: Sequence[Sequence[int]], colours: Sequence[str]) -> list[Bar]:
    """The bars of days that follow each other, a part for each colour from the top; none where there is nothing to draw."""
    most = max((sum(parts) for parts in counts), default=0)
    if not most:
        return []
    return [
        Bar(
            formats.day_short(first_day + n, words.lang()),
            formats.number(sum(parts)),
            tuple(
                Part(max(2, round(BAR_PX * count / most)), colour) for count, colour in zip(parts, colours, strict=True) if count
            ),
        )
        for n, parts in enumerate(counts)
    ]


def unsubscribe_url(org: int, to: str, kind: str) -> str:
    """Where the person of an address ends mails of a kind (`alerts`, `daily` …); empty for an address that is nobody's account."""
    member = wishes.member_of(org, to) if to else None
    if member is None:
        return ""
    return base_url() + reverse("unsubscribe", kwargs={"ticket": signing.dumps([member.pk, kind], salt=UNSUBSCRIBING)})


def language_for(channel: Channel, to: str) -> str:
    """The language of a mail: that of the person where the channel writes to members, else that of the channel."""
    member: Member | None = wishes.member_of(channel.organisation_id, to) if to and not channel.to.strip() else None
    if member is not None:
        return wishes.language_of(member)
    return channel.language or channel.organisation.language

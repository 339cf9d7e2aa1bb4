"""What a channel carries, and what it raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sekisho.core.errors import SekishoError


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    kind: str
    """Its media type."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message in one language; text and HTML say the same in the same order."""

    subject: str
    text: str
    html: str
    url: str
    data: Mapping[str, object] = field(default_factory=dict)
    """The same for programs."""
    list_id: str = ""
    """Names the kind of mail (RFC 2919), so that people can filter it."""
    brief: str = ""
    """The same in a few sentences, for chats."""
    unsubscribe: str = ""
    """Address of the page that ends such mails to this person (RFC 2369; by one click where it is https, RFC 8058)."""
    attachments: tuple[Attachment, ...] = ()


class SendFailed(SekishoError):
    """It could not be handed over; `permanent` says that trying again is no use."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent

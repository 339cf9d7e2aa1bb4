"""The kinds of mailboxes that are looked at, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sekisho.ingest.bucket import BucketConfig, BucketInbox
from sekisho.ingest.config import Config
from sekisho.ingest.folder import FolderConfig, FolderInbox
from sekisho.ingest.imap import ImapConfig, ImapInbox
from sekisho.ingest.inbox import Inbox
from sekisho.ingest.maildir import MaildirConfig, MaildirInbox
from sekisho.ingest.mbox import MboxConfig, MboxInbox
from sekisho.ingest.pop3 import Pop3Config, Pop3Inbox


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its configuration, and how its inbox is made."""

    config: type[Config]
    make: Callable[[Any], Inbox]


KINDS = {
    "imap": Kind(ImapConfig, ImapInbox),
    "pop3": Kind(Pop3Config, Pop3Inbox),
    "maildir": Kind(MaildirConfig, MaildirInbox),
    "mbox": Kind(MboxConfig, MboxInbox),
    "folder": Kind(FolderConfig, FolderInbox),
    "bucket": Kind(BucketConfig, BucketInbox),
}

"""The kinds of mailboxes that are looked at, by name."""

from __future__ import annotations

from collections.abc import Callable

from sekisho.ingest.bucket import BucketConfig, BucketInbox
from sekisho.ingest.config import Config
from sekisho.ingest.folder import FolderConfig, FolderInbox
from sekisho.ingest.gmail import GmailConfig, GmailInbox
from sekisho.ingest.graph import GraphConfig, GraphInbox
from sekisho.ingest.imap import ImapConfig, ImapInbox
from sekisho.ingest.inbox import Inbox
from sekisho.ingest.maildir import MaildirConfig, MaildirInbox
from sekisho.ingest.mbox import MboxConfig, MboxInbox
from sekisho.ingest.pop3 import Pop3Config, Pop3Inbox

KINDS: dict[str, type[Config]] = {
    "imap": ImapConfig,
    "pop3": Pop3Config,
    "maildir": MaildirConfig,
    "mbox": MboxConfig,
    "folder": FolderConfig,
    "bucket": BucketConfig,
    "graph": GraphConfig,
    "gmail": GmailConfig,
}
"""Kinds and their configurations, for `read_config`."""


def open_inbox(config: Config, renewed: Callable[[str, str], None] | None = None, *, only_public: bool = False) -> Inbox:
    """The inbox of a configuration; `renewed` is told the field and value of a secret that its server has replaced.

    `only_public` keeps it from servers that are not on the open internet.
    """
    match config:
        case ImapConfig():
            return ImapInbox(config, only_public=only_public)
        case Pop3Config():
            return Pop3Inbox(config, only_public=only_public)
        case MaildirConfig():
            return MaildirInbox(config)
        case MboxConfig():
            return MboxInbox(config)
        case FolderConfig():
            return FolderInbox(config)
        case BucketConfig():
            return BucketInbox(config, only_public=only_public)
        case GraphConfig():
            keep = None if renewed is None else lambda token: renewed("refresh_token", token)
            return GraphInbox(config, keep, only_public=only_public)
        case GmailConfig():
            return GmailInbox(config, only_public=only_public)
    raise TypeError(f"no inbox for {type(config).__name__}")

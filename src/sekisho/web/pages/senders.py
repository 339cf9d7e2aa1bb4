"""What a sending group is called and what kind of sender it is, by its key and the book of senders."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sekisho.core.judge.book import BOOK
from sekisho.core.judge.sources import Sender, SenderKind

KIND_WORDS: dict[SenderKind, Promise | str] = {
    SenderKind.SERVICE: gettext_lazy("sending service"),
    SenderKind.MAILBOX: gettext_lazy("mailbox provider"),
    SenderKind.FORWARDER: gettext_lazy("forwarding service"),
    SenderKind.LIST: gettext_lazy("mailing lists"),
    SenderKind.GATEWAY: gettext_lazy("security gateway"),
    SenderKind.HOSTING: gettext_lazy("server rental"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A sending group as people read it."""

    key: str
    label: str
    kind: str
    """What it is, in a few words."""
    sender: Sender | None = None
    """Its entry in the book."""

    @property
    def is_technical(self) -> bool:
        """Whether the label is a name of the DNS, to be set without translation."""
        return self.key.startswith(("dom.", "claim."))


def named(key: str) -> Named:
    """The name of a group; keys are those of `core.judge.sources.group_of`."""
    kind, _dot, rest = key.partition(".")
    if kind == "svc" and rest in BOOK.senders:
        sender = BOOK.senders[rest]
        is_japanese = (get_language() or "").startswith("ja")
        return Named(key, sender.name_ja if is_japanese and sender.name_ja else sender.name, str(KIND_WORDS[sender.kind]), sender)
    if kind == "dom":
        return Named(key, rest, _("host names under this domain"))
    if kind == "claim":
        return Named(key, _("%(name)s (claimed)") % {"name": rest}, _("host names not confirmed"))
    if key == "net.private":
        return Named(key, _("Private addresses"), _("inside somebody's own network"))
    if kind == "net":
        label = rest.upper() if rest[:2] == "as" and rest[2:].isdigit() else rest
        return Named(key, label, _("network without host names"))
    return Named(key, _("Sources without a name"), _("neither host name nor network known"))

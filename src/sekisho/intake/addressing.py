"""The report address of an organisation: where its listeners take mail, and what the DNS must say for it."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.dmarc.uri import mailto, read_uris
from sekisho.core.names import is_within, organizational_domain
from sekisho.registry.inboxes import LISTENER
from sekisho.registry.models import Inbox, Organisation

NO_NAME = frozenset({"", "localhost"})


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """`local@host`; the host is empty while no listener says its name."""

    local: str
    host: str

    @property
    def is_whole(self) -> bool:
        """Whether mail can be sent to it."""
        return bool(self.host)

    @property
    def text(self) -> str:
        """For people; the part before @ alone where the rest is not known."""
        return f"{self.local}@{self.host}"

    def permission(self, domain: str) -> str:
        """Name of the TXT record that lets reports on `domain` go to another domain (RFC 9990, 4); empty where none is needed."""
        if organizational_domain(domain) == organizational_domain(self.host) or is_within(self.host, domain):
            return ""
        return f"{domain}._report._dmarc.{self.host}"


def report_address(org: Organisation) -> ReportAddress:
    """The address, at the name of the organisation's own listener, else of any: all listeners know all organisations."""
    rows = Inbox.objects.filter(kind=LISTENER, is_paused=False).order_by("pk").values_list("organisation_id", "values")
    named = [(number != org.pk, str(values.get("hostname", ""))) for number, values in rows]
    hosts = [host for _is_other, host in sorted(named, key=lambda pair: pair[0]) if host not in NO_NAME]
    return ReportAddress(org.report_token, hosts[0] if hosts else "")


def inbox_address(inbox: Inbox) -> ReportAddress | None:
    """The report address of a listener, at its own name, else at that of its organisation; None for other kinds."""
    if not inbox.report_token:
        return None
    host = str(inbox.values.get("hostname", ""))
    return ReportAddress(inbox.report_token, report_address(inbox.organisation).host if host in NO_NAME else host)


def asked_at(org: Organisation, entered: str = "") -> str:
    """The address where reports are asked for at; empty while nothing takes mail in.

    The one that was entered for the domain, else the report address of the organisation, else that of a mailbox which is
    looked into.
    """
    if entered:
        return entered
    own = report_address(org)
    if own.is_whole:
        return own.text
    values = Inbox.objects.filter(organisation=org, is_paused=False).order_by("pk").values_list("values", flat=True)
    accounts = (str(each.get("user") or each.get("mailbox") or "") for each in values)
    return next((account for account in accounts if is_address(account)), "")


def is_address(text: str) -> bool:
    """Whether a DMARC record can name it."""
    uris, _notes = read_uris("rua", mailto(text)) if text.count("@") == 1 else ((), [])
    return any(uri.is_usable for uri in uris)

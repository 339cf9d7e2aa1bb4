"""The report address of an organisation: where its listeners take mail, and what the DNS must say for it."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.names import is_within, organizational_domain
from sekisho.intake.kinds import LISTENER
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

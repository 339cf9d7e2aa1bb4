"""The letter to the people who run a host's network: what was seen, with figures; a person reads, copies and sends it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sekisho.core.facts import Evidence
from sekisho.core.terms import Class
from sekisho.core.ways import way_from_text
from sekisho.registry import networks
from sekisho.registry.models import NetworkOwner
from sekisho.store.query import DaySplit, DomainSum, FlowVerdict
from sekisho.store.span import canonical
from sekisho.web import formats
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.senders import named
from sekisho.web.parts import Crumb

LANGUAGES = {"en": "English", "ja": "日本語"}
DAYS_TOLD = 14
"""Days with figures; the newest."""
FLOWS_TOLD = 5
NAMES_TOLD = 10
MAX_LINE = 400
MAX_MAILTO = 1_800
"""Characters of an address that mail programs take (some cut at 2,000)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, ready to be read."""

    to: str
    subject: str
    body: str
    language: str

    @property
    def mailto(self) -> str:
        """Opens a mail program with the letter; the text is left out where it is too long for that."""
        head = f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}"
        whole = f"{head}&body={quote(self.body)}"
        return whole if len(whole) <= MAX_MAILTO else head


@org_page
def host_letter(request: OrgRequest, address: str) -> HttpResponse:
    """The letter on a host, in the language of its network unless another is asked for; `as=txt` gives it as a file."""
    address = canonical(address)
    asked = ask(request, Form(), host=(address,))
    if asked.store.first_seen(request.org.pk, address) is None:
        raise Http404
    owner = networks.known(address)
    evidence, group = asked.store.evidence([address]).get(address) or (Evidence(address), None)
    found = letter(asked, evidence, owner, request.GET.get("language", ""))
    if request.GET.get("as") == "txt":
        return _file(found, address)
    return asked.render(
        "pages/letter.html",
        crumbs=[
            Crumb(_("Sources"), asked.url("hosts")),
            Crumb(address, asked.url("host", address=address)),
            Crumb(_("Abuse report")),
        ],
        address=address,
        letter=found,
        owner=owner,
        service=named(group.key).sender if group else None,
        languages=[
            (code, name, _with(asked.url("host_letter", address=address), f"language={code}")) for code, name in LANGUAGES.items()
        ],
        text_url=_with(asked.url("host_letter", address=address), f"language={found.language}&as=txt"),
        back_url=asked.url("host", address=address),
    )


def _with(url: str, more: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{more}"


def _file(found: Letter, address: str) -> HttpResponse:
    answer = HttpResponse(
        f"To: {found.to}\r\nSubject: {found.subject}\r\n\r\n" + found.body.replace("\n", "\r\n"),
        content_type="text/plain; charset=utf-8",
    )
    name = address.replace(":", "-")
    answer["Content-Disposition"] = f'attachment; filename="abuse-{name}.txt"'
    return answer


def letter(asked: Asked, evidence: Evidence, owner: NetworkOwner | None, chosen: str) -> Letter:
    """The letter from what the filters show of the host's failing mail; nothing of it names a recipient.

    Where no language of ours is chosen, it is in that of the network.
    """
    language = chosen if chosen in LANGUAGES else "ja" if owner is not None and owner.country == "JP" else "en"
    spoofed = replace(asked.filter, classes=(Class.SPOOF,))
    days = asked.store.days(spoofed)
    if not days:
        spoofed = replace(asked.filter, classes=(Class.SPOOF, Class.FAILING))
        days = asked.store.days(spoofed)
    flows = asked.store.flows(spoofed, limit=FLOWS_TOLD)
    reporters = [share.value for share in asked.store.shares(spoofed, "reporter", limit=NAMES_TOLD)]
    domains = asked.store.domains(spoofed)
    messages = sum(day.split.messages for day in days)
    with override(language):
        parts = [
            _greeting(owner),
            _what(evidence.address, domains, messages),
            _facts(evidence, days, reporters),
            _how(flows),
            _please(),
            _from(asked),
        ]
        subject = _("Abuse report: mail with a forged sender from %(address)s") % {"address": evidence.address}
        body = "\n\n".join(part for part in parts if part) + "\n"
    return Letter(owner.abuse if owner is not None else "", subject, body, language)


def _greeting(owner: NetworkOwner | None) -> str:
    if owner is None or not owner.name:
        return _("To whom it may concern,")
    return _("To the abuse desk of %(name)s,") % {"name": owner.name}


def _what(address: str, domains: list[DomainSum], messages: int) -> str:
    names = ", ".join(row.domain for row in domains[:NAMES_TOLD])
    text = ngettext(
        "A host in your network, %(address)s, sent at least %(count)s message that claims to come from %(domains)s. "
        "Neither SPF nor DKIM passes for that name. We did not send it and know of no agreement with whoever runs the host.",
        "A host in your network, %(address)s, sent at least %(count)s messages that claim to come from %(domains)s. "
        "Neither SPF nor DKIM passes for that name. We did not send them and know of no agreement with whoever runs the host.",
        messages,
    )
    return text % {"address": address, "count": formats.number(messages), "domains": names}


def _facts(evidence: Evidence, days: list[DaySplit], reporters: list[str]) -> str:
    lines = [
        _("What mail receivers reported (DMARC aggregate reports, RFC 9990; days are days of UTC):"),
        "  " + _("Address") + ": " + evidence.address,
    ]
    if evidence.ptr:
        lines.append("  " + _("Host name") + ": " + evidence.ptr)
    lines.append("  " + _("Reported by") + ": " + ", ".join(reporters))
    lines += [f"  {formats.day_iso(day)}: {formats.number(split.messages)}" for day, split in days[-DAYS_TOLD:]]
    return "\n".join(lines)


def _how(flows: list[FlowVerdict]) -> str:
    if not flows:
        return ""
    lines = [_("How it presented itself:")]
    for flow in flows:
        way = way_from_text(flow.way)
        spf = "; ".join(f"{auth.result} {auth.domain}" for auth in way.spf) or "-"
        dkim = "; ".join(f"{auth.result} {auth.domain}" for auth in way.dkim[:3]) or "-"
        lines.append(
            f"  From: {way.header_from or flow.domain} | MAIL FROM: {way.envelope_from or '-'} | SPF: {spf} | DKIM: {dkim}"
        )
    return "\n".join(dict.fromkeys(lines))  # flows that differ only in what is not told here


def _please() -> str:
    return _(
        "Please look into it, stop the abuse, and tell us what you found. If the host was taken over, its owner should know. "
        "We gladly send more details."
    )


def _from(asked: Asked) -> str:
    person = asked.request.user
    name = person.name or ""
    return "\n".join(line for line in (name, asked.org.name, person.email) if line)

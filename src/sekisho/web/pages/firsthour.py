"""The first hour: domains are added, their records published and checked, and the first report is waited for."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sekisho.core.dmarc.uri import mailto
from sekisho.core.dmarc.write import merged
from sekisho.core.errors import UsageError
from sekisho.core.guidance.start import Start, Txt, proof_record
from sekisho.core.terms import Found
from sekisho.intake.addressing import asked_at, is_address, report_address
from sekisho.registry import deliveries, proofs
from sekisho.registry.audit import Action, note
from sekisho.registry.domains import checked
from sekisho.registry.models import Domain, Organisation
from sekisho.registry.proofs import Proof
from sekisho.store.query import Filter
from sekisho.web import facts
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.domains import registered_domain
from sekisho.web.pages.proof import is_off, look
from sekisho.web.pages.roles import may_administer, may_change
from sekisho.web.parts import Crumb, Tone

MOST_AT_ONCE = 500
"""Domains of one pasted list."""
MOST_TEXT = 64_000
MOST_BAD = 10
"""Lines that cannot be a domain which are shown."""
MOST_WAITING = 50
"""Domains without reports that the page lists."""
DAYS = 10**6
"""As far as facts can reach: the first hour is over once there is any report."""


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OrgRequest) -> HttpResponse:
    """The form for one domain or a list of them; a POST registers them and leads to the records."""
    text = request.POST.get("names", "")[:MOST_TEXT] if request.method == "POST" else ""
    bad: list[str] = []
    if request.method == "POST":
        if not may_change(request):
            raise PermissionDenied
        good, bad = _read(text)
        for name in good:
            _add(request, name)
        if len(good) == 1 and not bad:
            return redirect("domain_start", org=request.org.slug, name=good[0])
        if good:
            told = ngettext("%(n)d domain is added.", "%(n)d domains are added.", len(good)) % {"n": len(good)}
            messages.success(request, told)
            text = "\n".join(bad)
    context = {
        "text": text,
        "bad": bad[:MOST_BAD],
        "bad_more": max(0, len(bad) - MOST_BAD),
        "may_change": may_change(request),
        "may_administer": may_administer(request),
        "address": asked_at(request.org),
        "waiting": waiting(request.org)[:MOST_WAITING],
        "crumbs": [Crumb(_("Domains"), f"/{request.org.slug}/domains/"), Crumb(_("Add a domain"))],
    }
    return render(request, "pages/domain_new.html", context)


def _read(text: str) -> tuple[list[str], list[str]]:
    """The domains of a pasted list, each once, and what in it cannot be one."""
    good: dict[str, None] = {}
    bad: list[str] = []
    for word in text.replace(",", " ").replace(";", " ").replace("、", " ").split()[:MOST_AT_ONCE]:
        try:
            good[checked(word.removeprefix("https://").removeprefix("http://").strip("/"))] = None
        except UsageError:
            bad.append(word[:253])
    return list(good), bad


def _add(request: OrgRequest, name: str) -> None:
    is_new = not Domain.objects.filter(organisation=request.org, name=name).exists()
    deliveries.adopt(request.org.pk, name)
    if is_new:
        note(request, Action.DOMAIN_ADDED, name)


def waiting(org: Organisation) -> list[str]:
    """The registered domains on which no report has come."""
    heard = {line.domain for line in facts.store().domains(Filter(org.pk, 0, DAYS))}
    return [name for name in org.domains.order_by("name").values_list("name", flat=True) if name not in heard]


@dataclass(frozen=True, slots=True)
class Record:
    """A record to publish, as the panel of a DNS provider asks for it, and whether it is there."""

    title: str
    txt: Txt
    state: Found
    why: str
    added: tuple[str, str, str] = ("", "", "")
    """The value in three parts, of which the middle one is new."""
    by_others: str = ""
    """The zone, where it is not that of the domain: whoever runs that publishes it."""

    @property
    def tone(self) -> Tone:
        """Green once it is there; grey where nobody knows."""
        return {Found.YES: Tone.OK, Found.NO: Tone.WARN, Found.UNKNOWN: Tone.PLAIN}[self.state]

    @property
    def word(self) -> str:
        """What was found, never “missing” where nobody could be asked."""
        words = {Found.YES: _("Found"), Found.NO: _("Not yet there"), Found.UNKNOWN: _("Could not be checked")}
        return words[self.state]


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: OrgRequest, name: str) -> HttpResponse:
    """The four steps of one domain; a POST says where its reports shall go."""
    domain = registered_domain(request, name)
    proof = proofs.of(domain.pk)
    if request.method == "POST":
        if not may_change(request):
            raise PermissionDenied
        return _take_address(request, domain, proof)
    context = {
        **_steps(request, domain, proof),
        "crumbs": [Crumb(_("Domains"), f"/{request.org.slug}/domains/"), Crumb(name)],
        "may_change": may_change(request),
        "may_administer": may_administer(request),
        "own_address": report_address(request.org).text if report_address(request.org).is_whole else "",
    }
    return render(request, "pages/domain_start.html", context)


def _take_address(request: OrgRequest, domain: Domain, proof: Proof) -> HttpResponse:
    address = request.POST.get("report_address", "").strip()[:254]
    if address and not is_address(address):
        messages.error(request, _("“%(text)s” is not an e-mail address that a record can name.") % {"text": address})
    else:
        proof.report_address = address
        proof.save(update_fields=("report_address",))
        note(request, Action.DOMAIN_CHANGED, domain.name, report_address=address)
    return redirect("domain_start", org=request.org.slug, name=domain.name)


@never_cache
@org_page
@require_safe
def check(request: OrgRequest, name: str) -> HttpResponse:
    """The steps alone, looked at anew: the page asks for them again and again while it is open."""
    domain = registered_domain(request, name)
    context = _steps(request, domain, proofs.of(domain.pk))
    return HttpResponse(render_to_string("pages/_start_steps.html", {**context, "org": request.org}, request))


def _steps(request: OrgRequest, domain: Domain, proof: Proof) -> dict[str, object]:
    """What the four steps show."""
    address = asked_at(request.org, proof.report_address)
    found = look(domain, proof, address, timezone.now()) if address and not is_off() else None
    is_held = proofs.is_held(request.org.pk, domain.name)
    f = Filter(request.org.pk, 0, DAYS, domains=(domain.name,))
    reports, reporters, _newest = (0, 0, 0) if is_held else facts.store().reporters_seen(f)
    is_blind = is_off()
    records = _records(found, address) if found is not None else []
    if is_blind and address:
        records = [_unseen(domain.name, address)]
    is_asking = found is not None and found.is_ready
    return {
        "domain": domain,
        "address": address,
        "is_off": is_blind,
        "found": found,
        "records": records,
        "proof": proof,
        "proof_record": _proof_record(domain.name, proof, found),
        "is_held": is_held,
        "is_alone": Organisation.objects.count() == 1,
        "is_asking": is_asking,
        "letter": _letter(domain.name, records),
        "reports": reports,
        "reporters": reporters,
        "split": facts.store().split(f) if reports else None,
        "now": 4 if reports else 3 if is_asking else 2,
    }


def _records(found: Start, address: str) -> list[Record]:
    records = []
    if found.record is not None:
        parts = _added(found.record, address)
        records.append(Record(_("DMARC record"), found.record, found.is_asking, found.asking_why, parts))
    if found.permit is not None:
        by = found.permit.zone
        records.append(
            Record(_("Permission of the receiving side"), found.permit, found.permission, found.permission_why, by_others=by)
        )
    return records


def _unseen(name: str, address: str) -> Record:
    """The record for a domain that has none, where nobody can look whether it has one."""
    return Record(_("DMARC record"), Txt(f"_dmarc.{name}", merged((), address)), Found.UNKNOWN, "")


def _added(txt: Txt, address: str) -> tuple[str, str, str]:
    """The value in three parts: what was there, the address that is new, and what was there behind it."""
    head, uri, tail = txt.value.partition(mailto(address))
    if not uri or not txt.before or any(mailto(address) in text for text in txt.before):
        return txt.value, "", ""
    if head.endswith(","):
        return head[:-1], "," + uri, tail
    return head, uri, tail


def _proof_record(name: str, proof: Proof, found: Start | None) -> Record:
    state = found.proof if found is not None else Found.UNKNOWN
    if proof.by_operator:
        state = Found.YES
    return Record(_("Proof of ownership"), proof_record(name, proof.token), state, found.proof_why if found is not None else "")


def _letter(name: str, records: list[Record]) -> str:
    """A text for whoever looks after the DNS."""
    todo = [record.txt for record in records if record.state is not Found.YES]
    if not todo:
        return ""
    lines = [_("Please publish these TXT records, so that we get reports on mail in the name of %(name)s:") % {"name": name}, ""]
    for txt in todo:
        lines += [_("Name: %(name)s") % {"name": txt.name}, _("Type: TXT"), _("Value: %(value)s") % {"value": txt.value}]
        if txt.before:
            lines.append(_("It takes the place of the record that is there: %(text)s") % {"text": txt.before[0]})
        lines.append("")
    lines.append(
        _("Mail is delivered as before: p=none only asks for reports.") if _is_none(todo) else _("The policy stays as it is.")
    )
    return "\n".join(lines)


def _is_none(todo: list[Txt]) -> bool:
    return all("p=none" in txt.value for txt in todo if "p=" in txt.value)

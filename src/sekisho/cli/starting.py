"""The records of the first hour, for `sekisho domain add`: what to publish, and what of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sekisho.cli import show
from sekisho.cli.words import _
from sekisho.core.dmarc.write import merged
from sekisho.core.guidance.start import Start, Txt, ask_start, proof_record
from sekisho.core.terms import Found
from sekisho.net.dns import Dns, DnsSettings
from sekisho.registry import proofs
from sekisho.registry.models import Domain, Organisation
from sekisho.settings import load

MOST = 20
"""Domains whose records are looked up and printed; a long list is better read on the page."""
WITHIN_S = 15.0


def print_records(org: Organisation, names: Sequence[str]) -> None:
    """Prints for each domain the TXT records with their state, one a line: state, name, value."""
    from sekisho.intake.addressing import asked_at

    domains = {domain.name: domain for domain in Domain.objects.filter(organisation=org, name__in=names[:MOST])}
    with Dns(DnsSettings.from_text(load().dns_servers)) as dns:
        for name in names[:MOST]:
            proof = proofs.of(domains[name].pk)
            address = asked_at(org, proof.report_address)
            if not address:
                print(_("Nothing takes reports in yet; see `sekisho inbox add`, then run this again for the records."))
                return
            found = dns.ask(ask_start(name, address, proof.token), WITHIN_S)
            is_needed = proofs.is_held(org.pk, name)
            for state, record, value in _lines(found, address, proof_record(name, proof.token), is_needed=is_needed):
                print("\t".join((state, record, "TXT", show.harmless(value))))
    if len(names) > MOST:
        print(_("The records of the other {n} domains stand on their pages.").format(n=len(names) - MOST))


def _lines(found: Start, address: str, proof: Txt, *, is_needed: bool) -> Iterator[tuple[str, str, str]]:
    """(state, name, value): the DMARC record, the agreement of the receiving side, and the proof where it is needed."""
    words = {Found.YES: _("found"), Found.NO: _("publish"), Found.UNKNOWN: _("unknown")}
    if found.record is not None:
        yield words[found.is_asking], found.record.name, found.record.value
    else:
        yield words[Found.UNKNOWN], f"_dmarc.{found.policy_domain}", _("if there is none yet: ") + merged((), address)
    if found.permit is not None:
        yield words[found.permission], found.permit.name, found.permit.value
    if is_needed:
        yield words[found.proof], proof.name, proof.value

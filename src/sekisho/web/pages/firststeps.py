"""The first steps of an organisation, as its overview lists them until the first report is there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.dmarc.write import asks_for_reports_at
from sekisho.intake.addressing import asked_at
from sekisho.registry import states
from sekisho.registry.models import Organisation

LOOKED_AT = 5
"""Domains whose records are looked at: one that asks for reports is enough."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the steps; the first that is not done is the one to take now."""

    title: str
    text: str
    url: str
    action: str
    is_done: bool
    is_now: bool = False


def first_steps(org: Organisation, *, may_administer: bool) -> list[FirstStep]:
    """Domain, inbox, record, report: what is done of it, and where it is done."""
    names = list(org.domains.order_by("pk").values_list("pk", "name"))
    address = asked_at(org)
    has_inbox = bool(address) or org.inboxes.exists()

    def url(name: str, /, **kwargs: str) -> str:
        return reverse(name, kwargs={"org": org.slug, **kwargs})

    told = ngettext("%(n)d domain is watched.", "%(n)d domains are watched.", len(names)) % {"n": len(names)}
    records = url("domain_start", name=names[0][1]) if len(names) == 1 else url("domain_new")
    steps = (
        (_("Add your domains"), told if names else "", url("domain_new"), _("Add a domain"), bool(names)),
        (
            _("Say where reports come in"),
            _("Reports go to %(address)s.") % {"address": address} if address else _("A mailbox, or a listener of this server."),
            url("settings_inbox_kinds") if may_administer else "",
            _("Set up an inbox"),
            has_inbox,
        ),
        (
            _("Publish the records"),
            _("The exact text is ready to be copied, and checked by itself."),
            records if names else "",
            _("Show the records"),
            any(_asks(pk, address) for pk, _name in names[:LOOKED_AT]),
        ),
        (
            _("Wait for the first report"),
            _("Receivers send one a day; the first ones come 24 to 48 hours after the record is there."),
            url("upload"),
            _("Upload reports you already have"),
            False,
        ),
    )
    now = next(number for number, step in enumerate(steps) if not step[4])
    return [FirstStep(*step, is_now=number == now) for number, step in enumerate(steps)]


def _asks(domain: int, address: str) -> bool:
    """Whether the record that applied at the last look asks for reports at the address."""
    kept = states.latest(domain)
    record = kept.known.dmarc.record if kept is not None and address else None
    return record is not None and asks_for_reports_at([record.text], address)

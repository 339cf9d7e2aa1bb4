"""Erasure that is real: rows, raw bytes, evidence nobody needs any more, and then the bytes in the files themselves."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from django.apps import apps
from django.db import models, transaction

from sekisho.core.errors import HeldBack, ReadError
from sekisho.core.names import is_within, normal, upwards
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport, Report, TlsReport
from sekisho.core.terms import Outcome
from sekisho.registry import deliveries, keeping, listings, scrub
from sekisho.registry.models import Delivery, Domain, Failure, Inbox, Organisation, Token
from sekisho.store.base import Store

log = logging.getLogger(__name__)
AT_ONCE = 100
"""Deliveries; the bytes of as many are in memory while they are looked into or removed."""
CLEAR = (Outcome.KEPT,)
"""Outcomes after which the store knows whose a delivery with one report is; all others are looked into."""
KEPT_APART = frozenset({"AuditEntry", "Hold", "Departure", "Errand", "Domain"})
"""Models with a domain that say what was done, not what was reported; domains go by themselves."""
Tell = Callable[[int, int], None]
"""Told of steps done and steps in all."""


def quiet(_done: int, _total: int) -> None:
    """Tells nobody."""


def check_held(org: int, domain: str = "") -> None:
    """Raises HeldBack while a hold forbids erasing a domain, or the organisation with all of them."""
    held = keeping.held(org)
    if held.has(domain) if domain else held:
        raise HeldBack("a legal hold stands: nothing of this is erased until it is lifted")


def erase_organisation(store: Store, org: Organisation, *, tell: Tell = quiet) -> None:
    """Erases an organisation with all that is its own; people keep their accounts. Raises HeldBack.

    1. what brings in or lets in goes first: inboxes, tokens
    2. deliveries with their raw bytes, in steps; then the rows that hang on the organisation
    3. facts, hidden ones too; again at last, for a batch that was under way
    4. evidence on addresses that no fact names any more; then the bytes
    """
    check_held(org.pk)
    number = org.pk
    scrub.secure()
    Inbox.objects.filter(organisation=org).delete()
    Token.objects.filter(organisation=org).delete()
    mine = Delivery.objects.filter(organisation=org)
    total = mine.count()
    done = 0
    while ids := list(mine.order_by("id").values_list("id", flat=True)[:AT_ONCE]):
        _remove(org.pk, ids)
        done += len(ids)
        tell(min(done, total), total + 1)
    org.delete()
    erase_facts(store, number)
    forget_evidence(store)
    wipe(store)
    tell(total + 1, total + 1)


def erase_facts(store: Store, org: int) -> int:
    """Removes all facts of an organisation, hidden ones too; returns how many."""
    return store.erase(org) + store.erase(-org)


def erase_domain(store: Store, org: int, domain: str, *, tell: Tell = quiet) -> int:
    """Erases a domain of an organisation with all that was reported on it, registered or not; returns facts. Raises HeldBack.

    A delivery that holds reports on other domains too loses its bytes, but stays in the list with those reports.
    """
    check_held(org, domain)
    scrub.secure()
    of = _Whose(org, domain)
    Domain.objects.filter(organisation_id=org, name=domain).delete()
    keeping.Departure.objects.filter(organisation_id=org, domain=domain).delete()
    _remove_deliveries(store, of, tell)
    for model in with_domains():
        model._base_manager.filter(organisation_id=org, domain=domain).delete()
    removed = store.erase(org, domain=domain) + store.erase_hidden(org, domain)
    forget_evidence(store)
    wipe(store)
    return removed


def with_domains() -> Iterator[type[models.Model]]:
    """The models whose rows belong to an organisation and are about a domain by its name."""
    for model in apps.get_app_config("registry").get_models():
        texts = {field.name for field in model._meta.fields if isinstance(field, models.CharField)}
        if "domain" in texts and model.__name__ not in KEPT_APART and any(f.name == "organisation" for f in model._meta.fields):
            yield model


def wipe(store: Store) -> None:
    """Leaves no byte of what was removed in the files."""
    store.rewrite()
    scrub.scrub()


def forget_evidence(store: Store) -> int:
    """Removes what block lists said of addresses that no report names any more; returns how many stays."""
    removed = 0
    for some in listings.addresses(AT_ONCE * 10):
        known = store.evidence(some)
        removed += listings.forget([address for address in some if address not in known])
    return removed


class _Whose:
    """Whether reports are on a domain, by the registered ones as they were before it went."""

    def __init__(self, org: int, domain: str) -> None:
        self.org = org
        self.domain = domain
        self._names = set(Domain.objects.filter(organisation_id=org).values_list("name", flat=True)) | {domain}

    def is_on(self, name: str) -> bool:
        """Whether a name belongs to the domain."""
        return next((up for up in upwards(normal(name)) if up in self._names), None) == self.domain

    def of(self, reports: Iterable[Report]) -> tuple[bool, bool]:
        """Whether any of the reports is on the domain, and whether all are on nothing else."""
        told = [[self.is_on(name) for name in _names(report)] for report in reports]
        return any(any(names) for names in told), all(all(names) for names in told)

    def names(self, text: str) -> bool:
        """Whether a text of ours or a file name speaks of the domain."""
        words = "".join(c if c.isalnum() or c in "-." else " " for c in text.lower()).split()
        return any(is_within(word.strip("."), self.domain) for word in words)


def _names(report: Report) -> list[str]:
    if isinstance(report, AggregateReport):
        return [report.policy.domain]
    if isinstance(report, TlsReport):
        return [policy.policy_domain for policy in report.policies]
    return [name for name in (report.reported_domain, report.header_from) if name]


def _remove_deliveries(store: Store, of: _Whose, tell: Tell) -> None:
    known = store.deliveries(of.org, [of.domain])
    known |= set(Failure.objects.filter(organisation_id=of.org, domain=of.domain).values_list("delivery_id", flat=True))
    rows = Delivery.objects.filter(organisation_id=of.org).order_by("id").values_list("id", "outcome", "reports", "name", "subject")
    total, done = rows.count(), 0
    last = 0
    while some := list(rows.filter(id__gt=last)[: AT_ONCE * 10]):
        last = some[-1][0]
        alone = [number for number, _, reports, *_ in some if number in known and reports == 1]
        unsure = [row for row in some if not (row[2] == 1 and (row[0] in known or row[1] in CLEAR))]
        whole, part = _looked_into(of, unsure, known)
        _remove(of.org, [*alone, *whole])
        _empty(of.org, part)
        done += len(some)
        tell(min(done, total), total)


def _looked_into(of: _Whose, rows: list[tuple[int, str, int, str, str]], known: set[int]) -> tuple[list[int], list[int]]:
    """Of deliveries that are not clear those that go whole, and those that only lose their bytes."""
    whole: list[int] = []
    part: list[int] = []
    for number, _, _, name, subject in rows:
        raw = deliveries.raw_of(of.org, number)
        data = raw[1] if raw is not None else b""
        try:
            is_any, is_all = of.of(open_delivery(data, name=name).reports)
        except ReadError:
            is_any = of.names(f"{name} {subject}") or of.domain.encode() in data.lower()
            is_all = is_any
        is_any = is_any or number in known
        if is_any:
            (whole if is_all else part).append(number)
    return whole, part


def _remove(org: int, ids: list[int]) -> None:
    """Removes deliveries, and their bytes where no other delivery has the same."""
    for start in range(0, len(ids), AT_ONCE):
        with transaction.atomic():
            some = Delivery.objects.filter(organisation_id=org, id__in=ids[start : start + AT_ONCE])
            raws = list(some.values_list("raw_id", flat=True))
            some.delete()
            deliveries.forget_raw(raws)


def _empty(org: int, ids: list[int]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        deliveries.empty(Delivery.objects.filter(organisation_id=org, id__in=ids[start : start + AT_ONCE]), names=True)

"""Domains that leave: their reports are hidden at once, go after a time, and are back when the domain is registered before."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from sekisho.registry import alerts, keeping
from sekisho.registry.keeping import HIDDEN_DAYS, Departure
from sekisho.registry.models import Alert, Decision, Domain, Failure
from sekisho.store.base import Store


def leave(org: int, domain: str, now: dt.datetime) -> Departure | None:
    """Removes a registered domain; None where it was not. Where a domain above it is registered, that one has its reports.

    The store follows by `settle`, which whoever owns it calls.
    """
    with transaction.atomic():
        if not Domain.objects.filter(organisation_id=org, name=domain).delete()[0]:
            return None
        heir = keeping.is_registered_above(org, domain)
        if heir:
            Failure.objects.filter(organisation_id=org, domain=domain).update(domain=heir)
            Decision.objects.filter(organisation_id=org, domain=domain).update(domain=heir)
        for alert in Alert.objects.filter(organisation_id=org, domain=domain, state__in=alerts.UNENDED):
            alerts.resolve(alert, None, now, "removed")
        values = {"removed": now, "due": now + dt.timedelta(days=HIDDEN_DAYS), "heir": heir, "is_settled": False}
        departure, _ = Departure.objects.update_or_create(organisation_id=org, domain=domain, defaults=values)
    return departure


def settle(store: Store) -> int:
    """Lets the store follow what was decided: hides, gives to the domain above, or shows again; returns how many it did."""
    done = 0
    for departure in Departure.objects.select_related("organisation").order_by("id"):
        org, domain = departure.organisation_id, departure.domain
        if Domain.objects.filter(organisation_id=org, name=domain).exists():
            store.show(org, domain)
            departure.delete()
        elif departure.is_settled:
            continue
        elif departure.heir:
            store.give(org, domain, departure.heir)
            departure.delete()
        else:
            store.hide(org, domain)
            Departure.objects.filter(pk=departure.pk).update(is_settled=True)
        done += 1
    return done

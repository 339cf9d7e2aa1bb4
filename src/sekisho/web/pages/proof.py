"""A look at the DNS for the first hour of a domain: bounded, not too often, and what it proves is written down."""

from __future__ import annotations

import threading
from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from sekisho.core.guidance.start import Start, ask_start
from sekisho.net.dns import Dns, DnsSettings
from sekisho.registry import deliveries, proofs
from sekisho.registry.models import Domain
from sekisho.registry.proofs import Proof

LOOKS = threading.BoundedSemaphore(2)
"""Looks at a time: each keeps a thread of the pages waiting, and pages that poll a dead name server must not take them all."""
WITHIN_S = 8.0
"""For all questions of a look; what is not answered by then is unknown."""
REST_S = 8
"""For so long a look stands for all who open the page."""
WAIT_S = 0.5
"""For the turn, while others look; the page asks again anyway."""


def is_off() -> bool:
    """Whether this install asks no DNS."""
    return str(settings.HOUSE.dns_servers).strip().lower() == "off"


def look(domain: Domain, proof: Proof, address: str, now: datetime) -> Start | None:
    """What stands in the DNS now, some seconds old at most; None while too many look at the same time.

    Where it proves the domain for the first time, its strays are read again.
    """
    key = f"start:{domain.pk}:{proof.token}:{address}"
    kept = cache.get(key)
    if isinstance(kept, Start):
        return kept
    if not LOOKS.acquire(timeout=WAIT_S):
        return None
    try:
        with Dns(DnsSettings.from_text(settings.HOUSE.dns_servers)) as dns:
            found = dns.ask(ask_start(domain.name, address, proof.token), WITHIN_S)
    finally:
        LOOKS.release()
    cache.set(key, found, REST_S)
    if proofs.note(proof, found.proof, now):
        deliveries.adopt(domain.organisation_id, domain.name)
    return found

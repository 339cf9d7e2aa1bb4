"""Who runs the network of a host: what is kept, and asking the registries when a person looks at the host."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sekisho.enrich.address import askable
from sekisho.registry import networks
from sekisho.registry.models import NetworkOwner
from sekisho.store.span import canonical
from sekisho.web import facts, judging
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import Asked, ask


@dataclass(frozen=True, slots=True)
class Owned:
    """What the panel shows: `state` is `yes`, `no`, `unknown`, `private`, `off`, or `waiting` before anybody has asked."""

    state: str
    row: NetworkOwner | None
    ask_url: str = ""
    """Where it is asked; empty when that is not needed now."""

    @property
    def way(self) -> str:
        """`RDAP` or `WHOIS`."""
        return self.row.source.partition(":")[0].upper() if self.row else ""

    @property
    def server(self) -> str:
        """Who told it."""
        return self.row.source.partition(":")[2] if self.row else ""


def owned(asked: Asked, address: str) -> Owned:
    """What is known of the network, and whether it should be asked."""
    return _owned(address, asked.path("host_owner", address=address))


def _owned(address: str, ask_url: str) -> Owned:
    if askable(address) is None:
        return Owned("private", None)
    row = networks.known(address)
    can_ask = judging.can_ask_owners()
    is_due = can_ask and networks.is_due(row, int(time.time()))
    if row is None:
        return Owned("waiting" if can_ask else "off", None, ask_url if is_due else "")
    return Owned(row.state, row, ask_url if is_due else "")


@org_page
def host_owner(request: OrgRequest, address: str) -> HttpResponse:
    """Asks whose the network is, which may take seconds, and gives the panel's content; without the script leads back."""
    address = canonical(address)
    if facts.store().first_seen(request.org.pk, address) is None:
        raise Http404
    judging.owner(address)
    if "back" in request.GET:
        return redirect(ask(request, host=(address,)).path("host", address=address))
    owner = _owned(address, "")
    answer = render(request, "pages/_owner.html", {"owner": owner, "address": address, "org": request.org})
    answer["Cache-Control"] = "no-store"
    return answer

"""Asks the world for the DNS state of a domain: the core's questions to the DNS, and the MTA-STS policy by HTTPS."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sekisho.core.dnsrecords.mtasts import MAX_POLICY_BYTES, policy_url
from sekisho.core.questions import NXDOMAIN, Answer, Asking, Reply, found
from sekisho.core.state.gather import DomainState, Wanted, gather, policy_question
from sekisho.core.state.sheet import Sheet, recorded
from sekisho.core.terms import Found
from sekisho.net.dns import Dns
from sekisho.net.http import Fault, Http, HttpFailed


def ask_state(dns: Dns, http: Http, wanted: Wanted, url_of: Callable[[str], str] = policy_url) -> Sheet:
    """All that could be found out about a domain, as a sheet; waits. What failed is in it as failed."""
    return next(ask_states(dns, http, [wanted], url_of))[1]


def ask_states(
    dns: Dns, http: Http, some: Sequence[Wanted], url_of: Callable[[str], str] = policy_url
) -> Iterator[tuple[int, Sheet]]:
    """The same for several domains at once, each with its number in `some`, as they are done; one question a domain at a time."""
    for number, sheet, state in dns.ask_many(_numbered(number, wanted) for number, wanted in enumerate(some)):
        if state.sts.state is Found.YES:
            sheet.note(policy_question(state.domain), fetch_policy(http, url_of(state.domain)))
        yield number, sheet


def _numbered(number: int, wanted: Wanted) -> Asking[tuple[int, Sheet, DomainState]]:
    sheet = Sheet()
    state = yield from recorded(gather(wanted), sheet)
    return number, sheet, state


def fetch_policy(http: Http, url: str) -> Answer:
    """The MTA-STS policy: FOUND with its text, a negative answer where the server refuses, FAILED where nobody answered.

    Anything but status 200 is a refusal, redirects too (RFC 8461, 3.3), and so is a certificate that does not hold.
    """
    try:
        answer = http.ask("GET", url, max_bytes=MAX_POLICY_BYTES)
    except HttpFailed as error:
        refused = error.fault in (Fault.TLS, Fault.TOO_LARGE)
        return Answer(Reply.NODATA if refused else Reply.FAILED, why=f"{error.fault.value}: {error}"[:200])
    if answer.status != 200:
        return Answer(NXDOMAIN.reply, why=f"status {answer.status}")
    return found(answer.data.decode("utf-8", "replace"))

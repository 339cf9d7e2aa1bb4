"""Asks the registries of addresses who runs a network: RDAP by the bootstrap, else WHOIS; one question at a time, politely."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from sekisho.core.errors import LookupFailed, SettingsError
from sekisho.core.terms import Found
from sekisho.enrich import rdap, whois
from sekisho.enrich.address import Address, askable
from sekisho.enrich.rdap import Bootstrap, Nobody, NoOwner, Owner, Service, read_bootstrap
from sekisho.net.http import Http, Patience, is_public
from sekisho.net.limits import Bucket

IANA = ("https://data.iana.org/rdap/ipv4.json", "https://data.iana.org/rdap/ipv6.json")
REGIONAL = ("afrinic.net", "apnic.net", "arin.net", "lacnic.net", "ripe.net")
"""Each has its WHOIS at `whois.` before its name."""
ANYWHERE = b'{"services": [[["0.0.0.0/0", "::/0"], ["https://rdap.arin.net/registry/", "whois://whois.iana.org"]]]}'
"""While the bootstrap cannot be had: ARIN redirects to the registry that knows (RFC 7480, 5.2)."""

PATIENCE = Patience(connect_s=5, read_s=8, deadline_s=12)
"""A person waits for it."""
WHOIS_S = 8.0
"""For one question in all."""
QUEUE_S = 15.0
"""Who cannot be served within this time is told to come later."""
MAX_REDIRECTS = 3
PER_S, BURST = 1.0, 5
"""Questions to one server: what RIPE and APNIC ask for in their terms is about one a second."""
LONGEST_WAIT_S = 10.0
"""For a server's turn; a longer queue is refused."""
REST_S, LONGEST_REST_S = 60, 86_400
"""After 429 or 503: what the server says, within these bounds; a minute where it says nothing, doubled each time."""
REFRESH_S, AGAIN_S = 86_400, 3_600
"""The bootstrap is read again after a day; after an hour where that failed."""


class Told(NamedTuple):
    """What came of asking: `yes` with the owner, `no` where the registry knows of none, `unknown` with the reason."""

    state: Found
    owner: Owner | None
    why: str = ""


class Registries:
    """The registries of addresses; threads may share it. `setting` is the value of `SEKISHO_RDAP`."""

    def __init__(
        self, setting: str, *, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Raises SettingsError where a bootstrap file cannot be read."""
        word = setting.strip()
        self.is_off = word.lower() in ("off", "no", "false", "0")
        self._sources = IANA if word.lower() in ("on", "yes", "true", "1", "") else (word,)
        self._is_own = self._sources is not IANA
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._near, self._far = Http(patience=PATIENCE), Http(only_public=True, patience=PATIENCE)
        self._buckets: dict[str, Bucket] = {}
        self._rests: dict[str, tuple[float, float]] = {}
        self._bootstrap: Bootstrap | None = None
        self._due = 0.0
        if not self.is_off and self._is_own and not _is_url(word):
            self._read_file(Path(word))

    def ask(self, address: str) -> Told:
        """Whose network an address is in; waits some seconds at most. Addresses that mean no host of the internet are never asked.

        1. The servers that the bootstrap names for it, RDAP before WHOIS.
        2. The first that knows the owner, or knows that there is none, has told it.
        3. Where RDAP fails or does not tell an address for complaints, WHOIS may.
        """
        ip = askable(address)
        if self.is_off or ip is None:
            return Told(Found.UNKNOWN, None, "off" if self.is_off else "private")
        if not self._lock.acquire(timeout=QUEUE_S):
            return Told(Found.UNKNOWN, None, "too many questions at once")
        try:
            return self._ask(ip)
        finally:
            self._lock.release()

    def reachable(self) -> str:
        """The name of the source of the bootstrap, read anew; raises LookupFailed, SettingsError."""
        with self._lock:
            self._load()
        return urlsplit(self._sources[0]).hostname or self._sources[0]

    def _ask(self, ip: Address) -> Told:
        best: Told | None = None
        why = "no registry is known for this address"
        for url in self._servers(ip):
            try:
                told = self._ask_one(url, ip)
            except LookupFailed as error:
                why = str(error)
                continue
            if told.owner is None:
                best = best or told
            elif told.owner.abuse:
                return told
            elif best is None or best.owner is None:
                best = told
        return best or Told(Found.UNKNOWN, None, why)

    def _ask_one(self, url: str, ip: Address) -> Told:
        try:
            if url.startswith("whois:"):
                return Told(Found.YES, self._whois(url, ip))
            return self._rdap(url, ip)
        except NoOwner as error:
            return Told(Found.NO, None, str(error))

    def _rdap(self, base: str, ip: Address) -> Told:
        """Raises LookupFailed, also for an answer that is about something else: a server that errs has not answered."""
        url = rdap.question(base, ip)
        named = urlsplit(base).hostname
        for _ in range(MAX_REDIRECTS + 1):
            host = urlsplit(url).hostname or ""
            self._take_turn(host)
            http = self._near if self._is_own and host == named else self._far
            answer = http.ask("GET", url, headers={"Accept": "application/rdap+json"}, max_bytes=rdap.MAX_ANSWER)
            if answer.status in (301, 302, 303, 307, 308) and answer.headers.get("location"):
                url = urljoin(url, answer.headers["location"])
                continue
            return self._read(answer.status, answer.data, answer.retry_after_s, host, ip)
        raise LookupFailed(f"{named} redirects too often")

    def _read(self, status: int, data: bytes, retry_after_s: float, host: str, ip: Address) -> Told:
        if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            raise LookupFailed(self._rest(host, retry_after_s))
        if status == HTTPStatus.NOT_FOUND:
            return Told(Found.NO, None, f"{host} knows of no such network")
        if status != HTTPStatus.OK:
            raise LookupFailed(f"{host} answers {status}")
        self._rests.pop(host, None)
        try:
            return Told(Found.YES, rdap.read_answer(data, ip, f"rdap:{host}"))
        except Nobody:
            raise
        except NoOwner as error:
            raise LookupFailed(f"{host}: {error}") from error

    def _whois(self, url: str, ip: Address) -> Owner:
        """The answer of the last server that referrals lead to and that knows the address; raises LookupFailed, NoOwner."""
        parts = urlsplit(url)
        host, port, may_be_near = parts.hostname or "", parts.port or whois.PORT, self._is_own
        found: Owner | None = None
        asked: set[str] = set()
        while host and host not in asked and len(asked) <= whois.MAX_REFERRALS:
            asked.add(host)
            try:
                self._take_turn(host)
                answer = whois.decode(_talk(host, port, whois.query(ip, host), may_be_near=may_be_near))
                found = whois.read_answer(answer, ip, f"whois:{host}")
            except LookupFailed:
                if found is None:
                    raise
                break
            except NoOwner:
                pass
            host, port = whois.referral(answer) or ("", 0)
            may_be_near = False
        if found is None:
            raise NoOwner("no registry names a network with this address")
        return found

    def _servers(self, ip: Address) -> list[str]:
        """RDAP before WHOIS; for the registries of the IANA's bootstrap their own WHOIS."""
        urls = list(self._known().servers(ip))
        good = sorted((u for u in urls if u.startswith(("https://", "http://"))), key=lambda u: not u.startswith("https:"))[:2]
        spoken = [u for u in urls if u.startswith("whois:")]
        if not self._is_own and not spoken:
            name = ".".join((urlsplit(good[0]).hostname or "").split(".")[-2:]) if good else ""
            spoken = [f"whois://whois.{name}" if name in REGIONAL else "whois://whois.iana.org"]
        return good + spoken

    def _known(self) -> Bootstrap:
        if self._bootstrap is None or self._clock() >= self._due:
            try:
                self._load()
            except LookupFailed:
                if self._is_own and self._bootstrap is None:
                    raise
                self._bootstrap = self._bootstrap or read_bootstrap(ANYWHERE)
                self._due = self._clock() + AGAIN_S
        assert self._bootstrap is not None
        return self._bootstrap

    def _load(self) -> None:
        if self._is_own and not _is_url(self._sources[0]):
            self._read_file(Path(self._sources[0]))
            return
        services: list[Service] = []
        for url in self._sources:
            answer = (self._near if self._is_own else self._far).ask("GET", url, max_bytes=rdap.MAX_BOOTSTRAP)
            if not answer.is_good:
                raise LookupFailed(f"{urlsplit(url).hostname} answers {answer.status}")
            try:
                services += read_bootstrap(answer.data).services
            except ValueError as error:
                raise LookupFailed(f"{urlsplit(url).hostname}: {error}") from error
        self._bootstrap = Bootstrap(tuple(sorted(services, key=lambda pair: -pair[0].prefixlen)))
        self._due = self._clock() + REFRESH_S

    def _read_file(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bootstrap = read_bootstrap(file.read(rdap.MAX_BOOTSTRAP))
        except (OSError, ValueError) as error:
            raise SettingsError(
                "SEKISHO_RDAP must be on, off, a bootstrap file or its URL; {path}: {error}", path=path, error=error
            ) from error
        self._due = self._clock() + REFRESH_S

    def _take_turn(self, host: str) -> None:
        """Waits for the server's turn; raises LookupFailed where it wants to be left alone or too many wait."""
        now = self._clock()
        until, _ = self._rests.get(host, (0.0, 0.0))
        if now < until:
            raise LookupFailed(f"{host} has asked us to wait")
        wait = self._buckets.setdefault(host, Bucket(PER_S, BURST)).take(now)
        if wait > LONGEST_WAIT_S:
            raise LookupFailed(f"too many questions to {host} at once")
        self._sleep(wait)

    def _rest(self, host: str, wanted_s: float) -> str:
        _, before = self._rests.get(host, (0.0, REST_S / 2))
        rest = min(max(wanted_s, 2 * before, REST_S), LONGEST_REST_S)
        self._rests[host] = (self._clock() + rest, rest)
        return f"{host} has asked us to wait"

    def close(self) -> None:
        """Ends the connections."""
        self._near.close()
        self._far.close()


def _talk(host: str, port: int, question: bytes, *, may_be_near: bool) -> bytes:
    """One question to a WHOIS server; raises LookupFailed. What a referral names is asked only on the open internet."""
    end = time.monotonic() + WHOIS_S
    try:
        with socket.create_connection((host, port), timeout=PATIENCE.connect_s) as line:
            if not may_be_near and not is_public(str(line.getpeername()[0])):
                raise LookupFailed(f"{host} is on a private network")
            line.sendall(question)
            said = bytearray()
            while True:
                line.settimeout(max(0.01, end - time.monotonic()))
                part = line.recv(16 << 10)
                if not part:
                    return bytes(said)
                said += part
                if len(said) > whois.MAX_ANSWER:
                    raise LookupFailed(f"the answer of {host} is larger than {whois.MAX_ANSWER} bytes")
                if time.monotonic() > end:
                    raise LookupFailed(f"{host} took more than {WHOIS_S:g} s")
    except (OSError, UnicodeError) as error:
        raise LookupFailed(f"{host}: {error}") from error


def _is_url(word: str) -> bool:
    return word.startswith(("https://", "http://"))

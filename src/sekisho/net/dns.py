"""The DNS for all who ask: settings, and a thread of its own so that code without an event loop can use it."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from sekisho.core.errors import SettingsError
from sekisho.core.questions import Answer, Asking, Question, Reply, answered
from sekisho.net.limits import Bucket

if TYPE_CHECKING:
    from sekisho.net.resolver import Resolver

PORT = 53

SERVER = re.compile(r"\[(?P<v6>[^]]+)](?::(?P<p6>[0-9]{1,5}))?|(?P<v4>[^:]+)(?::(?P<p4>[0-9]{1,5}))?|(?P<bare>.+)")
"""An address with or without a port; IPv6 with a port needs the brackets."""

OFF = Answer(Reply.FAILED, why="look-ups are switched off")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DnsSettings:
    """How the DNS is asked."""

    servers: tuple[tuple[str, int], ...] = ()
    """Resolvers (address, port); those of the system when empty."""
    timeout_s: float = 2.0
    """For one try at one server."""
    lifetime_s: float = 6.0
    """For one question in all."""
    in_flight: int = 100
    """Questions on their way at the same time."""
    off: bool = False
    """Whether nothing is asked; every answer is then unknown."""

    @classmethod
    def from_text(cls, text: str) -> DnsSettings:
        """The value of `SEKISHO_DNS_SERVERS`: `address[:port],…` (IPv6 in brackets), `off`, or nothing; raises SettingsError."""
        if text.strip().lower() == "off":
            return cls(off=True)
        return cls(servers=tuple(_server(part.strip()) for part in text.split(",") if part.strip()))


def _server(text: str) -> tuple[str, int]:
    parts = SERVER.fullmatch(text)
    try:
        address = str(ip_address(parts["v6"] or parts["v4"] or parts["bare"])) if parts else ""
    except ValueError:
        address = ""
    port = int(parts["p6"] or parts["p4"] or PORT) if parts else 0
    if not address or not 0 < port < 1 << 16:
        raise SettingsError(
            "SEKISHO_DNS_SERVERS: {text!r} is no address[:port]; write 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53", text=text
        )
    return address, port


def system_servers() -> tuple[tuple[str, int], ...]:
    """The resolvers of this machine, none where it names none."""
    import dns.resolver  # takes 60 ms and 4 MB, and many who open the house never ask

    try:
        found = dns.resolver.Resolver(configure=True)
    except dns.resolver.NoResolverConfiguration:
        return ()
    return tuple((str(address), PORT) for address in found.nameservers)


class Dns:
    """The DNS, usable from any thread and any event loop; asks within a thread of its own, which starts when needed."""

    def __init__(self, settings: DnsSettings | None = None) -> None:
        self.settings = settings or DnsSettings()
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._resolver: Resolver | None = None
        self._limits: dict[str, Bucket] = {}

    @property
    def is_off(self) -> bool:
        """Whether look-ups are switched off."""
        return self.settings.off

    @property
    def silent(self) -> int:
        """Questions in a row to which no server replied at all."""
        return 0 if self._resolver is None else self._resolver.servers.silent

    def replies(self) -> bool:
        """Whether a server replies anything to a simple question, past the cache; waits."""
        if self.is_off:
            return False
        loop, resolver = self._started()
        return asyncio.run_coroutine_threadsafe(resolver.servers.replies(), loop).result()

    def limit(self, zone: str, *, per_s: float, burst: float) -> None:
        """Asks names within the zone `burst` times at once and then `per_s` times a second at most."""
        self._limits[zone] = Bucket(per_s, burst)
        if self._resolver is not None:
            self._resolver.limit(zone, self._limits[zone])

    def ask(self, asking: Asking[T], within_s: float | None = None) -> T:
        """What `asking` returns; waits. Not to be called within an event loop, see `ask_async`.

        Questions that are not answered `within_s`, all together, are answered as failed, so that it ends in its own way.
        """
        return self._submit(asking, within_s).result()

    def ask_one(self, question: Question) -> Answer:
        """The answer to one question; waits."""
        return self.ask(_one(question))

    async def ask_async(self, asking: Asking[T], within_s: float | None = None) -> T:
        """What `asking` returns, for callers in an event loop of their own."""
        return await asyncio.wrap_future(self._submit(asking, within_s))

    def ask_many(self, askings: Iterable[Asking[T]]) -> Iterator[T]:
        """What each of them returns, in the order they are done; takes the next from `askings` only as fast as they are."""
        done: SimpleQueue[Future[T]] = SimpleQueue()
        running: set[Future[T]] = set()

        def start(asking: Asking[T]) -> None:
            future = self._submit(asking)
            running.add(future)
            future.add_done_callback(done.put)

        waiting = iter(askings)
        try:
            for asking in islice(waiting, 2 * self.settings.in_flight):
                start(asking)
            while running:
                future = done.get()
                running.remove(future)
                for asking in islice(waiting, 1):
                    start(asking)
                yield future.result()
        finally:
            for future in running:
                future.cancel()

    def _submit(self, asking: Asking[T], within_s: float | None = None) -> Future[T]:
        if self.is_off:
            done: Future[T] = Future()
            try:
                done.set_result(answered(asking, lambda _: OFF))
            except Exception as error:  # noqa: BLE001 (it is raised where the result is asked for)
                done.set_exception(error)
            return done
        loop, resolver = self._started()
        return asyncio.run_coroutine_threadsafe(resolver.ask(asking, within_s), loop)

    def _started(self) -> tuple[asyncio.AbstractEventLoop, Resolver]:
        with self._lock:
            if self._loop is None or self._resolver is None:
                from sekisho.net.resolver import Resolver
                from sekisho.net.servers import Servers

                s = self.settings
                servers = Servers(s.servers or system_servers(), timeout_s=s.timeout_s, lifetime_s=s.lifetime_s)
                self._resolver = Resolver(servers, in_flight=s.in_flight)
                for zone, bucket in self._limits.items():
                    self._resolver.limit(zone, bucket)
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="dns", daemon=True)
                self._thread.start()
            return self._loop, self._resolver

    def close(self) -> None:
        """Ends the thread; what is still asked is cancelled. It starts again when asked."""
        with self._lock:
            loop, thread, resolver = self._loop, self._thread, self._resolver
            self._loop = self._thread = self._resolver = None
        if loop is not None and thread is not None and resolver is not None:
            asyncio.run_coroutine_threadsafe(_finish(resolver), loop).result()
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
            loop.close()

    def __enter__(self) -> Dns:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


async def _finish(resolver: Resolver) -> None:
    """Cancels all that runs in this loop, closes the sockets, and lets the loop see their end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await resolver.servers.close()
    await asyncio.sleep(0)


def _one(question: Question) -> Asking[Answer]:
    return (yield question)

"""Answers the core's questions from the DNS within one event loop: cache, single flight, bounded, polite."""

from __future__ import annotations

import asyncio
from typing import TypeVar

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rdtypes.ANY.MX
import dns.rdtypes.ANY.TXT
import dns.rrset

from sekisho.core.errors import LookupFailed
from sekisho.core.names import is_within, normal
from sekisho.core.questions import Answer, Asking, Question, Reply
from sekisho.net.cache import Cache
from sekisho.net.limits import Bucket
from sekisho.net.servers import Servers

MAX_CHAIN = 8
"""Aliases that are followed; resolvers stop between 8 and 16."""

T = TypeVar("T")


class Resolver:
    """Asks `servers`; to be used within one event loop. Never raises: what fails is an answer that `failed`."""

    def __init__(self, servers: Servers, *, in_flight: int, cache: Cache | None = None) -> None:
        self.servers = servers
        self._cache = Cache() if cache is None else cache
        self._slots = asyncio.Semaphore(in_flight)
        self._asked: dict[Question, asyncio.Task[Answer]] = {}
        self._limits: dict[str, Bucket] = {}

    def limit(self, zone: str, bucket: Bucket) -> None:
        """Questions on names within the zone go out only as fast as the bucket allows."""
        self._limits[zone] = bucket

    async def ask(self, asking: Asking[T], within_s: float | None = None) -> T:
        """What `asking` returns, its questions answered by the DNS; what is not known `within_s` is answered as failed."""
        ends = None if within_s is None else self._now() + within_s
        try:
            question = next(asking)
            while True:
                question = asking.send(await self._by(question, ends))
        except StopIteration as stop:
            return stop.value  # type: ignore[no-any-return]

    async def _by(self, question: Question, ends: float | None) -> Answer:
        """The answer, if it comes in time."""
        try:
            async with asyncio.timeout_at(ends):
                return await self.answer(question)
        except TimeoutError:
            return Answer(Reply.FAILED, why="the time for all questions together is over")

    async def answer(self, question: Question) -> Answer:
        """The answer, from the cache where it is there; who asks what is being asked waits for the same answer."""
        question = Question(normal(question.name), question.rtype)
        known = self._cache.get(question, self._now())
        if known is not None:
            return known
        task = self._asked.get(question)
        if task is None:
            task = self._asked[question] = asyncio.get_running_loop().create_task(self._fetch(question))
            task.add_done_callback(lambda _: self._asked.pop(question, None))
        return await asyncio.shield(task)

    async def _fetch(self, question: Question) -> Answer:
        name = _name_of(question.name)
        if name is None:
            return Answer(Reply.NXDOMAIN, why="there can be no such name")
        for zone, bucket in self._limits.items():
            if is_within(question.name, zone):
                await asyncio.sleep(bucket.take(self._now()))
        async with self._slots:
            answer = await self._follow(name, dns.rdatatype.from_text(question.rtype))
        self._cache.put(question, answer, self._now())
        return answer

    async def _follow(self, name: dns.name.Name, rtype: dns.rdatatype.RdataType) -> Answer:
        """The answer at the end of the aliases; asks on where a server gives only the first part of the chain."""
        ttl = 1 << 31
        for _ in range(MAX_CHAIN):
            try:
                reply = await self.servers.exchange(name, rtype)
                if _is_plain(reply, name, rtype):
                    return _found(reply.answer[0], ttl)
                chain = reply.resolve_chaining()
            except LookupFailed as error:
                return Answer(Reply.FAILED, why=str(error))
            except dns.exception.DNSException as error:
                return Answer(Reply.FAILED, why=f"the reply makes no sense: {error}")
            ttl = min(ttl, chain.minimum_ttl)
            if chain.answer is not None:
                return _found(chain.answer, ttl)
            if reply.rcode() != dns.rcode.NOERROR:
                return Answer(Reply.NXDOMAIN, ttl=ttl)
            if _has(reply.authority, dns.rdatatype.SOA):
                return Answer(Reply.NODATA, ttl=ttl)
            if not chain.cnames:
                return _without_soa(reply, ttl)
            name = chain.canonical_name
        return Answer(Reply.FAILED, why="too many aliases")

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()


def _is_plain(reply: dns.message.QueryMessage, name: dns.name.Name, rtype: dns.rdatatype.RdataType) -> bool:
    """Whether the reply is just the records that were asked for, as nine in ten are; saves the search for aliases."""
    answer = reply.answer
    return len(answer) == 1 and answer[0].rdtype == rtype and answer[0].name == name and reply.rcode() == dns.rcode.NOERROR


def _found(rrset: dns.rrset.RRset, ttl: int) -> Answer:
    return Answer(Reply.FOUND, tuple(map(text_of, rrset)), min(ttl, rrset.ttl))


def _without_soa(reply: dns.message.QueryMessage, ttl: int) -> Answer:
    """NOERROR without answer and SOA: a referral of a server that does not ask for us, else no data (RFC 2308, 2.2)."""
    if _has(reply.authority, dns.rdatatype.NS) and not reply.flags & dns.flags.AA:
        return Answer(Reply.FAILED, why="the server only names other servers")
    return Answer(Reply.NODATA, ttl=ttl)


def _has(section: list[dns.rrset.RRset], rtype: dns.rdatatype.RdataType) -> bool:
    return any(rrset.rdtype == rtype for rrset in section)


def _name_of(text: str) -> dns.name.Name | None:
    """The name, None where the DNS cannot hold it (label over 63 octets, empty label, name over 255; RFC 1035, 2.3.4)."""
    try:
        return dns.name.from_text(text)
    except (dns.exception.DNSException, UnicodeError):
        return None


def text_of(rdata: dns.rdata.Rdata) -> str:
    """A record as the text that `Answer` promises."""
    if isinstance(rdata, dns.rdtypes.ANY.TXT.TXT):
        return b"".join(rdata.strings).decode("utf-8", "replace")
    if isinstance(rdata, dns.rdtypes.ANY.MX.MX):
        return f"{rdata.preference} {_name_text(rdata.exchange)}"
    target = getattr(rdata, "target", None)
    if isinstance(target, dns.name.Name) and rdata.rdtype in (
        dns.rdatatype.PTR,
        dns.rdatatype.CNAME,
        dns.rdatatype.NS,
        dns.rdatatype.DNAME,
    ):
        return _name_text(target)
    return rdata.to_text()


def _name_text(name: dns.name.Name) -> str:
    return name.to_text(omit_final_dot=True).lower()

"""check_host() of RFC 7208: yields the questions to the DNS and returns the result."""

from __future__ import annotations

from sekisho.core.names import normal
from sekisho.core.questions import NXDOMAIN, Answer, Asking, Question
from sekisho.core.spf.limits import MAX_EXPLANATION, MAX_LOCAL, MAX_LOOKUPS, MAX_MX, MAX_PTR, MAX_VOIDS
from sekisho.core.spf.macro import MacroString, dotted, expand, is_domain, is_name, read_macros, shortened
from sekisho.core.spf.record import Record, Term, parse_spf, select
from sekisho.core.spf.values import Client, Problem, SpfResult, Step, unmapped
from sekisho.core.terms import AuthResult, SpfScope

NAMED_BY_LOCAL = frozenset("ls")
"""Macros that a local part beyond ASCII makes useless: their terms never match (RFC 8616, 4)."""


def check_mail_from(client: Client, sender: str) -> Asking[SpfResult]:
    """The result for the envelope sender; `postmaster@` the HELO name where it is empty (RFC 7208, 2.4)."""
    sender = sender.removeprefix("<").removesuffix(">")
    local, _, domain = sender.rpartition("@") if sender else ("", "", client.helo)
    return _Check(client, local, domain).run(SpfScope.MFROM)


def check_helo(client: Client) -> Asking[SpfResult]:
    """The result for the HELO name (RFC 7208, 2.3); DMARC does not look at it."""
    return _Check(client, "", client.helo).run(SpfScope.HELO)


class _Stop(Exception):
    """The check ends with this result, however many includes it is in."""

    def __init__(self, result: AuthResult, problem: Problem) -> None:
        super().__init__(problem.code)
        self.result = result
        self.problem = problem


class _Check:
    """One check: who is checked, and what has been counted."""

    def __init__(self, client: Client, local: str, domain: str) -> None:
        self.address = client.plain
        self.rtype = "A" if self.address.version == 4 else "AAAA"
        self.domain = normal(domain)
        local = local[:MAX_LOCAL] or "postmaster"
        self.local_is_plain = local.isascii()
        self.values = {
            "s": f"{local}@{self.domain}",
            "l": local,
            "o": self.domain,
            "i": dotted(self.address),
            "v": "in-addr" if self.address.version == 4 else "ip6",
            "h": client.helo[:MAX_LOCAL],
            "c": str(self.address),
            "r": client.receiver,
            "t": str(client.at),
        }
        self.lookups = 0
        self.voids = 0
        self.counts_voids = True
        self.path: list[Step] = []
        self.problems: list[Problem] = []
        self.validated: tuple[str, ...] | None = None

    def run(self, scope: SpfScope) -> Asking[SpfResult]:
        """The whole check (RFC 7208, 4)."""
        explanation = ""
        try:
            result, domain, record = yield from self._start()
            if result is AuthResult.FAIL and record.exp and record.exp.domain:
                explanation = yield from self._explain(record.exp.domain, domain)
        except _Stop as stop:
            result = stop.result
            self.problems.append(stop.problem)
        path = tuple(self.path)
        return SpfResult(result, scope, self.domain, path, explanation, self.lookups, self.voids, tuple(self.problems))

    def _start(self) -> Asking[tuple[AuthResult, str, Record]]:
        domain = self.domain
        if not is_domain(domain):  # RFC 7208, 4.3
            raise _Stop(AuthResult.NONE, Problem("domain", domain, why="it is no domain that the DNS can hold"))
        record = yield from self._record(domain)
        if record is None:
            raise _Stop(AuthResult.NONE, Problem("no_record", domain, why="the domain has no SPF record"))
        return (yield from self._evaluate(domain, record))

    def _record(self, domain: str) -> Asking[Record | None]:
        """The one good record of a domain, None where there is none (RFC 7208, 4.4 to 4.6)."""
        answer = yield from self._ask(domain, "TXT")
        if answer.failed:
            raise self._unanswered(domain, answer)
        texts = select(answer.values)
        if not texts:
            return None
        if len(texts) > 1:
            raise _Stop(AuthResult.PERMERROR, Problem("many_records", domain, why=f"the domain has {len(texts)} SPF records"))
        record = parse_spf(texts[0])
        if record.flaws:
            flaw = record.flaws[0]
            raise _Stop(AuthResult.PERMERROR, Problem("syntax", domain, flaw.text, flaw.why))
        return record

    def _evaluate(self, domain: str, record: Record) -> Asking[tuple[AuthResult, str, Record]]:
        """The result of a record, and the domain and record that gave it (RFC 7208, 4.6.2 and 6.1)."""
        for term in record.mechanisms:
            self.path.append(Step(domain, term.text))
            if (yield from self._matches(term, domain)):
                return term.qualifier, domain, record
            self.path.pop()
        if record.redirect is None:
            self.path.append(Step(domain, ""))
            return AuthResult.NEUTRAL, domain, record
        self.path.append(Step(domain, record.redirect.text))
        target, other = yield from self._other(record.redirect, domain)
        return (yield from self._evaluate(target, other))

    def _matches(self, term: Term, domain: str) -> Asking[bool]:
        """Whether a mechanism matches (RFC 7208, 5)."""
        if term.name == "all":
            return True
        if term.network is not None:
            return self.address in term.network
        if term.name == "include":
            return (yield from self._included(term, domain))
        self._count(term, domain)
        if term.name == "ptr":
            return (yield from self._named(term, domain))
        target = yield from self._target(term.domain, domain)
        if not target:
            return False
        if term.name == "mx":
            return (yield from self._exchanged(term, target))
        if term.name == "exists":
            return (yield from self._must(target, "A")).found
        return (yield from self._at(term, target))

    def _included(self, term: Term, domain: str) -> Asking[bool]:
        """Whether the other policy passes (RFC 7208, 5.2)."""
        depth = len(self.path)
        target, other = yield from self._other(term, domain)
        result, _, _ = yield from self._evaluate(target, other)
        if result is AuthResult.PASS:
            return True
        del self.path[depth:]
        return False

    def _other(self, term: Term, domain: str) -> Asking[tuple[str, Record]]:
        """The domain and record that `include` or `redirect` points to; there must be one."""
        self._count(term, domain)
        target = yield from self._target(term.domain, domain)
        record = (yield from self._record(target)) if is_name(target) else None
        if record is None:
            raise _Stop(AuthResult.PERMERROR, Problem("no_record", domain, term.text, f"{target or 'it'} has no SPF record"))
        return target, record

    def _at(self, term: Term, name: str) -> Asking[bool]:
        """Whether the address is one of the name's, or in the range around one (RFC 7208, 5.3)."""
        bits = term.bits4 if self.rtype == "A" else term.bits6
        answer = yield from self._must(name, self.rtype)
        shift = self.address.max_prefixlen - bits
        return any(int(unmapped(value)) >> shift == int(self.address) >> shift for value in answer.values)

    def _exchanged(self, term: Term, name: str) -> Asking[bool]:
        """Whether the address is that of a mail exchanger (RFC 7208, 5.4)."""
        answer = yield from self._must(name, "MX")
        names = [value.partition(" ")[2] for value in answer.values]
        if len(names) > MAX_MX:
            raise _Stop(AuthResult.PERMERROR, Problem("mx_names", name, term.text, f"{name} has {len(names)} mail exchangers"))
        for exchange in names:
            if exchange.strip(".") and (yield from self._at(term, exchange)):
                return True
        return False

    def _named(self, term: Term, domain: str) -> Asking[bool]:
        """Whether a name of the address is in the domain (RFC 7208, 5.5)."""
        target = (yield from self._target(term.domain, domain)).lower()
        names = yield from self._names(domain)
        return bool(target) and any(name == target or name.endswith("." + target) for name in names)

    def _names(self, domain: str) -> Asking[tuple[str, ...]]:
        """The names of the address that have the address (RFC 7208, 5.5)."""
        if self.validated is None:
            name = ".".join(reversed(self.values["i"].split("."))) + f".{self.values['v']}.arpa"
            answer = yield from self._ask(name, "PTR")
            if answer.failed:  # it fails to match, no error
                self.problems.append(Problem("ptr_unanswered", domain, why=answer.why))
            if len(answer.values) > MAX_PTR:
                self.problems.append(Problem("ptr_names", domain, why=f"the address has {len(answer.values)} names"))
            names = []
            for value in answer.values[:MAX_PTR]:
                addresses = yield from self._ask(value, self.rtype)
                if any(unmapped(text) == self.address for text in addresses.values):
                    names.append(value.lower())
            self.validated = tuple(names)
        return self.validated

    def _target(self, spec: MacroString | None, domain: str) -> Asking[str]:
        """The name a term is about; empty where it cannot be (RFC 7208, 4.8 and 7)."""
        if spec is None:
            return domain
        letters = spec.letters
        if not self.local_is_plain and letters & NAMED_BY_LOCAL:
            return ""
        if not letters:
            return shortened(expand(spec, {}))
        values = {**self.values, "d": domain}
        if "p" in letters:
            values["p"] = yield from self._own_name(domain)
        return shortened(expand(spec, values))

    def _own_name(self, domain: str) -> Asking[str]:
        """`%{p}`: the domain itself, else a name below it, else any, else `unknown` (RFC 7208, 7.3)."""
        names = yield from self._names(domain)
        within = [name for name in names if name.endswith("." + domain.lower())]
        return domain if domain.lower() in names else (*within, *names, "unknown")[0]

    def _explain(self, spec: MacroString, domain: str) -> Asking[str]:
        """The explanation, empty where it cannot be had; nothing in it changes the result (RFC 7208, 6.2)."""
        self.counts_voids = False
        name = yield from self._target(spec, domain)
        answer = yield from self._ask(name, "TXT")
        made = read_macros(answer.values[0], in_text=True) if len(answer.values) == 1 else ""
        if isinstance(made, str):
            return ""
        values = {**self.values, "d": domain}
        if "p" in made.letters:
            values["p"] = yield from self._own_name(domain)
        text = expand(made, values)
        return text[:MAX_EXPLANATION] if text.isascii() and text.isprintable() else ""

    def _must(self, name: str, rtype: str) -> Asking[Answer]:
        """The answer; a temperror where nobody knows it (RFC 7208, 5)."""
        answer = yield from self._ask(name, rtype)
        if answer.failed:
            raise self._unanswered(name, answer)
        return answer

    def _ask(self, name: str, rtype: str) -> Asking[Answer]:
        """The answer; counts what finds nothing (RFC 7208, 4.6.4). What can be no name is not asked for and not counted."""
        if not is_name(name):
            return NXDOMAIN
        answer = yield Question(name.lower().replace("\\", "\\\\"), rtype)
        if answer.is_void and self.counts_voids:
            self.voids += 1
            if self.voids > MAX_VOIDS:
                why = f"more than {MAX_VOIDS} questions find nothing"
                raise _Stop(AuthResult.PERMERROR, Problem("voids", name, self._term(), why))
        return answer

    def _count(self, term: Term, domain: str) -> None:
        self.lookups += 1
        if self.lookups > MAX_LOOKUPS:
            why = f"more than {MAX_LOOKUPS} terms ask the DNS"
            raise _Stop(AuthResult.PERMERROR, Problem("lookups", domain, term.text, why))

    def _unanswered(self, name: str, answer: Answer) -> _Stop:
        return _Stop(AuthResult.TEMPERROR, Problem("unanswered", name, self._term(), answer.why))

    def _term(self) -> str:
        return self.path[-1].term if self.path else ""

"""The result of a message."""

from __future__ import annotations

import pytest
from tests.core.dmarc.asked import Table

from sekisho.core.dmarc.discover import Method
from sekisho.core.dmarc.evaluate import MAX_AUTHORS, Identifier, evaluate, evaluate_all
from sekisho.core.questions import FAILED
from sekisho.core.terms import AuthResult, Policy

ZONE = {
    "_dmarc.example.com": "v=DMARC1; p=reject; sp=quarantine; np=none",
    "_dmarc.strict.example": "v=DMARC1; p=reject; adkim=s; aspf=s",
    "_dmarc.test.example": "v=DMARC1; p=reject; t=y",
    "_dmarc.bad.example": "v=DMARC1; p=maybe",
    "_dmarc.bad-reports.example": "v=DMARC1; p=maybe; rua=mailto:a@bad-reports.example",
    "_dmarc.gone.example": FAILED,
    "there.example.com A": "192.0.2.1",
    "unsure.example.com A": FAILED,
}


def dkim(domain: str, result: str = "pass") -> Identifier:
    return Identifier(domain, AuthResult(result))


@pytest.mark.parametrize(
    ("author", "spf", "signatures", "result", "policy"),
    [
        ("example.com", dkim("example.com"), [], "pass", "reject"),
        ("example.com", dkim("bounce.example.com"), [], "pass", "reject"),
        ("example.com", dkim("example.com", "softfail"), [], "fail", "reject"),
        ("example.com", None, [dkim("example.com")], "pass", "reject"),
        ("example.com", None, [dkim("other.example"), dkim("m.example.com")], "pass", "reject"),
        ("example.com", None, [dkim("example.com", "fail")], "fail", "reject"),
        ("example.com", dkim("other.example"), [dkim("other.example")], "fail", "reject"),
        ("example.com", dkim("other.example"), [dkim("example.com")], "pass", "reject"),
        ("example.com", None, [], "fail", "reject"),
        ("there.example.com", None, [], "fail", "quarantine"),
        ("no.example.com", None, [], "fail", "none"),
        ("unsure.example.com", None, [], "temperror", "absent"),
        ("unsure.example.com", dkim("example.com"), [], "pass", "absent"),
        ("strict.example", dkim("m.strict.example"), [], "fail", "reject"),
        ("strict.example", dkim("strict.example"), [], "pass", "reject"),
        ("strict.example", None, [dkim("m.strict.example")], "fail", "reject"),
        ("test.example", None, [], "fail", "quarantine"),
        ("bad.example", dkim("bad.example"), [], "permerror", "absent"),
        ("bad-reports.example", None, [], "fail", "none"),
        ("nothing.example", dkim("nothing.example"), [], "none", "absent"),
        ("gone.example", dkim("gone.example"), [], "temperror", "absent"),
        ("example.com", dkim("example.com", "temperror"), [], "temperror", "reject"),
        ("example.com", dkim("example.com", "temperror"), [dkim("example.com")], "pass", "reject"),
        ("example.com", dkim("other.example", "temperror"), [], "fail", "reject"),
        ("example.com", None, [dkim("example.com", "temperror")], "temperror", "reject"),
        ("example.com", dkim("example.com", "permerror"), [], "fail", "reject"),
    ],
)
def test_results(author: str, spf: Identifier | None, signatures: list[Identifier], result: str, policy: str) -> None:
    found = Table(ZONE).ask(evaluate(author, spf, signatures))
    assert (found.result, found.policy) == (AuthResult(result), Policy(policy))


def test_a_pass_comes_first_among_many_signatures() -> None:
    many = [dkim(f"d{n}.example.com", "fail") for n in range(500)] + [dkim("example.com")]
    table = Table(ZONE)
    assert table.ask(evaluate("example.com", None, many)).result is AuthResult.PASS
    assert len(table.asked) < 20


def test_hostile_signatures_cost_a_bounded_number_of_questions() -> None:
    many = [dkim(f"{n}.a.b.c.d.e.f.g.h.com") for n in range(500)]
    table = Table(ZONE)
    assert table.ask(evaluate("example.com", None, many)).result is AuthResult.FAIL
    assert len(table.asked) <= 1 + 20 * (8 + 2)


def test_of_several_authors_the_strictest_failure_comes_first() -> None:
    authors = ["there.example.com", "nothing.example", "example.com", "Example.com", *(f"x{n}.example" for n in range(9))]
    found = Table(ZONE).ask(evaluate_all(authors, None, []))
    assert (found[0].author, found[0].policy) == ("example.com", Policy.REJECT)
    assert len(found) == MAX_AUTHORS


def test_by_list_a_subdomain_has_the_subdomain_policy() -> None:
    found = Table(ZONE).ask(evaluate("there.example.com", dkim("bounce.example.com"), [], Method.PSL))
    assert (found.result, found.policy) == (AuthResult.PASS, Policy.QUARANTINE)

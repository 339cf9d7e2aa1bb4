"""The writer of aggregate reports: what is written is read back equal, and keeps to the schema of its generation."""

from __future__ import annotations

from dataclasses import fields, replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.core.reports.address import canonical
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.values import (
    AggregateReport,
    DkimAuth,
    PolicyPublished,
    Reason,
    Record,
    Rows,
    Said,
    SpfAuth,
)
from sekisho.core.reports.write import MAX_DKIM, NAMESPACE, PIECE, file_name, subject, write_aggregate
from sekisho.core.terms import (
    Aligned,
    AlignmentMode,
    AuthResult,
    Disposition,
    Generation,
    Override,
    Policy,
    SpfScope,
)

OLD, NEW = Generation.RFC7489, Generation.RFC9990

SCHEMA: dict[Generation, dict[str, str]] = {
    OLD: {
        "feedback": "version report_metadata policy_published record*",
        "report_metadata": "org_name email extra_contact_info? report_id date_range error*",
        "date_range": "begin end",
        "policy_published": "domain adkim? aspf? p sp pct fo",
        "record": "row identifiers auth_results",
        "row": "source_ip count policy_evaluated",
        "policy_evaluated": "disposition dkim spf reason*",
        "reason": "type comment?",
        "identifiers": "envelope_to? envelope_from header_from",
        "auth_results": "dkim* spf+",
        "auth_results/dkim": "domain selector? result human_result?",
        "auth_results/spf": "domain scope result",
    },
    NEW: {
        "feedback": "version? report_metadata policy_published record*",
        "report_metadata": "org_name email extra_contact_info? report_id date_range error? generator?",
        "date_range": "begin end",
        "policy_published": "domain discovery_method? p sp? np? adkim? aspf? fo? testing?",
        "record": "row identifiers auth_results",
        "row": "source_ip count policy_evaluated",
        "policy_evaluated": "disposition dkim spf reason*",
        "reason": "type comment?",
        "identifiers": "envelope_to? envelope_from? header_from",
        "auth_results": "dkim* spf?",
        "auth_results/dkim": "domain selector result human_result?",
        "auth_results/spf": "domain scope? result human_result?",
    },
}
"""What stands in an element, in this order (RFC 7489, App. C; RFC 9990, 3.1.1); `record` may be missing when nothing was seen."""

WORDS: dict[Generation, dict[str, str]] = {
    OLD: {
        "disposition": "none quarantine reject",
        "type": "forwarded sampled_out trusted_forwarder mailing_list local_policy other",
        "scope": "helo mfrom",
        "auth_results/dkim/result": "none pass fail policy neutral temperror permerror",
        "auth_results/spf/result": "none neutral pass fail softfail temperror permerror",
        "policy_evaluated/dkim": "pass fail",
        "policy_evaluated/spf": "pass fail",
        "p": "none quarantine reject",
        "sp": "none quarantine reject",
    },
    NEW: {
        "disposition": "none pass quarantine reject",
        "type": "trusted_forwarder mailing_list local_policy policy_test_mode other",
        "scope": "mfrom",
        "auth_results/dkim/result": "none pass fail policy neutral temperror permerror",
        "auth_results/spf/result": "none neutral pass fail softfail policy temperror permerror",
        "policy_evaluated/dkim": "pass fail",
        "policy_evaluated/spf": "pass fail",
        "p": "none quarantine reject",
        "np": "none quarantine reject",
        "testing": "n y",
        "discovery_method": "psl treewalk",
    },
}

names = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\.[a-z]{2,6}){1,2}", fullmatch=True)
clean_text = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=20)
any_text = st.text(st.characters(categories=("L", "N", "P", "S", "Z", "C")), max_size=20)
addresses = st.ip_addresses().map(lambda address: canonical(str(address)) or "")


def without(enum, *members):
    """All members but these."""
    return st.sampled_from([member for member in enum if member not in members])


def saids(*, form: Generation | None, text: st.SearchStrategy[str]) -> st.SearchStrategy[Said]:
    """What records may say: what a generation can express, or (form None) anything."""
    absent = () if form is None else ("absent",)
    dispositions = without(Disposition, *absent, *(("pass",) if form is OLD else ()))
    overrides = without(Override, *absent, *{OLD: ("policy_test_mode",), NEW: ("forwarded", "sampled_out"), None: ()}[form])
    scopes = without(SpfScope, *{OLD: ("absent",), NEW: ("helo",), None: ()}[form])
    spf_results = without(AuthResult, *absent, *(("policy",) if form is OLD else ()))
    dkim_results = without(AuthResult, *absent, *(("softfail",) if form else ()))
    spf_words = text if form is not OLD else st.just("")
    dkim = st.builds(DkimAuth, names, st.from_regex(r"[a-z0-9._-]{0,9}", fullmatch=True), dkim_results, text)
    spf = st.builds(SpfAuth, names, scopes, spf_results, spf_words)
    aligned = without(Aligned, *absent)
    return st.builds(
        Said,
        disposition=dispositions,
        dkim_aligned=aligned,
        spf_aligned=aligned,
        reasons=st.lists(st.builds(Reason, overrides, text, text if form is None else st.just("")), max_size=3).map(tuple),
        header_from=names,
        envelope_from=st.one_of(st.just(""), names),
        envelope_to=st.one_of(st.just(""), names),
        dkim=st.lists(dkim, max_size=4).map(tuple),
        spf=st.lists(spf, min_size=1 if form is OLD else 0, max_size=1 if form is NEW else 3).map(tuple),
        notes=st.just(()),
        memo=st.builds(dict),
    )


def policies(form: Generation | None) -> st.SearchStrategy[PolicyPublished]:
    """Policies likewise."""
    modes = st.sampled_from(AlignmentMode)
    absent = ("absent",) if form else ()
    if form is OLD:
        p, pct, fo = without(Policy, "absent"), st.integers(0, 100), st.sampled_from(["0", "1", "d:s"])
        return st.builds(PolicyPublished, names, p, p, adkim=modes, aspf=modes, pct=pct, fo=fo)
    return st.builds(
        PolicyPublished,
        names,
        without(Policy, *absent),
        st.sampled_from(Policy),
        st.sampled_from(Policy),
        modes,
        modes,
        pct=st.none(),
        fo=st.sampled_from(["", "0", "1:d"]),
        testing=st.sampled_from(["", "y", "n"]),
        discovery_method=st.sampled_from(["", "psl", "treewalk"]),
    )


def reports(form: Generation | None, text: st.SearchStrategy[str] = clean_text) -> st.SearchStrategy[AggregateReport]:
    """Reports likewise, with rows that share what they say."""
    count = st.integers(1, 10**9)
    rows = st.lists(saids(form=form, text=text), min_size=1, max_size=3).flatmap(
        lambda known: st.lists(st.builds(Record, addresses, count, st.sampled_from(known)), min_size=1, max_size=6)
    )
    return st.builds(
        AggregateReport,
        org_name=text,
        email=text,
        extra_contact_info=text,
        report_id=text,
        begin=st.integers(1, 2**32),
        end=st.integers(1, 2**32),
        policy=policies(form),
        rows=rows.map(Rows.of),
        errors=st.lists(text.filter(bool), max_size=1 if form is NEW else 3).map(tuple),
        generator=st.just("") if form is OLD else text,
        version=st.just("1.0"),
        namespace=st.just(NAMESPACE) if form is NEW else st.sampled_from(["", "http://dmarc.org/dmarc-xml/0.1"]),
        generation=st.just(form) if form else st.sampled_from(Generation),
    )


def plain(report: AggregateReport) -> tuple[object, ...]:
    """All that a report says, as values that compare."""
    head = replace(report, rows=Rows(), notes=())
    columns = [each.name for each in fields(Said) if each.name not in ("notes", "memo")]
    rows = [(ip, count, *(getattr(said, name) for name in columns)) for ip, count, said in report.rows]
    return (*(getattr(head, each.name) for each in fields(head) if each.name != "rows"), rows)


@settings(deadline=None)
@given(st.one_of(reports(OLD), reports(NEW)))
def test_what_is_written_is_read_back_equal(report):
    assert plain(read_aggregate(write_aggregate(report))) == plain(report)


def check_schema(element: ElementTree.Element, generation: Generation, parent: str = "") -> None:
    """Asserts that order, number and words of an element's content are those of the schema."""
    namespace, _, name = element.tag.rpartition("}")
    assert namespace.lstrip("{") in ((NAMESPACE,) if generation is NEW else ("", "http://dmarc.org/dmarc-xml/0.1"))
    children = [child.tag.rpartition("}")[2] for child in element]
    schema, words = SCHEMA[generation], WORDS[generation]
    content = schema.get(f"{parent}/{name}") or schema.get(name)
    if content is None:
        assert not children, f"{name} has no elements"
        allowed = words.get(name) or words.get(f"{parent}/{name}") or words.get(f"auth_results/{parent}/{name}")
        assert allowed is None or element.text in allowed.split(), f"{name}: {element.text}"
        return
    rest = children
    for item in content.split():
        wanted = item.rstrip("?*+")
        number = 0
        while number < len(rest) and rest[number] == wanted:
            number += 1
        least, most = {"?": (0, 1), "*": (0, 10**9), "+": (1, 10**9)}.get(item[-1], (1, 1))
        assert least <= number <= most, f"{number} {wanted} in {name}"
        rest = rest[number:]
    assert not rest, f"{name} has {rest} out of order"
    for child in element:
        check_schema(child, generation, name)


@settings(deadline=None)
@given(reports(None, any_text))
def test_whatever_a_report_says_the_document_keeps_to_its_schema(report):
    document = b"".join(write_aggregate(report))
    check_schema(ElementTree.fromstring(document), report.generation)  # noqa: S314 - our own output


PASSED = Said(
    Disposition.NONE, Aligned.PASS, Aligned.PASS, (), "example.com", "example.com", "",
    (DkimAuth("example.com", "s1", AuthResult.PASS),), (SpfAuth("example.com", SpfScope.MFROM, AuthResult.PASS),),
)  # fmt: skip


def a_report(*records: Record, generation: Generation = NEW, **changes: object) -> AggregateReport:
    """A report on example.com."""
    known = AggregateReport(
        "mail.example.net", "dmarc@mail.example.net", "", "1@mail.example.net", 1013662812, 1013749130,
        PolicyPublished("example.com", Policy.REJECT), Rows.of(records or [Record("192.0.2.1", 1, PASSED)]), generation=generation,
    )  # fmt: skip
    return replace(known, **changes)


def written(report: AggregateReport) -> str:
    """The document as text."""
    return b"".join(write_aggregate(report)).decode()


@pytest.mark.parametrize(
    ("generation", "override", "kind", "comment"),
    [
        (NEW, Reason(Override.FORWARDED), Override.OTHER, "forwarded"),
        (NEW, Reason(Override.SAMPLED_OUT, "20 %"), Override.OTHER, "sampled_out: 20 %"),
        (OLD, Reason(Override.POLICY_TEST_MODE), Override.OTHER, "policy_test_mode"),
        (NEW, Reason(Override.OTHER, "see log", "quirk"), Override.OTHER, "quirk: see log"),
        (OLD, Reason(Override.ABSENT), Override.OTHER, ""),
        (OLD, Reason(Override.FORWARDED, "seen"), Override.FORWARDED, "seen"),
    ],
)
def test_a_reason_the_generation_does_not_know_becomes_other(generation, override, kind, comment):
    said = replace(PASSED, reasons=(override,), memo={})
    again = read_aggregate(write_aggregate(a_report(Record("192.0.2.1", 1, said), generation=generation)))
    assert again.rows.saids[0].reasons == (Reason(kind, comment),)


def test_an_aligned_result_nobody_said_is_worked_out():
    said = replace(PASSED, dkim_aligned=Aligned.ABSENT, spf_aligned=Aligned.ABSENT, envelope_from="b.example.org", memo={})
    said = replace(said, spf=(SpfAuth("b.example.org", SpfScope.MFROM, AuthResult.PASS),), memo={})
    again = read_aggregate(write_aggregate(a_report(Record("192.0.2.1", 1, said)))).rows.saids[0]
    assert (again.dkim_aligned, again.spf_aligned) == (Aligned.PASS, Aligned.FAIL)


def test_of_more_than_100_signatures_the_most_telling_are_kept():
    failed = [DkimAuth("example.com", f"f{n}", AuthResult.FAIL) for n in range(90)]
    other = [DkimAuth(f"d{n}.example.net", "o", AuthResult.PASS) for n in range(60)]
    relaxed, strict = DkimAuth("mail.example.com", "r", AuthResult.PASS), DkimAuth("example.com", "s", AuthResult.PASS)
    said = replace(PASSED, dkim=(*failed, *other, relaxed, strict), memo={})
    kept = read_aggregate(write_aggregate(a_report(Record("192.0.2.1", 1, said)))).rows.saids[0].dkim
    assert kept == (strict, relaxed, *other, *failed[: MAX_DKIM - 62])


def test_with_strict_alignment_a_subdomain_signature_is_one_among_others():
    other = [DkimAuth(f"d{n}.example.net", "o", AuthResult.PASS) for n in range(100)]
    said = replace(PASSED, dkim=(*other, DkimAuth("mail.example.com", "r", AuthResult.PASS)), memo={})
    policy = PolicyPublished("example.com", Policy.REJECT, adkim=AlignmentMode.STRICT)
    assert "<selector>r</selector>" not in written(a_report(Record("192.0.2.1", 1, said), policy=policy))


def test_only_mail_from_is_told_in_the_new_generation():
    helo, mail_from = (SpfAuth("mx.example.com", SpfScope.HELO, AuthResult.PASS), PASSED.spf[0])
    said = replace(PASSED, spf=(helo, mail_from), memo={})
    assert read_aggregate(write_aggregate(a_report(Record("192.0.2.1", 1, said)))).rows.saids[0].spf == (mail_from,)
    old = read_aggregate(write_aggregate(a_report(Record("192.0.2.1", 1, said), generation=OLD)))
    assert old.rows.saids[0].spf == (helo, mail_from)


def test_characters_that_xml_forbids_are_replaced_and_markup_is_escaped():
    report = a_report(org_name='a\0b\x1b<c>&"\ud800\ufffe', generation=OLD, namespace='x" y="<&')
    document = written(report)
    assert "<org_name>a\ufffdb\ufffd&lt;c&gt;&amp;&quot;\ufffd\ufffd</org_name>" in document
    assert ElementTree.fromstring(document).attrib == {}  # noqa: S314 - our own output


def test_a_long_report_comes_in_pieces_of_bounded_size():
    each = [replace(PASSED, header_from=f"h{n}.example.com", memo={}) for n in range(3000)]
    pieces = list(write_aggregate(a_report(*(Record("192.0.2.1", n, said) for n, said in enumerate(each)))))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 2 * PIECE
    again = read_aggregate(pieces)
    assert [(count, said.header_from) for _, count, said in again.rows] == [(n, f"h{n}.example.com") for n in range(3000)]


def test_file_names_are_those_of_the_rfc():
    report = a_report()
    assert file_name(report, "mail.receiver.example") == "mail.receiver.example!example.com!1013662812!1013749130.xml.gz"
    assert file_name(report, "m.example", "a-1/b", compressed=False) == "m.example!example.com!1013662812!1013749130!a1b.xml"


def test_a_file_name_cannot_leave_its_folder():
    report = a_report(policy=PolicyPublished("../../etc\r\n!x", Policy.NONE))
    assert file_name(report, "a/b\\c!d") == "abcd!....etcx!1013662812!1013749130.xml.gz"


@pytest.mark.parametrize(
    ("report_id", "tail"),
    [
        ("1@mail.example.net", " Report-ID: <1@mail.example.net>"),
        ("2002.02.15.1", " Report-ID: <2002.02.15.1>"),
        ("a b", ""),
        ("a>\r\nBcc: x@example.org", ""),
        ("", ""),
    ],
)
def test_a_report_id_is_in_the_subject_only_in_its_proper_form(report_id, tail):
    words = "Report Domain: example.com Submitter: mail.example.net"
    assert subject(a_report(report_id=report_id), "mail.example.net\r\n") == words + tail

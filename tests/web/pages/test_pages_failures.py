"""Failure reports on the pages: people hidden, links dead, hostile content harmless; and who may see more."""

import html
import json
import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import failure_mail
from tests.web.pages.conftest import HOSTILE, keep
from tests.web.pages.test_pages_shown import LANGUAGES, links_of, text_of

from sekisho.flow import House
from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.models import Delivery, Failure, Member, Organisation

PERSONAL = ("taro.tanaka", "Taro Tanaka", "jiro@", "090-1234-5678")
BODY = "Dear Taro Tanaka,\r\npay at https://evil.example/pay?u=taro.tanaka or call 090-1234-5678, jiro@other.example\r\n"


def page(client: Client, name: str, lang: str = "en", **values: object) -> object:
    return client.get(reverse(name, kwargs={"org": "acme", **values}), headers={"accept-language": lang})


@pytest.fixture
def report(house: House, org: Organisation) -> Failure:
    """A failure report on one message."""
    keep(house, org, [("f.eml", failure_mail(1, subject="Tanaka, your account 77", body=BODY))])
    return Failure.objects.get()


def look(client: Client, report: Failure, why: str = "reported by the bank", **more: str) -> object:
    return client.post(reverse("failure_look", kwargs={"org": "acme", "number": report.pk}), {"why": why, **more})


@LANGUAGES
def test_the_list_and_a_report_hide_people(client_alice: Client, report: Failure, lang: str) -> None:
    listed = client_alice.get("/acme/failures/?range=12m", headers={"accept-language": lang})
    for answer in (listed, page(client_alice, "failure", lang, number=report.pk)):
        assert answer.status_code == 200
        body = html.unescape(answer.content.decode())
        assert "██, your account 77" in body
        for secret in PERSONAL:
            assert secret not in body, secret


def test_a_report_says_why_it_failed_and_shows_the_message(client_alice: Client, report: Failure) -> None:
    text = text_of(page(client_alice, "failure", number=report.pk))
    for words in (
        "DMARC failed: no check vouches for example.jp.",
        "Read by RFC 7489: nothing matched example.jp.",
        "Identity-Alignment: none",
        "pay at hxxps://evil[.]example/pay?██ or call ██, ██@other.example",
        "██ <██@receiver.example>",
        "in 90 days",
    ):
        assert words in text, words
    assert "https://evil.example" not in page(client_alice, "failure", number=report.pk).content.decode()


def test_japanese_words_of_a_report(client_alice: Client, report: Failure) -> None:
    text = text_of(page(client_alice, "failure", "ja", number=report.pk))
    for words in ("伏せ字を外す", "失敗した理由", "DMARC は不合格です。", "あと 90 日"):
        assert words in text, words


def test_lifting_the_redaction_asks_why_is_written_down_and_ends(
    client_alice: Client, alice: object, report: Failure, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "say why" in text_of(client_alice.get(look(client_alice, report, "  ")["Location"]))
    assert not AuditEntry.objects.filter(action=Action.FAILURE_SHOWN).exists()
    look(client_alice, report)
    text = text_of(page(client_alice, "failure", number=report.pk))
    assert "Dear Taro Tanaka," in text
    assert "taro.tanaka@receiver.example" in text
    assert "hxxps://evil[.]example/pay?u=taro.tanaka" in text, "links stay dead"
    seen = AuditEntry.objects.get(action=Action.FAILURE_SHOWN)
    assert (seen.person, seen.target, seen.detail["why"]) == (alice, str(report.pk), "reported by the bank")
    assert "reported by the bank" in text
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 601)
    assert "Dear Taro Tanaka" not in text_of(page(client_alice, "failure", number=report.pk))


def test_the_redaction_can_be_laid_on_again(client_alice: Client, report: Failure) -> None:
    look(client_alice, report)
    look(client_alice, report, hide="1")
    assert "Dear Taro" not in text_of(page(client_alice, "failure", number=report.pk))
    assert AuditEntry.objects.filter(action=Action.FAILURE_SHOWN).count() == 1


def test_lifting_is_for_this_report_and_this_session_alone(
    client_alice: Client, alice: object, house: House, org: Organisation, report: Failure
) -> None:
    keep(house, org, [("g.eml", failure_mail(2, body=BODY))])
    look(client_alice, report)
    other = Failure.objects.exclude(pk=report.pk).get()
    assert "Dear Taro" not in text_of(page(client_alice, "failure", number=other.pk))
    again = Client()
    again.force_login(alice)  # type: ignore[arg-type]
    assert "Dear Taro" not in text_of(page(again, "failure", number=report.pk))


def test_a_reader_sees_redacted_reports_only(client_bob: Client, client_alice: Client, report: Failure) -> None:
    assert look(client_bob, report).status_code == 403
    assert not AuditEntry.objects.filter(action=Action.FAILURE_SHOWN).exists()
    answer = page(client_bob, "failure", number=report.pk)
    assert "Show without redaction" not in text_of(answer)
    assert client_bob.get(f"/acme/deliveries/{report.delivery_id}/download").status_code == 403
    look(client_alice, report)
    assert "Dear Taro" not in text_of(page(client_bob, "failure", number=report.pk))


def test_who_becomes_a_reader_sees_no_more(client_alice: Client, alice: object, report: Failure) -> None:
    look(client_alice, report)
    Member.objects.filter(user=alice).update(role="reader")
    assert "Dear Taro" not in text_of(page(client_alice, "failure", number=report.pk))
    assert client_alice.get(f"/acme/deliveries/{report.delivery_id}/download").status_code == 403


def test_the_bytes_go_out_only_while_the_report_is_shown_openly(client_alice: Client, report: Failure) -> None:
    address = f"/acme/deliveries/{report.delivery_id}/download"
    assert client_alice.get(address)["Location"] == f"/acme/failures/{report.pk}/"
    look(client_alice, report)
    assert b"taro.tanaka" in client_alice.get(address).content


def test_the_bytes_of_strays_and_duplicates_do_not_go_out_either(
    client_alice: Client, house: House, org: Organisation, report: Failure
) -> None:
    (stray,) = keep(house, org, [("s.eml", failure_mail(3, domain="stray.example"))])
    (again,) = keep(house, org, [("again.eml", failure_mail(1, subject="Tanaka, your account 77", body=BODY))])
    look(client_alice, report)
    for number in (stray, again):
        answer = client_alice.get(f"/acme/deliveries/{number}/download")
        assert answer["Location"] == f"/acme/deliveries/{number}/"


def test_what_the_report_itself_says_is_free_of_people_too(client_alice: Client, house: House, org: Organisation) -> None:
    mail = failure_mail(1, fields="DKIM-Domain: jiro@example.jp\r\nDKIM-Selector: jiro@example.jp \u202e\r\n")
    mail = mail.replace(b"Subject: DMARC failure", b"Subject: FW: Taro Tanaka, pay").replace(b"203.0.113.7", b"jiro@example.jp")
    keep(house, org, [("f.eml", mail)])
    row = Failure.objects.get()
    assert (row.dkim_domain, row.dkim_selector, row.source_ip) == ("example.jp", "██@example.jp �", "██@example.jp")
    assert Delivery.objects.get().subject == "FW: ██, pay"
    for path in (f"/acme/failures/{row.pk}/", f"/acme/deliveries/{row.delivery_id}/", "/acme/deliveries/?show=all"):
        body = client_alice.get(path).content.decode()
        assert not [secret for secret in ("jiro@", "Tanaka", "\u202e") if secret in body]


def test_another_organisation_finds_nothing(client_charlie: Client, report: Failure) -> None:
    for path in (
        f"/acme/failures/{report.pk}/",
        f"/other/failures/{report.pk}/",
        f"/other/deliveries/{report.delivery_id}/download",
    ):
        assert client_charlie.get(path).status_code == 404
    for org in ("acme", "other"):
        assert client_charlie.post(f"/{org}/failures/{report.pk}/look", {"why": "x"}).status_code == 404
    assert b"your account" not in client_charlie.get("/other/failures/?range=12m").content
    assert not AuditEntry.objects.filter(action=Action.FAILURE_SHOWN).exists()


NESTED = (
    "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Hanako <hanako@inner.example>\r\n"
    f"Subject: {HOSTILE}\r\n\r\nDear Taro Tanaka\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    "mail",
    [
        failure_mail(1, subject=HOSTILE, body=HOSTILE, fields=f"X-{'a' * 90}: {HOSTILE}\r\nUser-Agent: {HOSTILE}\r\n"),
        failure_mail(1, subject="\u202egnp.exe \u200b\u2066", body="\u202eevil\u2069 \x00\x07"),
        failure_mail(1, subject="=?utf-8?b?PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==?="),
        failure_mail(1, subject="x")
        .replace(b"Please pay", "振込先".encode("cp932"))
        .replace(b"Subject: x", "Subject: 件名".encode("cp932")),
        failure_mail(1, head="".join(f"X-{n}: {'y' * 3000}\r\n" for n in range(300))),
        failure_mail(1, head="MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n", body=NESTED),
        failure_mail(
            1,
            head="Content-Type: text/html\r\n",
            body=f'<a href="javascript:alert(1)">{HOSTILE}</a><img src=x onerror=alert(1)><base href="//evil.example">',
        ),
        failure_mail(1, head="Content-Type: text/plain; charset=utf-7\r\n", body="+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
        failure_mail(1, body="\r\n" * 50_000 + "<" * 100_000),
        failure_mail(1).replace(b"203.0.113.7", HOSTILE.encode()).replace(b"Auth-Failure: dmarc", b"Auth-Failure: <b>x</b>"),
        failure_mail(1)[: failure_mail(1).index(b"--part\r\nContent-Type: message/rfc822")] + b"--part--\r\n",
    ],
    ids=["html", "bidi", "encoded", "8bit", "huge", "nested", "html-mail", "utf-7", "long", "fields", "no-message"],
)
@pytest.mark.parametrize("is_lifted", [False, True])
def test_hostile_messages_are_shown_as_text(
    client_alice: Client, house: House, org: Organisation, mail: bytes, is_lifted: bool
) -> None:
    keep(house, org, [("f.eml", mail)])
    report = Failure.objects.get()
    if is_lifted:
        look(client_alice, report)
    for answer in (page(client_alice, "failure", number=report.pk), client_alice.get("/acme/failures/?range=12m")):
        assert answer.status_code == 200
        body = re.sub(r'<script id="[^"]*" type="application/json">.*?</script>', "", answer.content.decode(), flags=re.S)
        main = body[body.index("<main") : body.index("</main>")]
        for dangerous in ("<script", "<img", "<base", "<b>x", 'javascript:alert(1)"', "\u202e", "\u2066", "\x00", "\x07"):
            assert dangerous not in main, dangerous
        assert len(body) < 2_000_000
        assert not [link for link in links_of(answer) if "evil" in link or "alert(" in link]


def test_the_message_is_gone_with_its_bytes_but_the_page_stays(client_alice: Client, report: Failure) -> None:
    from sekisho.registry.models import Raw

    Raw.objects.all().update(data=b"")
    assert "cannot be shown any more" in text_of(page(client_alice, "failure", number=report.pk))


def test_reports_of_one_campaign_stand_together(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [(f"{n}.eml", failure_mail(n, subject=f"Invoice {n}")) for n in range(4)])
    answer = client_alice.get("/acme/failures/?range=12m")
    assert answer.context["total"] == 1
    newest = Failure.objects.latest("arrival")
    assert f"/acme/failures/{newest.pk}/" in links_of(answer)
    alike = [
        link for link in links_of(page(client_alice, "failure", number=newest.pk)) if re.fullmatch(r"/acme/failures/\d+/", link)
    ]
    assert len(set(alike)) == 3
    assert client_alice.get("/acme/failures/?range=12m&domain=other.example").context["total"] == 0


@LANGUAGES
def test_no_report_is_no_fault(client_alice: Client, store: object, lang: str) -> None:
    text = text_of(page(client_alice, "failures", lang))
    assert {"ja": "失敗レポートを送る受信側はごく少数です。届かなくても問題ありません。", "en": "You miss nothing if none arrive."}[
        lang
    ] in text


def test_a_report_of_today_is_in_the_default_range(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [("f.eml", failure_mail(1).replace(b"Thu, 01 Jan 2026 09:00:01 +0900", b"never"))])
    assert page(client_alice, "failures").context["total"] == 1


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_export_holds_nothing_personal(client_alice: Client, report: Failure, kind: str) -> None:
    answer = client_alice.get(f"/acme/export/failures.{kind}?range=12m")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "203.0.113.7" in text
    assert not [secret for secret in PERSONAL if secret in text]
    if kind == "json":
        (line,) = json.loads(text)
        assert (line["domain"], line["alignment_meaning"], line["dkim_aligned"]) == ("example.jp", "aligned", "false")
    assert client_alice.get("/acme/export/failures.xml").status_code == 404


def test_deliveries_without_failure_reports_download_as_before(client_bob: Client, house: House, org: Organisation) -> None:
    from tests.builders import record, report_xml

    (number,) = keep(house, org, [("r.xml", report_xml(1, [record("192.0.2.1")]))])
    assert client_bob.get(f"/acme/deliveries/{number}/download").status_code == 200
    assert Delivery.objects.get().failures == 0

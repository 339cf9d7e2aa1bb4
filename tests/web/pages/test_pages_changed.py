"""What people change on the pages: decisions, uploads, adopting, reading again; and what goes out as files."""

import csv
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import record, report_mail, report_xml
from tests.web.pages.conftest import HOSTILE, OWN, SPOOFER, Story, keep, yesterday
from tests.web.pages.test_pages_shown import text_of

from sekisho.flow import House, drain
from sekisho.registry.models import Decision, Delivery, Domain, Organisation
from sekisho.store.query import Filter, Page
from sekisho.web.pages import raw, upload

EVER = (0, 10**6)


def classes(house: House, org: Organisation) -> dict[str, int]:
    """Messages by class in the store."""
    split = house.store.split(Filter(org.pk, *EVER))
    return {"normal": split.normal, "forwarded": split.forwarded, "failing": split.failing, "spoof": split.spoof}


# ---- decisions


def test_a_decision_is_kept_applied_to_the_past_and_undone(
    client_alice: Client, house: House, org: Organisation, story: Story
) -> None:
    page = f"/acme/hosts/{SPOOFER}/"
    answer = client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "failing", "next": page}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "our own source" in text_of(answer)
    assert classes(house, org)["failing"] == story.spoofed
    answer = client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "undo", "next": page}, follow=True)
    assert "was taken back" in text_of(answer)
    assert classes(house, org)["spoof"] == story.spoofed
    assert Decision.objects.get(organisation=org).undone is not None
    assert "undone" in text_of(answer)


def test_a_confirmed_spoofer_is_called_so(client_alice: Client, story: Story) -> None:
    page = f"/acme/hosts/{SPOOFER}/"
    assert "Spoofing (confirmed)" not in text_of(client_alice.get(page))
    client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "spoof"})
    shown = text_of(client_alice.get(page))
    assert "Spoofing (confirmed)" in shown
    assert "This source is confirmed as spoofing." in shown


def test_a_decision_on_a_group_holds_for_its_hosts(client_alice: Client, house: House, org: Organisation, story: Story) -> None:
    group = house.store.groups(Filter(org.pk, *EVER, hosts=(SPOOFER,)), Page()).rows[0].group  # type: ignore[attr-defined]
    client_alice.post("/acme/decide", {"group": group, "verdict": "forwarded"})
    assert classes(house, org)["forwarded"] == story.spoofed
    assert "somebody decided: a forwarder" in text_of(client_alice.get(f"/acme/hosts/{SPOOFER}/"))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"verdict": "spoof"},
        {"source_ip": SPOOFER},
        {"source_ip": SPOOFER, "verdict": "normal"},
        {"source_ip": "a", "group": "b", "verdict": "spoof"},
    ],
)
def test_half_a_decision_is_refused(client_alice: Client, story: Story, sent: dict[str, str]) -> None:
    assert client_alice.post("/acme/decide", sent).status_code == 400
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "way", ["https://evil.example/", "//evil.example/acme/", "/other/overview", "/acme\\evil", "javascript:alert(1)"]
)
def test_after_a_decision_nobody_is_led_away(client_alice: Client, story: Story, way: str) -> None:
    answer = client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "spoof", "next": way})
    assert answer["Location"] == "/acme/overview"


def test_readers_may_not_change_anything(client_bob: Client, org: Organisation, story: Story) -> None:
    client_bob.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "spoof"})
    client_bob.post("/acme/deliveries/adopt", {"domain": "new.example"})
    client_bob.post("/acme/deliveries/reread", {"all": "unread"})
    before = Delivery.objects.count()
    assert client_bob.post("/acme/upload", {"files": SimpleUploadedFile("a.xml", b"x")}).status_code == 403
    assert not Decision.objects.exists()
    assert Delivery.objects.count() == before
    assert list(Domain.objects.filter(organisation=org).values_list("name", flat=True)) == ["example.jp"]
    assert "Your role may read, but not decide." in text_of(client_bob.get(f"/acme/hosts/{SPOOFER}/"))


# ---- deliveries


def test_what_could_not_be_read_is_shown_with_its_reason(client_alice: Client, house: House, org: Organisation) -> None:
    (number,) = keep(house, org, [("notes.txt", b"just some text")])
    row = Delivery.objects.get(pk=number)
    assert row.outcome == "not_a_report"
    for path in ("deliveries/", f"deliveries/{number}/"):
        assert "レポートではありません" in text_of(client_alice.get(f"/acme/{path}", headers={"accept-language": "ja"}))
        assert "not a report" in text_of(client_alice.get(f"/acme/{path}"))


def test_reading_again_lets_the_delivery_wait(client_alice: Client, house: House, org: Organisation) -> None:
    (number,) = keep(house, org, [("notes.txt", b"just some text")])
    answer = client_alice.post("/acme/deliveries/reread", {"id": str(number)}, follow=True)
    assert "1 delivery is being read again." in text_of(answer)
    assert Delivery.objects.get(pk=number).state == Delivery.State.WAITING
    assert "Nothing was chosen." in text_of(client_alice.post("/acme/deliveries/reread", {"id": "x"}, follow=True))


def test_strays_are_taken_over(client_alice: Client, house: House, org: Organisation) -> None:
    day = yesterday()
    (number,) = keep(house, org, [("s.xml", report_xml(1, [record(OWN, 7, domain="new.example")], domain="new.example", day=day))])
    assert "new.example" in text_of(client_alice.get("/acme/deliveries/?show=stray"))
    answer = client_alice.post("/acme/deliveries/adopt", {"domain": "new.example"}, follow=True)
    assert "new.example is registered." in text_of(answer)
    assert Delivery.objects.get(pk=number).state == Delivery.State.WAITING
    while drain(house):
        pass
    assert classes(house, org)["normal"] == 7


@pytest.mark.parametrize("name", ["", "not a domain", HOSTILE, "a" * 400, "-.example"])
def test_only_domains_are_taken_over(client_alice: Client, store: object, org: Organisation, name: str) -> None:
    answer = client_alice.post("/acme/deliveries/adopt", {"domain": name}, follow=True)
    assert "not a domain name" in text_of(answer)
    assert Domain.objects.filter(organisation=org).count() == 1


# ---- upload


def test_upload_by_script_keeps_the_file_and_tells_what_became_of_it(client_alice: Client, house: House, org: Organisation) -> None:
    mail = report_mail(report_xml(1, [record(OWN, 9)], day=yesterday()))
    answer = client_alice.post("/acme/upload", {"files": SimpleUploadedFile("r.eml", mail)}, headers={"accept": "application/json"})
    told = answer.json()
    number = told["delivery"]
    assert told["files"][0]["state"] == "waiting"
    assert bytes(Delivery.objects.get(pk=number).raw.data) == mail
    while drain(house):
        pass
    status = client_alice.get(f"/acme/deliveries/status?ids={number},x,999999").json()["files"]
    assert [(file["id"], file["outcome"], file["tone"]) for file in status] == [(number, "kept", "ok")]
    assert status[0]["text"] == "Kept: 1 report"
    assert client_alice.get(status[0]["url"]).status_code == 200


def test_upload_without_script_takes_several_files(client_alice: Client, house: House) -> None:
    files = [SimpleUploadedFile(f"{n}.xml", report_xml(n, [record(OWN)], day=yesterday())) for n in range(3)]
    answer = client_alice.post("/acme/upload", {"files": files}, follow=True)
    assert "3 files were received" in text_of(answer)
    assert Delivery.objects.filter(door="upload").count() == 3
    assert "No file was chosen." in text_of(client_alice.post("/acme/upload", {}, follow=True))


def test_too_large_files_are_not_taken(client_alice: Client, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "MAX_BYTES", 10)
    answer = client_alice.post(
        "/acme/upload", {"files": SimpleUploadedFile("big.xml", b"x" * 11)}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 413
    assert answer.json()["files"][0]["tone"] == "bad"
    assert not Delivery.objects.exists()


# ---- raw text and files


def newest(house: House, org: Organisation) -> list[object]:
    return list(house.store.reports(Filter(org.pk, *EVER), Page("-begin")).rows)


def test_raw_text_is_the_report_of_its_key_among_several(client_alice: Client, house: House, org: Organisation) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in (1, 2):
            archive.writestr(f"{number}.xml", report_xml(number, [record(OWN, number)], day=yesterday()))
    keep(house, org, [("both.zip", packed.getvalue())])
    for report in newest(house, org):
        shown = text_of(client_alice.get(f"/acme/reports/{report.key}/raw"))  # type: ignore[attr-defined]
        mine, other = report.report_id, f"receiver.example.{3 - int(report.report_id[-1])}"  # type: ignore[attr-defined]
        assert f"<report_id>{mine}</report_id>" in shown
        assert other not in shown


def test_raw_text_of_a_mail_is_unpacked(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [("m.eml", report_mail(report_xml(1, [record(OWN)], day=yesterday())))])
    (report,) = newest(house, org)
    assert "<org_name>receiver.example</org_name>" in text_of(client_alice.get(f"/acme/reports/{report.key}/raw"))  # type: ignore[attr-defined]


def test_downloads_are_the_very_bytes_under_a_harmless_name(client_alice: Client, house: House, org: Organisation) -> None:
    xml = report_xml(1, [record(OWN)], day=yesterday())
    (number,) = keep(house, org, [('../../"; filename=evil.html\r\nX: y.html', xml)])
    (report,) = newest(house, org)
    for path in (f"reports/{report.key}/download", f"deliveries/{number}/download"):  # type: ignore[attr-defined]
        answer = client_alice.get(f"/acme/{path}")
        assert answer.content == xml
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        name = answer["Content-Disposition"].removeprefix('attachment; filename="').removesuffix('"')
        assert name.startswith(f"delivery-{number}")
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def test_long_lines_are_broken_and_numbered_once() -> None:
    lines = raw.lines_of("a" * 2500 + "\nb\x00\n")
    assert [(number, len(text)) for number, text in lines] == [("1", 1000), ("", 1000), ("", 500), ("2", 2), ("3", 0)]
    assert lines[3][1] == "b�"


def test_raw_text_is_shown_page_by_page(client_alice: Client, house: House, org: Organisation) -> None:
    xml = report_xml(1, [record(OWN)], day=yesterday()).replace(b"<record>", b"\n" * 600 + b"<record>")
    keep(house, org, [("r.xml", xml)])
    (report,) = newest(house, org)
    first = client_alice.get(f"/acme/reports/{report.key}/raw").content.decode()  # type: ignore[attr-defined]
    second = client_alice.get(f"/acme/reports/{report.key}/raw?page=2").content.decode()  # type: ignore[attr-defined]
    assert 'data-n="500"' in first
    assert 'data-n="501"' not in first
    assert 'data-n="501"' in second


# ---- export


def test_csv_has_every_fact_of_the_filters(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/export/records.csv?class=spoof")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert {row["source_ip"] for row in rows} == {SPOOFER}
    assert sum(int(row["count"]) for row in rows) == story.spoofed
    assert answer["Content-Disposition"] == 'attachment; filename="sekisho-records.csv"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "&#9;"])
def test_csv_cells_are_no_formulas(client_alice: Client, house: House, org: Organisation, start: str) -> None:
    keep(house, org, [("a.xml", report_xml(1, [record(OWN)], day=yesterday(), reporter=f"{start}cmd|calc"))])
    body = b"".join(client_alice.get("/acme/export/records.csv").streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert row["org_name"][0] not in "=+-@\t\r"
    assert row["report_id"][0] not in "=+-@\t\r"


def test_json_has_the_same_facts(client_alice: Client, story: Story) -> None:
    rows = json.loads(b"".join(client_alice.get("/acme/export/records.json?range=7d").streaming_content))
    assert sum(row["count"] for row in rows) == 700 + story.spoofed
    assert client_alice.get("/acme/export/records.exe").status_code == 404


# ---- help


def test_terms_have_addresses_and_japanese(client_alice: Client, store: object) -> None:
    assert "Publishes which addresses may send" in text_of(client_alice.get("/acme/help/spf"))
    assert "送ってよい IP アドレス" in text_of(client_alice.get("/acme/help/spf", headers={"accept-language": "ja"}))
    assert client_alice.get("/acme/help/nonsense").status_code == 404

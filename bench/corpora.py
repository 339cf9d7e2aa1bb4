"""Writes the benchmark's report mails, always the same for a seed: S (small, gzip), M (1,000 records, zip), L (200,000 records).

W is the mailbox of the sample organisation: what one organisation gets in 90 days, TLS and failure reports among it, a report that
comes twice, one on a domain that nobody knew, a damaged one and a notice that is none.
"""

from __future__ import annotations

import argparse
import email
import gzip
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from sekisho.core.reports.values import AggregateReport, Rows, Said, SpfAuth
from sekisho.core.reports.write import file_name, subject, write_aggregate
from sekisho.sample.bulk import BulkDomain, Size, bulk_reporters
from sekisho.sample.dice import dice
from sekisho.sample.mailbox import mails
from sekisho.sample.post import Enclosure, Head, mixed, report_mail
from sekisho.sample.reporters import Reporter

LAST_DAY = 20780
DAYS = 60
DOMAINS = 40
REPORTERS = 60
ADDRESSES = 40_000

SPREAD = 0.3
"""Share of the records whose envelope domain is one of many, as with return paths of delivery services."""
ENVELOPES = 3000


@dataclass(frozen=True)
class Corpus:
    """What a corpus is like; `rows` are the least and the most records of a report."""

    name: str
    mails: int
    archive: str
    rows: tuple[int, int]


CORPORA = (
    Corpus("S", 2000, "gz", (1, 30)),
    Corpus("M", 200, "zip", (1000, 1000)),
    Corpus("L", 1, "gz", (200_000, 200_000)),
)


class Variety:
    """Gives some records envelope domains of their own, so that few texts of records repeat."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._known: dict[tuple[int, int], Said] = {}

    def of(self, said: Said) -> Said:
        """The record as it is, or with another envelope domain; early ones of the 3,000 are more common."""
        if self._rng.random() >= SPREAD:
            return said
        number = int(ENVELOPES * self._rng.random() ** 3)
        found = self._known.get((id(said), number))
        if found is None:
            name = f"b{number}.{said.header_from if said.spf_aligned == 'pass' else 'return.example'}"
            spf = tuple(SpfAuth(name, auth.scope, auth.result) for auth in said.spf)
            found = self._known[id(said), number] = replace(said, envelope_from=name, spf=spf, memo={})
        return found


def rows_of(rng: Random, corpus: Corpus) -> int:
    """How many records the next report has: few have many."""
    least, most = corpus.rows
    return min(most, least + int(rng.expovariate(1 / 4.5))) if least < most else least


def reports(corpus: Corpus, seed: int, domains: int = DOMAINS) -> Iterator[tuple[Reporter, AggregateReport]]:
    """The reports of a corpus; each reporter reports on a domain once a day."""
    rng = dice(seed, "corpus", corpus.name)
    size = Size(facts=0, last_day=LAST_DAY, days=DAYS, domains=domains, reporters=REPORTERS, addresses=ADDRESSES)
    known = [BulkDomain(seed, number, size) for number in range(domains)]
    reporters = bulk_reporters(REPORTERS)
    weights = [reporter.share if at < 24 else 0.01 for at, reporter in enumerate(reporters)]
    seen: set[tuple[str, str, int]] = set()
    while len(seen) < corpus.mails:
        domain, day = rng.choice(known), LAST_DAY - rng.randrange(DAYS)
        reporter = rng.choices(reporters, weights)[0] if corpus.name != "L" else reporters[9]
        if (domain.name, reporter.name, day) in seen:
            continue
        seen.add((domain.name, reporter.name, day))
        report = domain.report(day, reporter, rows_of(rng, corpus))
        variety = Variety(rng)
        varied = Rows()
        for source_ip, count, said in report.rows:
            varied.append(source_ip, count, variety.of(said))
        yield reporter, replace(report, rows=varied)


def large_mail(report: AggregateReport, reporter: Reporter, arrival: int) -> bytes:
    """The mail of a report that is too long to be held as one text."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    packed = b"".join([*(compressor.compress(piece) for piece in write_aggregate(report)), compressor.flush()])
    head = Head(reporter.email, subject(report, reporter.domain), arrival, f"{arrival}@{reporter.domain}")
    return mixed(head, Enclosure(file_name(report, reporter.domain), "application/gzip", packed))


def write(corpus: Corpus, folder: Path, seed: int, domains: int) -> dict[str, object]:
    """Writes the mails of a corpus into `folder/NAME` and says what is in them."""
    target = folder / corpus.name
    target.mkdir(parents=True, exist_ok=True)
    told: dict[str, object] = {"seed": seed, "domains": domains}
    sums = dict.fromkeys(("mails", "records", "messages", "xml_bytes", "mail_bytes", "texts"), 0)
    for number, (reporter, report) in enumerate(reports(corpus, seed, domains)):
        arrival = report.end + 3600 * reporter.hour
        habit = replace(reporter.habit, archive=corpus.archive)
        mail = (
            large_mail(report, reporter, arrival)
            if corpus.name == "L"
            else report_mail(report, replace(reporter, habit=habit), arrival)
        )
        (target / f"{number:05}.eml").write_bytes(mail)
        sums["mails"] += 1
        sums["records"] += len(report.rows)
        sums["messages"] += report.rows.messages
        sums["xml_bytes"] += sum(map(len, write_aggregate(report)))
        sums["mail_bytes"] += len(mail)
        sums["texts"] += len(report.rows.saids)
    told |= sums
    (folder / f"{corpus.name}.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told


def write_world(folder: Path, seed: int) -> dict[str, object]:
    """Writes W and says what is in it: counted by the standard library, what comes twice once, but for `read`."""
    target = folder / "W"
    target.mkdir(parents=True, exist_ok=True)
    names = ("mails", "reports", "records", "messages", "xml_bytes", "mail_bytes")
    sums, again = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for number, (name, mail) in enumerate(mails(seed, LAST_DAY), 1):
        (target / f"{number:05}.eml").write_bytes(mail)
        found = again if name == "again" else sums
        sums["mails"] += 1
        sums["mail_bytes"] += len(mail)
        for records, messages, size in counted(mail):
            found["reports"] += 1
            found["records"] += records
            found["messages"] += messages
            found["xml_bytes"] += size
    told: dict[str, object] = {"seed": seed} | sums | {"read": {n: sums[n] + again[n] for n in ("reports", "records", "messages")}}
    (folder / "W.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told


def counted(mail: bytes) -> Iterator[tuple[int, int, int]]:
    """Records, messages and bytes of XML of each report in a mail; of a TLS report its policies and sessions."""
    for part in email.message_from_bytes(mail).walk():
        if part.get_content_type() == "message/feedback-report":
            yield 1, 1, 0
        data = part.get_payload(decode=True) if not part.is_multipart() else b""
        if not isinstance(data, bytes):
            continue
        try:
            document = opened(data)
        except (EOFError, zlib.error):  # the damaged one
            continue
        if document.startswith(b"{"):
            summaries = [policy["summary"] for policy in json.loads(document)["policies"]]
            yield len(summaries), sum(sum(summary.values()) for summary in summaries), 0
        elif document.startswith((b"<?xml", b"<feedback")):
            counts = re.findall(rb"<count>([0-9]+)</count>", document)
            yield len(counts), sum(map(int, counts)), len(document)


def opened(data: bytes) -> bytes:
    """The document in an archive, or the data."""
    if data.startswith(b"\x1f\x8b"):
        return gzip.decompress(data)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.read(archive.namelist()[0])
    return data


def main() -> None:
    """Writes the corpora that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--domains", type=int, default=DOMAINS, help="how many domains the reports are for")
    parser.add_argument("--only", choices=[*(corpus.name for corpus in CORPORA), "W"])
    args = parser.parse_args()
    for corpus in CORPORA:
        if args.only in (None, corpus.name):
            print(corpus.name, json.dumps(write(corpus, args.folder, args.seed, args.domains)))
    if args.only in (None, "W"):
        print("W", json.dumps(write_world(args.folder, args.seed)))


if __name__ == "__main__":
    main()

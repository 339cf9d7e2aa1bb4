"""Measures report mails to stored facts, by `sekisho ingest` in a fresh home, against parsedmarc on the same mails.

Three ways, each a process of its own that really does no more: reading alone (mail to report values); storing, by `sekisho ingest
--judge-later` (raw bytes archived, registry settled, facts committed); and all of `sekisho ingest`, which judges every record too.
Every figure is CPU time (user and system) of one child process, the least of some rounds; ours and the peer's take turns.
`--stage` measures the first, or the first two alone, `--profile` shows where `sekisho ingest` spends its time.
"""

from __future__ import annotations

import argparse
import json
import os
import pstats
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import peers

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("W", "S", "M", "L")
STORED, WHOLE = ("mail to stored records", False), ("and judged", True)
WAYS = {"reader": (), "stored": (STORED,), "all": (STORED, WHOLE)}
"""By `--stage`: the runs of `sekisho ingest`, and whether they judge."""
PEER_MAILS = {"M": 20}
"""Mails of a corpus that the peer reads in a round, where it does not read all: of M, a tenth, for it is slow."""
PEER_ROUNDS = {"L": 1}
"""Rounds of the peer where it does not take part in all."""

KEPT = "SELECT SUM(reports), SUM(records), SUM(messages) FROM registry_delivery WHERE outcome = 'kept'"

UNJUDGED = (
    "import duckdb, sys; print(duckdb.connect(sys.argv[1], read_only=True).execute('SELECT COUNT(*) FROM touched').fetchone()[0])"
)
"""In a process of its own: a child's peak begins at what its parent has."""

PROFILED = """
import cProfile, sys
from sekisho.cli import main
profile = cProfile.Profile()
status = profile.runcall(main, sys.argv[2:])
profile.dump_stats(sys.argv[1])
sys.exit(status)
"""
"""The command itself leaves without taking itself down, and so would leave no profile."""

READER = r"""
import json, resource, sys
from sekisho.core.errors import ReadError
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport, TlsReport
paths = sys.stdin.read().split("\n")
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
start, reports, records, messages = cpu(), 0, 0, 0
for path in paths:
    with open(path, "rb") as file:
        data = file.read()
    try:
        found = open_delivery(data).reports
    except ReadError:
        continue
    for report in found:
        reports += 1
        if isinstance(report, AggregateReport):
            records += len(report.rows)
            messages += report.rows.messages
        elif isinstance(report, TlsReport):
            records += len(report.policies)
            messages += sum(policy.sessions for policy in report.policies)
        else:
            records += 1
            messages += 1
    del data, found, report
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu_s": cpu() - start, "peak_mib": peak, "reports": reports, "records": records, "messages": messages}))
"""


@dataclass(frozen=True)
class Figure:
    """What a run needed and what it found."""

    cpu_s: float
    peak_mib: float
    reports: int
    records: int
    messages: int
    anonymous_mib: float = 0.0
    """Of the peak what are no pages of files, which the kernel can drop; 0 where it was not looked at."""


@dataclass(frozen=True)
class Used:
    """What a child process used, and what it printed."""

    cpu_s: float
    peak_mib: float
    anonymous_mib: float
    output: str


def environment(home: str | Path) -> dict[str, str]:
    """That of a child: this checkout, a home of its own, nobody asked, and modules compiled once, as those of a package are."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPYCACHEPREFIX": str(peers.cache_folder() / "bytecode"),
        "PYTHONPATH": str(ROOT / "src"),
        "SEKISHO_HOME": str(home),
        "SEKISHO_DNS_SERVERS": "off",
        "SEKISHO_RDAP": "off",
        "LANG": "C.UTF-8",
    }


@contextmanager
def fresh_home() -> Iterator[Path]:
    """A home with an organisation in it; making it is not measured."""
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as name:
        subprocess.run(
            [sys.executable, "-m", "sekisho", "org", "add", "Bench"], env=environment(name), check=True, capture_output=True
        )
        yield Path(name)


LOOK_S = 0.005
"""How often memory is looked at: the kernel remembers the highest of all pages, and of anonymous ones only what they are now."""


def measured(command: list[str], home: Path, statuses: tuple[int, ...] = (0,)) -> Used:
    """What a child process used; raises RuntimeError where it fails."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, env=environment(home), stdout=output, stderr=errors)
        anonymous = 0.0
        while True:
            pid, status, used = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            anonymous = max(anonymous, memory_of(process.pid).get("RssAnon", 0.0))
            time.sleep(LOOK_S)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode not in statuses:
            raise RuntimeError(f"{' '.join(command[:5])} ended with {process.returncode}:\n{errors.read()[-2000:]}")
        return Used(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, anonymous, output.read())


def memory_of(pid: int) -> dict[str, float]:
    """The sizes, in MiB, that the kernel tells of a process."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.endswith(" kB")}


def ingest(path: Path, *, judging: bool = True) -> Figure:
    """One `sekisho ingest` in a fresh home, start-up included; with judging, or leaving that to another."""
    with fresh_home() as home:
        options = [] if judging else ["--judge-later"]
        command = [sys.executable, "-m", "sekisho", "ingest", "--adopt", *options, str(path)]
        used = measured(command, home, (0, 1))  # 1 says that a mail was refused, as one of W must be
        with closing(sqlite3.connect(home / "registry.sqlite3")) as registry:
            kept = registry.execute(KEPT).fetchone()
        told = subprocess.run([sys.executable, "-c", UNJUDGED, home / "facts.duckdb"], check=True, capture_output=True)
        if (told.stdout.strip() == b"0") != judging:
            raise RuntimeError(f"{path} was not judged to the end, or was where it should not be")
    reports, records, messages = (number or 0 for number in kept)
    return Figure(used.cpu_s, used.peak_mib, reports, records, messages, used.anonymous_mib)


def read_only(paths: list[Path]) -> Figure:
    """Our reader alone, without start-up."""
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input="\n".join(map(str, paths)),
        env=environment("/nonexistent"),
        capture_output=True,
        text=True,
        check=True,
    )
    return Figure(**json.loads(done.stdout))


def peer(paths: list[Path], allowed: int) -> Figure:
    """The peer's reading, without start-up."""
    told = peers.run(paths)
    if told.pop("failed") > allowed:
        raise RuntimeError("the peer could not read some mails, so a comparison would not be fair")
    return Figure(**told)  # type: ignore[arg-type]


def check(figure: Figure, told: dict[str, int], what: str) -> None:
    """Raises RuntimeError unless everything that is in the corpus was found: a fast loss is no result."""
    for name in ("reports", "records", "messages"):
        if getattr(figure, name) != told[name]:
            raise RuntimeError(f"{what} found {getattr(figure, name)} {name} of {told[name]}")


def line(label: str, figure: Figure, extra: str = "") -> None:
    """Prints one row."""
    cpu_s = max(figure.cpu_s, 1e-9)
    anonymous = f"{figure.anonymous_mib:,.0f}" if figure.anonymous_mib else ""
    print(
        f"{label:34} {figure.cpu_s * 1000:10,.0f} {1e6 * cpu_s / figure.reports:12,.0f} {figure.reports / cpu_s:10,.0f}"
        f" {figure.records / cpu_s:12,.0f} {figure.peak_mib:9,.0f} {anonymous:>9}  {extra}"
    )


def compare(name: str, folder: Path, args: argparse.Namespace) -> None:
    """All runs on one corpus, and their rows."""
    told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    mails = sorted((folder / name).glob("*.eml"))
    told.setdefault("reports", told["mails"])
    peer_mails = mails[: PEER_MAILS.get(name)]
    runs: dict[str, list[Figure]] = {}
    for number in range(args.rounds):
        for way, judging in WAYS[args.stage]:
            runs.setdefault(way, []).append(ingest(folder / name, judging=judging))
            check(runs[way][-1], told, f"sekisho ingest ({way})")
            runs.setdefault(f"{way}: start-up", []).append(ingest(sorted((folder / "S").glob("*.eml"))[0], judging=judging))
        runs.setdefault("reader", []).append(read_only(mails))
        check(runs["reader"][-1], told.get("read", told), "the reader")
        if not args.no_peer and number < PEER_ROUNDS.get(name, args.rounds):
            runs.setdefault("peer", []).append(peer(peer_mails, told["mails"] - told["reports"]))
    best = {what: min(figures, key=lambda figure: figure.cpu_s) for what, figures in runs.items()}
    print(f"\n{name}: {told['mails']:,} mails, {told['records']:,} records, {told['xml_bytes'] / 1e6:,.0f} MB of XML")
    print(f"{'':34} {'CPU ms':>10} {'µs/report':>12} {'reports/s':>10} {'records/s':>12} {'peak MiB':>9} {'anonymous':>9}")
    rows = [("reading alone: mail to values", best["reader"])]
    for way, _ in WAYS[args.stage]:
        whole = best[way]
        rows.append((f"{way}, with start-up", whole))
        rows.append((f"{way}, net", replace(whole, cpu_s=whole.cpu_s - best[f"{way}: start-up"].cpu_s)))
    base = best.get("peer")
    for label, figure in rows:
        line(label, figure, _ratio(base, figure, same=len(mails) == len(peer_mails)))
    if base:
        line(f"parsedmarc {peers.VERSION}, {len(peer_mails)} mails", base)
    for way, _ in WAYS[args.stage]:
        print(f"start-up (ingest of one mail, {way}): {best[f'{way}: start-up'].cpu_s * 1000:,.0f} ms")


def _ratio(base: Figure | None, figure: Figure, *, same: bool) -> str:
    """How many times the peer's CPU time for the same mails; where it read fewer, for a record."""
    if base is None:
        return ""
    ours, theirs = max(figure.cpu_s, 1e-9), base.cpu_s
    return f"{theirs / ours if same else (theirs / base.records) / (ours / figure.records):.1f} x"


def profile(path: Path, args: argparse.Namespace) -> None:
    """Where one `sekisho ingest` spends its time, by our functions; profiling makes small functions look slower than they are."""
    with fresh_home() as home:
        result = home / "profile"
        options = ["--judge-later"] if args.stage == "stored" else []
        command = [sys.executable, "-c", PROFILED, str(result), "ingest", "--adopt", *options, str(path)]
        measured(command, home, (0, 1))
        stats = pstats.Stats(str(result))
    stats.sort_stats("cumulative").print_stats("sekisho/(flow|core|store|registry|cli)", 40)


def main() -> None:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where corpora.py wrote")
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stage", choices=tuple(WAYS), default="all")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--profile", action="store_true", help="profile instead of measuring")
    args = parser.parse_args()
    for name in NAMES:
        if args.only not in (None, name):
            continue
        if args.profile:
            profile(args.folder / name, args)
        else:
            compare(name, args.folder, args)


if __name__ == "__main__":
    main()

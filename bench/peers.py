"""Runs the peer, parsedmarc, on report mails in a child process: CPU time and peak memory of reading them, without start-up.

The peer gets its own virtual environment in a cache folder. It is used as a library, offline (no DNS), with its bundled
address database, and nothing is written: only mail to its objects. Its limit of 100 MiB a report is lifted for L.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

VERSION = "11.1.0"
"""Of parsedmarc."""

TIMEOUT_S = 3600

CHILD = r"""
import json, logging, resource, sys, time
import parsedmarc
logging.disable(logging.CRITICAL)
parsedmarc.MAX_DECOMPRESSED_REPORT_SIZE = 1 << 30
paths = sys.stdin.read().split("\n")
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
parsedmarc.parse_report_email(open(paths[0], "rb").read(), offline=True)  # loads its tables, not measured
start, reports, records, messages, failed = cpu(), 0, 0, 0, 0
for path in paths:
    with open(path, "rb") as file:
        data = file.read()
    try:
        report = parsedmarc.parse_report_email(data, offline=True)
        if report["report_type"] != "aggregate":
            continue
        report = report["report"]
    except parsedmarc.ParserError:
        failed += 1
        continue
    reports += 1
    records += len(report["records"])
    messages += sum(record["count"] for record in report["records"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
found = {"reports": reports, "records": records, "messages": messages, "failed": failed}
print(json.dumps({"cpu_s": cpu() - start, "peak_mib": peak, **found}))
"""


def cache_folder() -> Path:
    """Where the peer lives; `SEKISHO_BENCH_CACHE` overrides."""
    return Path(os.environ.get("SEKISHO_BENCH_CACHE") or Path.home() / ".cache" / "sekisho-bench")


def peer_python() -> Path:
    """The interpreter of the peer's environment, made when it is not there yet."""
    home = cache_folder() / f"parsedmarc-{VERSION}"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", f"parsedmarc=={VERSION}"], check=True, capture_output=True)
        (home / "ready").touch()
    return python


def run(paths: list[Path]) -> dict[str, float]:
    """What the peer needed to read the mails, and how much it found in them."""
    done = subprocess.run(
        [peer_python(), "-c", CHILD],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the peer failed:\n{done.stderr[-2000:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main() -> None:
    """Runs the peer alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="a folder of mails")
    parser.add_argument("--limit", type=int, help="only so many mails")
    args = parser.parse_args()
    json.dump(run(sorted(args.corpus.glob("*.eml"))[: args.limit]), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

"""What hostile deliveries cost: each is opened in a process of its own, with time and peak memory by the kernel's account.

`python -m bench.hostile`
"""

from __future__ import annotations

from tests.hostile.cases import CASES, HEAVY
from tests.hostile.trial import tried

WIDTH = 64


def main() -> None:
    """Prints a row a delivery, and the worst of all."""
    print("| delivery | MiB | outcome | reason | seconds | CPU s | peak MiB |")
    print("|---|--:|---|---|--:|--:|--:|")
    worst = (0.0, 0.0)
    for case in (*CASES, *HEAVY):
        cost = tried(case)
        reason = cost.reason.replace("|", "/")
        reason = reason if len(reason) <= WIDTH else reason[: WIDTH - 1] + "…"
        row = (
            case.name,
            f"{cost.given_mib:.1f}",
            cost.outcome,
            reason,
            f"{cost.wall_s:.2f}",
            f"{cost.cpu_s:.2f}",
            f"{cost.peak_mib:.0f}",
        )
        print(f"| {' | '.join(row)} |", flush=True)
        worst = max(worst[0], cost.wall_s), max(worst[1], cost.peak_mib)
    print(f"\n{len(CASES) + len(HEAVY)} deliveries; the slowest took {worst[0]:.1f} s, the largest {worst[1]:.0f} MiB")


if __name__ == "__main__":
    main()

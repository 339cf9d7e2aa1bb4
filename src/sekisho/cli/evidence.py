"""`sekisho lookup` and `sekisho judge`."""

from __future__ import annotations

import argparse
import time

from sekisho.cli import control, show
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import StoreBusy

AT_ONCE = 500
WEEK_S = 7 * 86400


def lookup(args: argparse.Namespace) -> int:
    """Gathers evidence until no address lacks it, then judges what it touched; with `--wait` asks registries about spoofers too."""
    settings = open_registry()
    older_than = int(time.time()) - (0 if args.all else WEEK_S)
    try:
        with open_house(settings) as house:
            found, changed = look_up_all(house, older_than=older_than)
            asked = owners(house) if args.wait else 0
    except StoreBusy:
        answer = control.ask(settings, "lookup", {"older_than": older_than, "owners": args.wait})
        found, changed, asked = answer["found"], answer["changed"], answer["owners"]
    print(_("{n} hosts looked up, {m} verdicts changed").format(n=found, m=changed))
    if args.wait:
        print(_("registries asked about {n} networks of suspected spoofers").format(n=asked))
    return 0


def owners(house: object) -> int:
    """Asks whose the networks of suspected spoofers are, as far as a day allows; returns how many it asked."""
    from sekisho.flow import OWNERS_A_DAY, House, ask_owners
    from sekisho.registry.models import Organisation

    assert isinstance(house, House)
    return ask_owners(house, Organisation.objects.values_list("pk", flat=True), limit=OWNERS_A_DAY)


def look_up_all(house: object, *, older_than: int) -> tuple[int, int]:
    """Looks all addresses up whose evidence is older, in batches; returns hosts and verdicts changed."""
    from sekisho.flow import House, judge_touched, look_up

    assert isinstance(house, House)
    total = 0
    with show.progress() as bar:
        task = bar.add_task(_("hosts"), total=None)
        while True:
            found = look_up(house, limit=AT_ONCE, older_than=older_than)
            total += found
            bar.update(task, completed=total)
            if found < AT_ONCE:
                break
    return total, judge_touched(house)


def judge(args: argparse.Namespace) -> int:
    """Judges again: what is touched, or all of the domains that the options name."""
    settings = open_registry()
    wanted = {"all": args.all, "domain": args.domain or "", "org": args.org or ""}
    try:
        with open_house(settings) as house:
            changed = judge_some(house, **wanted)
    except StoreBusy:
        changed = control.ask(settings, "judge", wanted)["changed"]
    print(_("{m} verdicts changed").format(m=changed))
    return 0


def judge_some(house: object, *, all: bool, domain: str, org: str) -> int:  # noqa: A002
    """Judges all flows of the named domains (`all` or a domain), else what is touched; returns verdicts changed."""
    from sekisho.flow import House, judge, judge_touched
    from sekisho.registry.models import Domain

    assert isinstance(house, House)
    if not all and not domain:
        return judge_touched(house)
    rows = Domain.objects.select_related("organisation")
    rows = rows.filter(name=domain) if domain else rows
    rows = rows.filter(organisation__slug=org) if org else rows
    by_org: dict[int, list[str]] = {}
    for row in rows:
        by_org.setdefault(row.organisation_id, []).append(row.name)
    return sum(judge(house, org, names, why="asked") for org, names in by_org.items())

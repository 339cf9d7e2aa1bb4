"""`sekisho demo`: a made-up organisation with 90 days of report mails that come in by the normal way, then the server."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sekisho.cli import show
from sekisho.cli.words import _, language
from sekisho.core.questions import Answer, Question, answered
from sekisho.core.terms import SECONDS_A_DAY

if TYPE_CHECKING:
    from sekisho.flow import House

AT_ONCE = 200
EMAIL = "demo@example.jp"
SPOOFER = "203.0.113.87"
"""The busiest spoofer of the sample."""


def run(args: argparse.Namespace) -> int:
    """Makes the sample in a throw-away home (or `--home`), says how to sign in, and serves."""
    throw_away = args.home is None
    home = Path(tempfile.mkdtemp(prefix="sekisho-demo-")) if throw_away else args.home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["SEKISHO_HOME"] = str(home)
    os.environ["SEKISHO_DNS_SERVERS"] = "off"
    os.environ["SEKISHO_SAMPLE_FILE"] = str(home / "sample-evidence.json")
    try:
        _make_and_serve(args, home)
    finally:
        if throw_away and not args.no_serve:
            shutil.rmtree(home, ignore_errors=True)
    return 0


def _make_and_serve(args: argparse.Namespace, home: Path) -> None:
    from sekisho.cli.house import open_house, open_registry
    from sekisho.cli.serve import serve

    last_day = int(time.time()) // SECONDS_A_DAY - 1
    _write_evidence(home / "sample-evidence.json", last_day)
    settings = open_registry()
    with open_house(settings, serves=True) as house:
        password = _people()
        _fill(house, args, last_day)
        print()
        print(_("A sample organisation is ready. Everything in it is made up."))
        print(_("  address:  http://{host}:{port}/").format(host=args.host, port=args.port))
        print(_("  e-mail:   {email}").format(email=EMAIL))
        print(_("  password: {password}").format(password=password))
        print(_("  home:     {home}").format(home=home))
        for path in _letters(home):
            print(_("  look at:  {path}").format(path=path))
        print(flush=True)
        if not args.no_serve:
            serve(house, settings, args.host, args.port)


def _write_evidence(path: Path, last_day: int) -> None:
    from sekisho import sample
    from sekisho.enrich.known import write_known

    write_known(path, sample.evidence(last_day))


def _people() -> str:
    from sekisho import sample
    from sekisho.registry.models import Domain, Member, Organisation, User

    password = "-".join(secrets.token_hex(2) for _n in range(3))
    org, _made = Organisation.objects.get_or_create(
        slug="sample", defaults={"name": sample.ORGANISATION if language() == "ja" else sample.ORGANISATION_EN}
    )
    for name in sample.DOMAIN_NAMES:
        Domain.objects.get_or_create(organisation=org, name=name)
    user = User.objects.filter(email=EMAIL).first() or User.objects.create_user(
        EMAIL, name="佐藤 明子" if language() == "ja" else "Akiko Sato"
    )
    user.set_password(password)
    user.save()
    Member.objects.get_or_create(organisation=org, user=user, defaults={"role": "owner"})
    return password


def _fill(house: object, args: argparse.Namespace, last_day: int) -> None:
    from sekisho import sample
    from sekisho.flow import House, drain, judge_touched, look_up
    from sekisho.registry.deliveries import accept
    from sekisho.registry.models import Delivery, Organisation
    from sekisho.watch import watch_all

    assert isinstance(house, House)
    if Delivery.objects.exists():
        return
    org = Organisation.objects.get(slug="sample").pk
    with show.progress() as bar:
        task = bar.add_task(_("report mails"), total=None)
        for some in _batches(sample.mails(args.seed, last_day, days=args.days)):
            accept(org, some, door="sample")
            while drain(house):
                pass
            bar.update(task, advance=len(some))
    while look_up(house, limit=AT_ONCE) == AT_ONCE:
        pass
    judge_touched(house)
    _records(house, org, last_day)
    _network(last_day)
    watch_all(house, org)
    print(_("{n} report mails read").format(n=Delivery.objects.count()), file=sys.stderr)


def _records(house: House, org: int, last_day: int) -> None:
    """The DNS of the sample world, looked at when it changed and again on the day after its last one."""
    from sekisho.core.state.gather import gather, policy_question
    from sekisho.core.state.sheet import Sheet, recorded
    from sekisho.core.state.wanted import MOST_WAYS, wanted_of
    from sekisho.registry import states
    from sekisho.registry.models import Domain
    from sekisho.sample.zones import CHANGES, answer

    for domain in Domain.objects.filter(organisation_id=org):
        wanted = wanted_of(domain.name, house.store.ways(org, domain.name, limit=MOST_WAYS))
        for left, before in ((-90, True), (CHANGES.get(domain.name, -30), False), (1, False)):
            sheet = Sheet()

            def reply(question: Question, before: bool = before) -> Answer:
                return answer(question, before=before)

            state = answered(recorded(gather(wanted), sheet), reply)
            if state.sts.text:
                sheet.note(policy_question(domain.name), reply(policy_question(domain.name)))
            states.keep(domain, wanted, sheet, datetime.fromtimestamp((last_day + left) * SECONDS_A_DAY, UTC))


def _network(last_day: int) -> None:
    """Whose the network of the sample's spoofer is, and since when lists have it: what a registry and some days would have told."""
    from ipaddress import ip_address

    from sekisho import sample
    from sekisho.registry import listings, networks
    from sekisho.registry.models import Listing

    def day(before: int) -> datetime:
        return datetime.fromtimestamp((last_day - before) * SECONDS_A_DAY, UTC)

    first, last = ip_address("203.0.113.64"), ip_address("203.0.113.127")
    told = {"networks": "203.0.113.64/26", "name": "Example Hosting B.V.", "handle": "EXAMPLE-HOSTING-1", "country": "NL"}
    told |= {"abuse": "abuse@hosting.example.net", "source": "rdap:rdap.example.net"}
    networks.keep("yes", first, last, now=int(day(0).timestamp()), **told)
    listings.note(list(sample.evidence(last_day)))
    stays = list(Listing.objects.filter(address=SPOOFER, ended=None).order_by("zone"))
    for before, stay in enumerate(stays):
        Listing.objects.filter(pk=stay.pk).update(first=day(before + 1))
    if stays:
        gone = {"first": day(11), "last": day(9), "ended": stays[0].last}
        Listing.objects.get_or_create(address=SPOOFER, zone="xbl.example.com", defaults=gone)


def _letters(home: Path) -> Iterator[Path]:
    """The weekly summary as a mail and the report of the last whole month, as they would be sent."""
    from sekisho.registry.models import Organisation
    from sekisho.web.digests import letters, planning
    from sekisho.web.digests.periods import Kind, latest
    from sekisho.web.paper import printing

    org, now, lang = Organisation.objects.get(slug="sample"), datetime.now(UTC), language()
    summary = home / "weekly-summary.html"
    summary.write_text(
        letters.message(planning.digest_of(org, latest(Kind.WEEKLY, now, UTC)), lang, mail=False).html, encoding="utf-8"
    )
    yield summary
    month = latest(Kind.MONTHLY, now, UTC).name
    paper = home / printing.file_name(org, month, lang)
    paper.write_bytes(printing.paper(org, month, lang))
    yield paper


def _batches(mails: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    batch: list[tuple[str, bytes]] = []
    for mail in mails:
        batch.append(mail)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    yield batch

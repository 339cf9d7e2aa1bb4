"""The owners: companies, a bank, shops, a university, an agency, parked domains; half for fitting, half for testing only."""

from __future__ import annotations

from bench.accuracy.homeland.operators import MAILBOXES, SERVICES
from bench.accuracy.homeland.town import Home, Letter, Sig, Stream, Town, workdays

from sekisho.core.terms import AuthResult, Class, Policy

NONE, QUARANTINE, REJECT = Policy.NONE, Policy.QUARANTINE, Policy.REJECT
FIRM, SOFT, NEUTRAL = AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NEUTRAL


def homes(part: str) -> list[tuple[Home, AuthResult, int, tuple[str, ...]]]:
    """Home, what its SPF record says of the rest, number of own hosts, services in order."""

    def home(owner: str, domain: str, japan: bool, volume: float, **more) -> Home:
        return Home(owner, domain, japan, part, volume, **more)

    if part == "fit":
        return [
            (home("小林精機", "kobayashi-seiki.example", True, 60, signs=0.0), SOFT, 1, ()),
            (home("みなと銀行", "minato-bank.example", True, 500, policies=((0, REJECT),), selector="mb2026"), FIRM, 3,
             ("cuenote",)),
            (home("みなと銀行", "minato-card.example", True, 80, policies=((0, QUARANTINE),), selector="card"), FIRM, 1, ()),
            (home("花やか商店", "hanayaka-shop.example", True, 220, policies=((0, NONE), (50, QUARANTINE)), selector="shop1"), SOFT,
             1, ("sendgrid",)),
            (home("Alder & Finch", "alderfinch.example", False, 250, office="google", selector="google"), SOFT, 0, ("mailchimp",
             "zendesk")),
            (home("北野大学", "kitano-univ.example", True, 400, signs=0.6, selector="u1"), NEUTRAL, 2, ()),
            (home("まとめ広告", "matome-ad.example", True, 90, selector="default2"), SOFT, 1, ("amazon-ses",)),
            (home("まとめ広告", "matome-lp.example", True, 25, signs=0.0), SOFT, 1, ()),
            (home("まとめ広告", "matome-camp.example", True, 30, office="google", selector="google"), SOFT, 0, ("sendgrid",)),
            (home("眠り不動産", "nemuri-estate.example", True, 0, policies=((0, REJECT),), parked=True), FIRM, 0, ()),
            (home("静か工業", "shizuka-kogyo.example", True, 150, policies=((0, REJECT),), selector="sk1", untroubled=True), FIRM,
             2, ("cuenote",)),
        ]  # fmt: skip
    return [
        (home("川辺製作所", "kawabe-works.example", True, 70, signs=0.0), SOFT, 2, ()),
        (home("Harbour Mutual", "harbourmutual.example", False, 350, policies=((0, REJECT),), selector="hm1"), FIRM, 2,
         ("salesforce",)),
        (home("Harbour Mutual", "harbour-direct.example", False, 60, policies=((0, REJECT),), selector="hd"), FIRM, 1, ()),
        (home("四季通販", "shiki-tsuhan.example", True, 250, policies=((0, NONE), (40, QUARANTINE)), selector="shiki"), SOFT, 1,
         ("blastengine", "zendesk")),
        (home("あおぞら設計", "aozora-sekkei.example", True, 120, office="microsoft", selector="selector1"), FIRM, 0, ("hubspot",)),
        (home("西山学園", "nishiyama-gakuen.example", True, 300, signs=0.55, selector="ng2025"), NEUTRAL, 2, ()),
        (home("束ねる企画", "tabaneru-kikaku.example", True, 80, selector="tk"), SOFT, 1, ("mailgun",)),
        (home("束ねる企画", "tabaneru-web.example", True, 30, signs=0.9, office="hosted", selector="default"), SOFT, 1, ()),
        (home("束ねる企画", "tabaneru-shop.example", True, 45, selector="ts"), SOFT, 1, ("shopify",)),
        (home("Dormant Brands", "dormant-brand.example", False, 0, policies=((0, NONE),), parked=True), FIRM, 0, ()),
        (home("澄み切り水産", "sumikiri-suisan.example", True, 140, policies=((0, QUARANTINE),), selector="suisan",
              untroubled=True), FIRM, 1, ("sendgrid",)),
        (home("Quietwater Ltd", "quietwater.example", False, 130, policies=((0, REJECT),), office="google", selector="google",
              untroubled=True), SOFT, 0, ()),
    ]  # fmt: skip


def settle(town: Town, part: str) -> None:
    """Gives the owners their hosts, records and ordinary mail."""
    for home, rest, own_hosts, services in homes(part):
        town.homes.append(home)
        home.volume *= town.rng.uniform(0.6, 1.5)
        _records(town, home, rest, own_hosts)
        if home.parked:
            continue
        _ordinary(town, home)
        for name in services:
            home.services.append(name)
            _service(town, home, name)


def _records(town: Town, home: Home, rest: AuthResult, own_hosts: int) -> None:
    """Hosts, MX, SPF and keys of a domain."""
    net = town.own_range()
    hosts = []
    for n in range(own_hosts):
        ptr = f"mx{n + 1}.{home.domain}" if home.office == "own" else ""
        hosts.append((1 / (n + 1), town.named(f"{net}.{20 + n * 3}", ptr)))
    if home.office in MAILBOXES:
        hosts = list(town.pool(MAILBOXES[home.office], 6))
        town.spf(home.domain, set(), rest, MAILBOXES[home.office].spf)
    elif home.office == "hosted":
        hosts = list(town.pool(MAILBOXES["xserver"], 3))[:1]
    if home.parked:
        town.spf(home.domain, set(), rest)
        town.publish(home.domain, "A", "203.0.113.80")
        return
    home.hosts = tuple(hosts)
    if home.office not in MAILBOXES:
        town.spf(home.domain, {host.address for _, host in hosts}, rest)
    town.publish(home.domain, "MX", f"10 {hosts[0][1].ptr or 'mail.' + home.domain}.")
    town.publish(home.domain, "A", hosts[0][1].address)
    town.publish(f"_dmarc.{home.domain}", "TXT", f"v=DMARC1; p={home.policy(0)}; rua=mailto:d@{home.domain}")
    if home.signs:
        town.key(home.domain, home.selector)


def _ordinary(town: Town, home: Home) -> None:
    """Mail that passes; now and then a bounce, of which only the signature passes."""
    sig = Sig(home.domain, home.selector)
    letters = []
    if home.signs:
        letters += [Letter(home.signs * 0.98, home.domain, home.domain, (sig,)), Letter(home.signs * 0.02, home.domain, "", (sig,))]
    if home.signs < 1:
        letters.append(Letter(1 - home.signs, home.domain, home.domain))
    town.add(Stream(home, "own_mail", Class.NORMAL, False, home.hosts, tuple(letters), workdays(home.volume)))


def _service(town: Town, home: Home, name: str) -> None:
    """A service that is set up as it should be, on a sub-domain or not."""
    operator = SERVICES[name]
    hosts = town.pool(operator, 4)
    author = home.domain if town.rng.random() < 0.5 else f"news.{home.domain}"
    selector = town.rng.choice(("em1", "svc2024", name[:5]))
    town.key(home.domain, selector)
    town.publish(author, "A", "203.0.113.81")
    sigs = (Sig(home.domain, selector), *((Sig(operator.dkim, "s1"),) if operator.dkim else ()))
    letter = Letter(1.0, author, town.envelope(operator, hosts[0][1]), sigs)
    mean = workdays(home.volume * 0.4, 0.6)
    town.add(Stream(home, "service_mail", Class.NORMAL, False, hosts, (letter,), mean))

"""Strangers in the owners' names, by the guise they take."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.harbour import rhythm, services
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.faults_services import NEWSLETTERS
from bench.accuracy.harbour.forwards import PROVIDERS
from bench.accuracy.harbour.letters import Letter, Sig, Stream, kind, spoof
from bench.accuracy.harbour.receivers import SPAMMED
from bench.accuracy.harbour.services import SERVICES
from bench.accuracy.harbour.stage import Stage, one_mailbox

RENTABLE = ("digitalocean", "ovhcloud", "contabo", "vultr", "colocrossing", "hetzner", "m247")


def _machine(stage: Stage, dice: Dice, spam: float = 0.3, name: str = "") -> str:
    return stage.town.host(dice.choice(RENTABLE), dice, spam=spam, name=name)


@kind(spoof)
def made_up_selector(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A signature in the owner's name with a selector that never was."""
    for home in dice.some(stage.troubled, 4, 6):
        selector = dice.choice(("default", "mail", "k1", "dkim", "selector2", "google1", dice.letters(6)))
        letter = Letter(home.domain, home.domain, (Sig(home.domain, selector, "no_key"),))
        yield Stream(
            home, letter, [_machine(stage, dice) for _ in range(dice.randint(1, 4))], rhythm.of_spam(dice), dice.spread(13), SPAMMED
        )


@kind(spoof, hard=True)
def replayed_and_changed(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A real mail of the owner, signature and all, with another text. Hard: a broken genuine signature, as from a list."""
    for home in dice.some([home for home in stage.troubled if home.signs], 4, 6):
        letter = stage.genuine(home, dice).broken()
        bounce = dice.choice((home.domain, "", f"{dice.letters(7)}.example"))
        sent = Letter(home.domain, bounce, letter.sigs, helo=f"{dice.letters(6)}.example")
        yield Stream(
            home, sent, [_machine(stage, dice) for _ in range(dice.randint(1, 5))], rhythm.burst(dice, 3), dice.spread(12), SPAMMED
        )


@kind(spoof)
def lookalike_domain(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A domain that looks like the owner's signs and has SPF, From is the true name: all in order, and not aligned."""
    for home in dice.some(stage.troubled, 4, 6):
        first = home.domain.split(".", maxsplit=1)[0]
        false = dice.choice((f"{first}-service.example", f"{first.replace('i', 'l')}s.example", f"secure-{first}.example"))
        ip = _machine(stage, dice, name=f"mail.{false}")
        stage.third_party(false, f"ip4:{ip}", ends="-all")
        letter = Letter(home.domain, false, (stage.key_of(false, dice.choice(("default", "s1", "mail"))),))
        yield Stream(home, letter, [ip], rhythm.burst(dice, 6), dice.spread(13), SPAMMED)


@kind(spoof, hard=True)
def at_the_same_newsletter_service(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A fraudster has an account at a service that the owner uses. Hard: just as the owner's own account before it was set up."""
    for home in dice.some(stage.troubled, 5, 7):
        name = dice.choice((*home.with_, *NEWSLETTERS[home.country]))
        letter = services.letter(stage.town, name, f"{dice.letters(8)}.example", services.SERVICE_ONLY, header=home.domain)
        hosts = dice.sample(stage.town.pool(SERVICES[name].net), 2)
        yield Stream(home, letter, hosts, rhythm.burst(dice, dice.randint(1, 3)), dice.spread(13), SPAMMED)


@kind(spoof)
def stolen_key_of_a_customer(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A stolen access key of some other customer of SendGrid, Amazon or Mailgun: that customer's envelope and signature."""
    for home in dice.some(stage.troubled, 5, 7):
        name, victim = dice.choice(("sendgrid", "ses", "mailgun", "sendgrid")), f"{dice.letters(8)}.example"
        letter = services.letter(stage.town, name, victim, services.DONE, header=home.domain)
        hosts = dice.sample(stage.town.pool(SERVICES[name].net), dice.randint(1, 3))
        yield Stream(home, letter, hosts, rhythm.burst(dice, dice.randint(1, 3)), dice.spread(15), SPAMMED)


@kind(spoof, hard=True)
def through_a_forwarder(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Fraud written to an address that is passed on. Hard: the last host is an honest forwarder that carries genuine mail too."""
    for home in dice.some(stage.troubled, 9, 12):
        net = dice.choice((*PROVIDERS[home.country], "namecheap", "ovh", "gandi"))
        hosts = dice.sample(stage.town.pool(net), 2)
        letter = Letter(home.domain, home.domain).on(None, arc=dice.choice(("", "fail")))
        yield Stream(home, letter, hosts, rhythm.of_spam(dice), dice.spread(5), one_mailbox(home, dice))


@kind(spoof, hard=True)
def through_cloud_forwarding(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The same through Google, Microsoft or Cloudflare, envelope rewritten. Hard: an honest service hands it on."""
    for home in dice.some(stage.troubled, 6, 8):
        net, include = dice.choice(
            (
                ("google", "include:_spf.google.com"),
                ("microsoft", "include:spf.protection.outlook.com"),
                ("cloudflare", "ip4:104.30.8.0/23"),
            )
        )
        tenant = stage.third_party(f"{dice.letters(7)}.example", include)
        letter = Letter(home.domain, home.domain).on(tenant, arc="fail")
        yield Stream(
            home, letter, dice.sample(stage.town.pool(net), 3), rhythm.of_spam(dice), dice.spread(5), one_mailbox(home, dice)
        )


@kind(spoof, hard=True)
def through_a_gateway(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Fraud that a recipient's gateway let through to the tenant. Hard: the source is the gateway that hands on genuine mail."""
    for home in dice.some(stage.troubled, 8, 11):
        net = dice.choice(("mimecast", "proofpoint", "essentials", "barracuda", "trend", "hornet", "ironport", "antispamcloud"))
        letter = Letter(home.domain, dice.choice((home.domain, home.domain, f"{dice.letters(7)}.example")))
        yield Stream(
            home, letter, dice.sample(stage.town.pool(net), 2), rhythm.of_spam(dice), dice.spread(5), {"m365": 0.9, "google": 0.1}
        )


@kind(spoof, hard=True)
def to_a_list(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Spam in a member's name that a group let through. Hard: envelope, signature and host are those of genuine posts."""
    group = stage.third_party("googlegroups.com", "include:_spf.google.com")
    for home in dice.some(stage.troubled, 4, 6):
        letter = (
            Letter(home.domain, home.domain).on(group, arc="fail", seems="mailing_list").signed_by(stage.key_of(group, "20230601"))
        )
        yield Stream(home, letter, dice.sample(stage.town.pool("google"), 5), rhythm.burst(dice, 2), dice.spread(6))


@kind(spoof)
def no_such_subdomain(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Names below the owner's that do not exist (`mail-security.`, `billing.`), in From and envelope."""
    for home in dice.some(stage.troubled, 6, 8):
        name = f"{dice.choice(('billing', 'secure', 'account', 'mail-update', 'kundenservice', 'info2'))}.{home.domain}"
        hosts = [_machine(stage, dice) for _ in range(dice.randint(1, 6))]
        yield Stream(
            home,
            Letter(name, dice.choice((name, f"{dice.letters(8)}.example"))),
            hosts,
            rhythm.of_spam(dice),
            dice.spread(14),
            SPAMMED,
        )


@kind(spoof)
def direct_send(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """ "Direct Send" to a Microsoft tenant: fraud from outside that pretends to come from within; only Microsoft reports it."""
    for home in dice.some(
        [home for home in stage.troubled if home.office in ("microsoft", "hornet", "securemx", "libraesva")], 4, 6
    ):
        hosts = [_machine(stage, dice, 0.25) for _ in range(dice.randint(1, 4))]
        yield Stream(home, Letter(home.domain, home.domain), hosts, rhythm.of_spam(dice), dice.spread(15), {"m365": 1.0})


@kind(spoof)
def false_bounces(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """False notices of failed delivery as `postmaster@` the owner, with an empty sender and a greeting of the machine's."""
    for home in dice.some(stage.troubled, 5, 7):
        helo = dice.choice(
            (f"mail.{dice.letters(7)}.example", f"mail.{home.domain}x".replace(".examplex", ".example"), "localhost.localdomain")
        )
        hosts = [_machine(stage, dice) for _ in range(dice.randint(1, 5))]
        yield Stream(home, Letter(home.domain, "", helo=helo), hosts, rhythm.of_spam(dice), dice.spread(10), SPAMMED)


@kind(spoof)
def list_washers(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Sellers of address lists who test them with mail in the owner's name from one patient machine."""
    for home in dice.some(stage.troubled, 5, 7):
        envelope = dice.choice((home.domain, f"bounce.{dice.letters(6)}verify.example"))
        yield Stream(home, Letter(home.domain, envelope), [_machine(stage, dice, 0.15)], rhythm.always(), dice.spread(12), SPAMMED)


@kind(spoof, hard=True)
def hacked_own_form(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The owner's contact form is fed by robots or its site is hacked. Hard: host and envelope are the form's."""
    for home in dice.some(stage.troubled, 3, 4):
        letter = Letter(home.domain, f"web{dice.randint(2, 40)}.{dice.letters(6)}-hosting.example")
        yield Stream(home, letter, [stage.webs[home.domain]], rhythm.burst(dice, 4), dice.spread(11), SPAMMED)


@kind(spoof, hard=True)
def rewritten_envelope_copied(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A spammer who writes SRS addresses of a machine of his own. Hard: it claims to be a forwarder, and its SPF is right."""
    for home in dice.some(stage.troubled, 4, 6):
        domain = f"srs.{dice.letters(7)}.example"
        ip = _machine(stage, dice, 0.35, name=f"mx.{domain.removeprefix('srs.')}")
        stage.third_party(domain, f"ip4:{ip}")
        yield Stream(home, Letter(home.domain, domain), [ip], rhythm.of_spam(dice), dice.spread(9), SPAMMED)


@kind(spoof)
def brand_phish_own_keys(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Phishing with a proper throw-away domain in envelope and signature, over machines that change with every wave."""
    for home in dice.some(stage.of("bank", "shop", "firm", "saas"), 5, 7):
        for _ in range(dice.randint(1, 3)):
            domain = f"{dice.letters(6)}-{dice.choice(('mail', 'cloud', 'verify'))}.example"
            ip = _machine(stage, dice, 0.35)
            stage.third_party(domain, f"ip4:{ip}")
            yield Stream(
                home,
                Letter(home.domain, domain, (stage.key_of(domain, "dkim"),)),
                [ip],
                rhythm.burst(dice, 2),
                dice.spread(11),
                SPAMMED,
            )

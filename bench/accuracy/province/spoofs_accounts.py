"""Strangers in the owners' name who send through accounts: stolen, bought or free, at services that honest people use too."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.faults_own import WEB_HOSTS
from bench.accuracy.province.kinds import kind
from bench.accuracy.province.mail import Flow, Sig
from bench.accuracy.province.services import bounce_of, hosts_of, own_signs, some_hosts
from bench.accuracy.province.spoofs_nets import lied, strange, targets, wave
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class


@kind(Class.SPOOF)
def stolen_mailbox(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen mailbox at a small firm's own server: reverse-path and signature are the firm's, the From line is the owner's."""
    for home in targets(stage, dice, 5, 7):
        firm = f"{dice.word(8)}.{dice.choice(('com.br', 'it', 'co.in', 'com', 'pl', 'co.jp', 'com.tr'))}"
        host = stage.town.host(nets.SMALL_FIRMS, dice, f"mail.{firm}")
        stage.town.spf(firm, f"v=spf1 mx ip4:{host.ip} ~all")
        stage.town.add(firm, "MX", f"10 mail.{firm}.")
        sigs: tuple[Sig, ...] = ()
        if dice.random() < 0.55:
            stage.town.key(firm, "default")
            sigs = (Sig(firm, "default"),)
        yield lied("stolen_mailbox", home, (host,), dice.about(1.6, 0.9), wave(dice, 1, 6), envelope=firm, sigs=sigs)


@kind(Class.SPOOF)
def hacked_site(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A hacked web site on a shared host that mails by PHP: the reverse-path is the account at the host."""
    for home in targets(stage, dice, 7, 9, parked=True):
        for _ in range(dice.randint(1, 2)):
            net = dice.choice(
                (nets.BLUEHOST, nets.HOSTINGER, nets.LOCAWEB, nets.OVH_MUTU, nets.XSERVER, nets.SAKURA, nets.IONOS, nets.LOLIPOP)
            )
            shared = {nets.LOCAWEB: "locaweb", nets.OVH_MUTU: "ovh", nets.IONOS: "ionos"}.get(net)
            host = dice.choice(hosts_of(stage.town, shared)) if shared and dice.random() < 0.5 else stage.town.host(net, dice)
            if dice.random() < 0.7:
                stage.town.spf(host.name, f"v=spf1 a ip4:{host.ip} ~all")
            path = host.name if dice.random() < 0.7 else f"{dice.word(8)}.com"
            yield lied("hacked_site", home, (host,), dice.about(1.3, 0.9), wave(dice, 1, 9), envelope=path)


@kind(Class.SPOOF, hard=True)
def hacked_neighbour(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A hacked site on the very shared host where the owner's own site lives.

    Hard: host, name and reverse-path are those of the owner's own web form.
    """
    for home in dice.some([home for home in stage.homes_with("web") if not home.uses("hosting", "locaweb", "ovh")], 1, 2):
        host = stage.webs[home.domain]
        stage.town.spf(host.name, f"v=spf1 a ip4:{host.ip} ~all")
        yield lied("hacked_neighbour", home, (host,), dice.about(1.6), wave(dice, 2, 5), envelope=host.name)


@kind(Class.SPOOF)
def bulk_account(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen or bought account at a bulk service the owner has nothing to do with, signed by the service alone."""
    for home in targets(stage, dice, 4, 6):
        free = [each for each in ("sendgrid", "mailgun", "mailjet", "brevo", "ses") if not home.uses(each)]
        service = dice.choice(free)
        hosts = some_hosts(stage.town, service, dice, 3)
        path = bounce_of(stage.town, service, dice)
        yield lied("bulk_account", home, hosts, dice.about(1.5), wave(dice, 1, 4), envelope=path, sigs=own_signs(service))


@kind(Class.SPOOF)
def stolen_bulk_domain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen account of another firm at SendGrid, with that firm's bounce domain and signature."""
    for home in targets(stage, dice, 2, 4):
        firm = f"{dice.word(8)}.com"
        path = f"em{dice.randint(100, 9999)}.{firm}"
        stage.town.spf(path, "v=spf1 include:sendgrid.net ~all")
        stage.town.key(firm, "s1")
        hosts = some_hosts(stage.town, "sendgrid", dice, 2)
        sigs = (Sig(firm, "s1"), *own_signs("sendgrid"))
        yield lied("stolen_bulk_domain", home, hosts, dice.about(2), wave(dice, 1, 4), envelope=path, sigs=sigs)


@kind(Class.SPOOF, hard=True)
def same_bulk_service(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stranger's account at the very service that the owner's own mail goes through.

    Hard: hosts, reverse-path and the service's signature are as in mail of the owner that was set up half.
    """
    for home in [home for home in stage.homes_with("sendgrid", "software") if dice.random() < 0.8]:
        service = "sendgrid" if home.uses("sendgrid") else "ses_jp"
        hosts, path = some_hosts(stage.town, service, dice, 2), bounce_of(stage.town, service, dice)
        yield lied("same_bulk_service", home, hosts, dice.about(2.5), wave(dice, 1, 4), envelope=path, sigs=own_signs(service))


@kind(Class.SPOOF)
def microsoft_trial(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A trial or stolen tenant at Microsoft 365 that relays with the owner's From line; some are signed by the tenant."""
    for home in [home for home in targets(stage, dice, 5, 7) if not home.uses("m365", "ppe")]:
        tenant = f"{dice.word(7)}{dice.randint(1, 99)}.onmicrosoft.com"
        selector = f"selector1-{tenant.split('.')[0]}-onmicrosoft-com"
        stage.town.key(tenant, selector)
        stage.town.spf(tenant, "v=spf1 include:spf.protection.outlook.com -all")
        hosts = tuple(dice.some(hosts_of(stage.town, "m365"), 2, 5))
        sigs = (Sig(tenant, selector),) if dice.random() < 0.7 else ()
        yield lied("microsoft_trial", home, hosts, dice.about(1.5), wave(dice, 1, 5), envelope=tenant, sigs=sigs)


@kind(Class.SPOOF, hard=True)
def same_microsoft(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stranger's tenant at Microsoft 365, where the owner is too, with the owner's domain as reverse-path or its own.

    Hard: the service is the owner's, and forwarding tenants look alike.
    """
    for home in [home for home in stage.homes_with("m365") if dice.random() < 0.6]:
        tenant = f"{dice.word(8)}.{dice.choice(('com', 'net', 'com.br'))}"
        stage.town.spf(tenant, "v=spf1 include:spf.protection.outlook.com -all")
        hosts = tuple(dice.some(hosts_of(stage.town, "m365"), 2, 4))
        yield lied("same_microsoft", home, hosts, dice.about(1.5), wave(dice, 1, 4), envelope=tenant)


@kind(Class.SPOOF)
def workspace_relay(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen Workspace account that relays with the owner's From line, signed by its own tenant."""
    for home in [home for home in targets(stage, dice, 3, 5) if not home.uses("gws")]:
        tenant = f"{dice.word(7)}.{dice.choice(('com', 'org', 'co'))}"
        stage.town.spf(tenant, "v=spf1 include:_spf.google.com ~all")
        stage.town.key(tenant, "google")
        hosts = tuple(dice.some(hosts_of(stage.town, "gws"), 3, 5))
        yield lied(
            "workspace_relay", home, hosts, dice.about(1.5), wave(dice, 1, 3), envelope=tenant, sigs=(Sig(tenant, "google"),)
        )


@kind(Class.SPOOF)
def hosted_mailbox(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Fraud by hand from a cheap hosted mailbox: a few mails, the reverse-path a domain that was bought there."""
    for home in targets(stage, dice, 4, 6):
        net = dice.choice((nets.HOSTINGER, nets.NAMECHEAP, nets.IONOS))
        host = stage.town.host(net, dice)
        domain = f"{dice.word(6)}-{dice.choice(('office', 'mail', 'exec', 'group'))}.com"
        stage.town.spf(domain, f"v=spf1 {'ip4:' + host.ip} ~all")
        stage.town.key(domain, "default")
        signed = (Sig(domain, "default"),) if dice.random() < 0.6 else ()
        reach = {"Enterprise Outlook": 60.0, "google.com": 40.0}
        yield lied("hosted_mailbox", home, (host,), dice.about(0.7), wave(dice, 1, 20), envelope=domain, sigs=signed, reach=reach)


@kind(Class.SPOOF)
def campus_account(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen account at a university whose relay signs what it sends."""
    for home in targets(stage, dice, 2, 4):
        campus = f"{dice.word(7)}.{dice.choice(('edu', 'ac.in', 'edu.br', 'ac.uk', 'ac.jp'))}"
        hosts = tuple(stage.town.host(nets.UNIVERSITIES, dice, f"smtp{n}.{campus}") for n in range(1, dice.randint(2, 4)))
        stage.town.spf(campus, "v=spf1 " + " ".join(f"ip4:{host.ip}" for host in hosts) + " ~all")
        stage.town.key(campus, "mail2020")
        yield lied(
            "campus_account", home, hosts, dice.about(1.6), wave(dice, 1, 4), envelope=campus, sigs=(Sig(campus, "mail2020"),)
        )


@kind(Class.SPOOF)
def open_relay(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A badly kept host of a firm at a provider that relays for anybody, the owner's domain on both lines."""
    for home in targets(stage, dice, 4, 6):
        net = dice.choice((*WEB_HOSTS.values(), nets.SMALL_FIRMS))
        host = stage.town.host(net, dice, f"mail.{strange(stage, dice)}" if net is nets.SMALL_FIRMS else None)
        yield lied("open_relay", home, (host,), dice.about(0.35, 0.8), wave(dice, 6, 60), envelope=home.domain)

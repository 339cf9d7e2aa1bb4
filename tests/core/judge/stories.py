"""Typical stories, told shortly: a flow, what is known of its host, what the store knows around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sekisho.core.facts import Beat, Context, Evidence, Flow, FlowKey, Way
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import AuthResult, Class, Found, Override, SpfScope

DOMAIN = "example.co.jp"
ADDRESS = "203.0.113.9"
FAIL, PASS, NONE, SOFTFAIL = AuthResult.FAIL, AuthResult.PASS, AuthResult.NONE, AuthResult.SOFTFAIL
SIGNS = {"real_selectors": frozenset({(DOMAIN, "s1")}), "signed_share": 0.98, "domain_passed": 20_000}
"""A domain that signs nearly all its mail with the key s1."""
SPF_ONLY = {"signed_share": 0.0, "domain_passed": 20_000}
"""A domain that has SPF and signs nothing."""


def signed(selector: str, result: AuthResult = FAIL, domain: str = DOMAIN) -> DkimAuth:
    return DkimAuth(domain, selector, result)


def spf(domain: str, result: AuthResult, scope: SpfScope = SpfScope.MFROM) -> SpfAuth:
    return SpfAuth(domain, scope, result)


def way(
    *dkim: DkimAuth,
    envelope: str = DOMAIN,
    spf_result: AuthResult = SOFTFAIL,
    author: str = DOMAIN,
    overrides: tuple[Override, ...] = (),
    arc: bool = False,
) -> Way:
    return Way(author, envelope, dkim, (spf(envelope, spf_result),) if envelope else (), overrides, arc)


def flow(
    how: Way, messages: int = 40, days: int = 10, span: int = 30, reporters: int = 2, address: str = ADDRESS, domain: str = DOMAIN
) -> Flow:
    return Flow(FlowKey(1, domain, address, 7), how, messages, 20_700, 20_700 + span - 1, days, reporters)


def burst(how: Way, address: str = ADDRESS) -> Flow:
    return flow(how, messages=3_000, days=3, span=3, reporters=9, address=address)


def host(ptr: str, confirmed: Found = Found.YES, address: str = ADDRESS, **more) -> Evidence:
    return Evidence(address, Found.YES, ptr, confirmed, **more)


NO_NAME = Evidence(ADDRESS, Found.NO)
NOTHING = Evidence(ADDRESS)
VPS = host("v87.vps.example.net", Found.NO, as_name="Example Hosting", as_domain="hetzner.com", lists_asked=5, listed=("a", "b"))
LINE = host("203-0-113-9.dynamic.example.net", lists_asked=3, listed=("a",))


@dataclass(frozen=True)
class Story:
    name: str
    flow: Flow
    evidence: Evidence
    context: Context
    klass: Class
    low: float
    high: float = 1.0
    advice: str = ""
    reasons: tuple[str, ...] = field(default=())


SURE, LIKELY = 0.9, 0.7

STORIES = (
    # ---- the domain's own
    Story(
        "own server without DKIM",
        flow(way()),
        host("mail2.example.co.jp"),
        Context(**SIGNS),
        Class.FAILING,
        SURE,
        advice="spf_add",
        reasons=("own_hostname",),
    ),
    Story(
        "own server that is in SPF but writes from elsewhere",
        flow(way(envelope="app.example.net", spf_result=NONE)),
        NOTHING,
        Context(source_spf=900, source_failed=40, **SIGNS),
        Class.FAILING,
        SURE,
        advice="dkim_own",
        reasons=("own_spf",),
    ),
    Story(
        "own server behind a new address",
        flow(way()),
        NO_NAME,
        Context(network_passed=8_000, network_spf=8_000, network="203.0.113.0/24", **SPF_ONLY),
        Class.FAILING,
        SURE,
        advice="find_owner",
        reasons=("own_network",),
    ),
    Story(
        "own server, new address, the domain signs",
        flow(way()),
        NOTHING,
        Context(network_passed=8_000, network="203.0.113.0/24", **SIGNS),
        Class.FAILING,
        0.5,
        0.95,
        reasons=("own_network",),
    ),
    Story(
        "forgotten server with a name of ours",
        flow(way(envelope="web01.example.co.jp", spf_result=NONE), 12, 12, 60),
        host("web01.example.co.jp"),
        Context(**SIGNS),
        Class.FAILING,
        SURE,
        advice="retire",
    ),
    Story(
        "own server whose signature breaks",
        flow(way(signed("s1"), envelope="", spf_result=NONE)),
        host("mail.example.co.jp"),
        Context(source_spf=5_000, source_dkim=4_800, source_failed=60, **SIGNS),
        Class.FAILING,
        SURE,
    ),
    Story(
        "own server mended since",
        flow(way(), span=10),
        NOTHING,
        Context(source_spf=5_000, source_dkim=4_800, source_first_pass_day=20_740, source_last_pass_day=20_760, **SIGNS),
        Class.FAILING,
        SURE,
        reasons=("aligned_later",),
    ),
    Story(
        "strict alignment",
        flow(way(signed("s1", PASS), author="news.example.co.jp", envelope="mail.example.co.jp", spf_result=PASS)),
        NOTHING,
        Context(**SIGNS),
        Class.FAILING,
        SURE,
        advice="relax_alignment",
        reasons=("strict_alignment",),
    ),
    Story(
        "office printer on its line",
        flow(way(), 20, 15, 40),
        host("203-0-113-9.ftth.example.ne.jp"),
        Context(source_spf=40, source_failed=20, **SPF_ONLY),
        Class.FAILING,
        SURE,
        advice="relay_own",
    ),
    Story(
        "own server rented in a cloud",
        flow(way()),
        host("ec2-203-0-113-9.compute.amazonaws.com"),
        Context(source_spf=3_000, source_failed=40, **SPF_ONLY),
        Class.FAILING,
        SURE,
    ),
    Story(
        "in the SPF record of today",
        flow(way(envelope="example.net", spf_result=NONE)),
        NO_NAME,
        Context(in_own_spf=Found.YES, **SIGNS),
        Class.FAILING,
        SURE,
        reasons=("own_spf",),
    ),
    # ---- services
    Story(
        "service with its own signature only, in use",
        flow(way(signed("s", PASS, "sendgrid.net"), envelope="em1.sendgrid.net", spf_result=PASS)),
        host("o1.sendgrid.net"),
        Context(services=frozenset({"sendgrid"}), **SIGNS),
        Class.FAILING,
        SURE,
        advice="dkim_service",
        reasons=("known_service", "service_dkim_only"),
    ),
    Story(
        "service with its own signature only, new",
        flow(way(signed("s", PASS, "sendgrid.net"), envelope="em1.sendgrid.net", spf_result=PASS), 12, 5, 14),
        host("o1.sendgrid.net"),
        Context(**SIGNS),
        Class.FAILING,
        LIKELY,
        0.9,
        advice="dkim_service",
        reasons=("known_service_new",),
    ),
    Story(
        "service whose return path is its own",
        flow(way(envelope="smp.ne.jp", spf_result=PASS)),
        host("mta3.smp.ne.jp"),
        Context(services=frozenset({"spiral"}), **SPF_ONLY),
        Class.FAILING,
        SURE,
        advice="return_path",
        reasons=("own_spf_no_alignment",),
    ),
    Story(
        "service with a key that is not published",
        flow(way(signed("sg9", AuthResult.PERMERROR), envelope="sendgrid.net", spf_result=PASS)),
        host("o1.sendgrid.net"),
        Context(services=frozenset({"sendgrid"}), **SIGNS),
        Class.FAILING,
        SURE,
        advice="dkim_key_publish",
        reasons=("dkim_key_problem",),
    ),
    # ---- forwarded
    Story(
        "Gmail forwards, signature broken",
        flow(way(signed("s1"), envelope="gmail.com", spf_result=PASS)),
        host("mail-pl1-f198.google.com"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
        advice="forward_nothing",
        reasons=("mailbox_provider", "dkim_own_selector_broken"),
    ),
    Story(
        "Outlook forwards, signature broken",
        flow(way(signed("s1"))),
        host("mail-ty1.outbound.protection.outlook.com"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
    ),
    Story("a carrier forwards", flow(way(signed("s1"))), host("mail01.docomo.ne.jp"), Context(**SIGNS), Class.FORWARDED, SURE),
    Story(
        "a provider forwards for a domain without signatures",
        flow(way()),
        host("mfgw1.ocn.ad.jp"),
        Context(**SPF_ONLY),
        Class.FORWARDED,
        0.6,
        advice="forward_dkim",
    ),
    Story(
        "unknown university forwards, signature broken",
        flow(way(signed("s1"))),
        host("mx.univ.example"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
        reasons=("dkim_own_selector_broken",),
    ),
    Story(
        "mailing list changes the body",
        flow(way(signed("s1"), signed("list", PASS, "lists.example.org"), envelope="lists.example.org", spf_result=PASS)),
        host("lists.example.org"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
    ),
    Story(
        "list host of the book",
        flow(way(signed("s1"), envelope="lists.sourceforge.net", spf_result=PASS)),
        host("lists.sourceforge.net"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
        advice="list_from",
        reasons=("known_list_host",),
    ),
    Story(
        "receiver says mailing list",
        flow(way(envelope="list.example.org", spf_result=PASS, overrides=(Override.MAILING_LIST,))),
        NOTHING,
        Context(**SPF_ONLY),
        Class.FORWARDED,
        0.5,
        reasons=("override_list",),
    ),
    Story(
        "gateway of the recipient",
        flow(way(signed("s1"))),
        host("mx1.securemx.jp"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
        reasons=("known_gateway",),
    ),
    Story(
        "ARC passed", flow(way(signed("s1"), arc=True)), NOTHING, Context(**SIGNS), Class.FORWARDED, SURE, reasons=("override_arc",)
    ),
    Story(
        "forwarding service rewrites the envelope",
        flow(way(signed("s1"), envelope="forwardemail.net", spf_result=PASS)),
        host("mx1.forwardemail.net"),
        Context(**SIGNS),
        Class.FORWARDED,
        SURE,
        reasons=("known_forwarder", "srs_envelope"),
    ),
    Story(
        "one of a forwarder's many hosts, signature broken",
        flow(way(signed("s1"))),
        host("mx2.univ.example"),
        Context(group_passed=4_000, group_hosts=5, network_passed=900, network="203.0.113.0/24", **SIGNS),
        Class.FORWARDED,
        LIKELY,
        reasons=("aligned_group",),
    ),
    Story(
        "gateway of a recipient, which keeps most signatures",
        flow(way(signed("s1"))),
        host("mx1.securemx.jp"),
        Context(services=frozenset({"iij-secure-mx"}), source_dkim=300, source_failed=40, **SIGNS),
        Class.FORWARDED,
        SURE,
        reasons=("known_gateway",),
    ),
    Story(
        "the domain's own outbound gateway",
        flow(way(envelope="example.net", spf_result=NONE)),
        host("mx1.securemx.jp"),
        Context(services=frozenset({"iij-secure-mx"}), source_spf=3_000, source_dkim=10, source_failed=40, **SPF_ONLY),
        Class.FAILING,
        LIKELY,
        reasons=("known_service",),
    ),
    Story(
        "forwarder that mostly keeps signatures",
        flow(way(signed("s1"))),
        host("mx.univ.example"),
        Context(source_dkim=400, source_failed=40, **SIGNS),
        Class.FORWARDED,
        LIKELY,
        reasons=("aligned_elsewhen",),
    ),
    # ---- spoofing
    Story(
        "burst from rented servers, made-up key",
        burst(way(signed("x7"), envelope="example.net", spf_result=PASS)),
        VPS,
        Context(source_failed=3_000, began_together=6, domains_claimed=3, **SIGNS),
        Class.SPOOF,
        SURE,
        advice="spoof_confirm",
        reasons=("dkim_fake_selector", "foreign_envelope", "burst"),
    ),
    Story(
        "burst from rented servers, no signature",
        burst(way()),
        VPS,
        Context(source_failed=3_000, **SIGNS),
        Class.SPOOF,
        SURE,
        reasons=("dkim_absent", "never_aligned"),
    ),
    Story(
        "own SPF for a foreign envelope",
        flow(way(signed("k", PASS, "example.net"), envelope="example.net", spf_result=PASS)),
        NO_NAME,
        Context(**SIGNS),
        Class.SPOOF,
        LIKELY,
        reasons=("foreign_envelope", "foreign_dkim"),
    ),
    Story(
        "through a mailbox provider",
        flow(way(signed("20230601", PASS, "gmail.com"), envelope="gmail.com", spf_result=PASS), 200, 5, 8),
        host("mail-pl1-f198.google.com"),
        Context(**SIGNS),
        Class.SPOOF,
        0.6,
        1.0,
        advice="shared_service",
        reasons=("dkim_absent", "foreign_dkim"),
    ),
    Story(
        "a subdomain that does not exist",
        flow(way(author="secure-login.example.co.jp", envelope="example.net", spf_result=NONE)),
        NO_NAME,
        Context(header_from_exists=Found.NO, **SIGNS),
        Class.SPOOF,
        LIKELY,
        reasons=("nonexistent_subdomain",),
    ),
    Story("a subscriber line", flow(way(), 6, 3, 5), LINE, Context(**SIGNS), Class.SPOOF, LIKELY, reasons=("ptr_dynamic",)),
    Story(
        "a line that writes for weeks, on Sundays too, to all receivers",
        flow(way(), 90, 60, 70),
        replace(LINE, listed=()),
        Context(beat=Beat(90, 26, 60, 20_700, 20_769, 12), domain_first_day=20_600, until=20_790, **SIGNS),
        Class.SPOOF,
        0.5,
        0.9,
    ),
    Story("a parked domain", flow(way()), NO_NAME, Context(is_parked=True), Class.SPOOF, SURE, reasons=("parked_domain",)),
    Story(
        "claims of other organisations",
        flow(way()),
        NO_NAME,
        Context(organisations=4, domains_claimed=3, **SIGNS),
        Class.SPOOF,
        LIKELY,
    ),
    # ---- what only the owner can tell
    Story(
        "unsigned mail from an unknown server, small and steady",
        flow(way(), 60, 40, 60),
        host("srv4.example.net"),
        Context(beat=Beat(60, 0, 40, 20_700, 20_759, 3), domain_first_day=20_699, until=20_760, **SIGNS),
        Class.FAILING,
        0.34,
        0.89,
        advice="find_owner",
    ),
    Story(
        "nothing known at all",
        flow(way(envelope=""), 3, 1, 1, 1),
        NOTHING,
        Context(),
        Class.SPOOF,
        0.34,
        0.6,
        advice="find_owner",
        reasons=("little_evidence",),
    ),
    Story(
        "nothing known, small and steady",
        flow(way(envelope="")),
        NOTHING,
        Context(),
        Class.FAILING,
        0.34,
        0.6,
        advice="find_owner",
        reasons=("little_evidence",),
    ),
    # ---- everything without DNS
    Story("no DNS: broken signature with a real key", flow(way(signed("s1"))), NOTHING, Context(**SIGNS), Class.FORWARDED, SURE),
    Story("no DNS: made-up key", burst(way(signed("x7"))), NOTHING, Context(**SIGNS), Class.SPOOF, LIKELY),
    Story("no DNS: no signature", burst(way()), NOTHING, Context(**SIGNS), Class.SPOOF, LIKELY),
    Story(
        "no DNS: service by its signature and envelope",
        flow(way(signed("s", PASS, "amazonses.com"), envelope="ap-northeast-1.amazonses.com", spf_result=PASS)),
        NOTHING,
        Context(services=frozenset({"amazon-ses"}), **SIGNS),
        Class.FAILING,
        LIKELY,
        advice="dkim_service",
        reasons=("service_dkim_only", "own_spf_no_alignment"),
    ),
    Story(
        "no DNS: neighbours pass",
        flow(way()),
        NOTHING,
        Context(network_passed=900, network_spf=900, network="203.0.113.0/24", **SPF_ONLY),
        Class.FAILING,
        LIKELY,
    ),
)

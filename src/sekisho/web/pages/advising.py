"""What to do about a source: the judge's advice with its values, as far as the pages can keep what it promises."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from sekisho.core.ways import way_from_text
from sekisho.store.query import FlowVerdict
from sekisho.web import words

PLAIN: dict[str, Promise | str] = {
    "spf_add": gettext_lazy("Add `%(mechanism)s` to the SPF record of %(domain)s."),
    "dkim_key_publish": gettext_lazy(
        "There is no key at `%(name)s`. Publish it as a TXT record, or correct the name on the server."
    ),
    "dkim_own": gettext_lazy("Start signing with DKIM on this server."),
    "find_owner": gettext_lazy("Ask inside whose server this is."),
    "list_from": gettext_lazy("Ask the list's owner to switch on From rewriting."),
    "spoof_policy": gettext_lazy("A stronger policy stops such mail."),
    "spoof_report": gettext_lazy("You can report it to the owner of its network."),
    "spoof_confirm": gettext_lazy("If nothing here looks like yours, confirm spoofing."),
}
"""Advice whose sentence in the glossary speaks of something no page offers yet: a count of look-ups, a letter, a record."""


def advice(code: str, *, service: str = "", domain: str = "", source_ip: str = "", name: str = "") -> SafeString:
    """What to do, in one sentence as HTML; empty for no code."""
    values = {
        "service": service,
        "domain": domain,
        "mechanism": f"ip6:{source_ip}" if ":" in source_ip else f"ip4:{source_ip}",
        "name": name or f"…._domainkey.{domain}",
    }
    plain = PLAIN.get(code)
    return coded(str(plain) % values if plain is not None else words.advice(code, values))


def coded(text: str) -> SafeString:
    """The text escaped, what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return conditional_escape(text)
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if place % 2 else part,) for place, part in enumerate(parts))
    )


def advice_on(flow: FlowVerdict, service: str) -> SafeString:
    """What to do about a flow."""
    way = way_from_text(flow.way)
    keys = [f"{auth.selector}._domainkey.{auth.domain}" for auth in way.dkim if auth.selector and auth.domain]
    return advice(flow.advice, service=service, domain=flow.domain, source_ip=flow.source_ip, name=keys[0] if keys else "")

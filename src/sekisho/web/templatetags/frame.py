"""`{% load frame %}`, for base.html: navigation, the organisation's switcher, the bundle, the theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from sekisho.web.assets import bundle
from sekisho.web.parts import Tab
from sekisho.web.templatetags import pictures

register = template.Library()

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "sekisho_theme"
MOST_LEVELS = 3
MOST_STEPS = 10
"""Steps of an address that are looked at."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the navigation: `pages` are the names of the addresses it stands for, the first being its own."""

    key: str
    label: Promise | str
    pages: tuple[str, ...]
    is_admin: bool = False


NAVIGATION = (
    Item("overview", gettext_lazy("Overview"), ("overview",)),
    Item("domains", gettext_lazy("Domains"), ("domains", "domain", "domain_new", "what_if")),
    Item("sources", gettext_lazy("Sources"), ("groups", "group", "hosts", "host", "map", "campaigns", "campaign")),
    Item("alerts", gettext_lazy("Alerts"), ("alerts", "alert")),
    Item("cases", gettext_lazy("Take-down and sharing"), ("cases", "case", "sharing", "lookalikes")),
    Item(
        "reports",
        gettext_lazy("Reports"),
        ("reports", "report", "report_raw", "failures", "tls", "deliveries", "delivery", "upload"),
    ),
    Item("dns", gettext_lazy("DNS state"), ("dns",)),
    Item("settings", gettext_lazy("Settings"), ("settings_inboxes", "settings"), is_admin=True),
    Item("help", gettext_lazy("Help and glossary"), ("help", "help_term"), is_admin=True),
)
"""Design section 2. A line whose address does not exist (yet) is not shown."""

SETTINGS = (
    ("settings_organisation", gettext_lazy("Organisation")),
    ("settings_people", gettext_lazy("People")),
    ("settings_inboxes", gettext_lazy("Inboxes")),
    ("settings_alerts", gettext_lazy("Alert rules")),
    ("settings_channels", gettext_lazy("Channels")),
    ("settings_tokens", gettext_lazy("API tokens")),
    ("settings_sso", gettext_lazy("Single sign-on")),
    ("settings_keeping", gettext_lazy("Retention")),
    ("settings_audit", gettext_lazy("Audit log")),
)
"""The pages of the settings, by the name of their address; one that does not exist (yet) is not shown."""


@register.inclusion_tag("parts/nav.html", takes_context=True)
def navigation(context: Mapping[str, Any], place: str = "side") -> dict[str, object]:
    """`{% navigation %}`: the lines that lead somewhere, with their counts from the context's `counts`, the current one marked."""
    here = context.get("nav") or _here(context)
    counts = context.get("counts") or {}
    lines = [
        {
            "key": item.key,
            "label": item.label,
            "url": url,
            "is_current": item.key == here,
            "count": counts.get(item.key),
            "is_hot": _is_hot(item, counts),
        }
        | {"is_admin": item.is_admin}
        for item in NAVIGATION
        if (url := _address(context, item))
    ]
    return {
        "lines": [line for line in lines if not line["is_admin"]],
        "admin_lines": [line for line in lines if line["is_admin"]],
        "place": place,
    }


@register.inclusion_tag("parts/tabs.html", takes_context=True)
def settings_tabs(context: Mapping[str, Any]) -> dict[str, object]:
    """The pages of the settings as tabs, on every one of them."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = (match.url_name or "") if match else ""
    org = context.get("org")
    if org is None or not name.startswith("settings_"):
        return {}
    tabs = []
    for page, label in SETTINGS:
        try:
            url = reverse(page, kwargs={"org": org.slug})
        except NoReverseMatch:
            continue
        tabs.append(Tab(str(label), url, name == page or name.startswith(page.rstrip("s") + "_")))
    return {"tabs": tabs, "tabs_label": gettext_lazy("Settings")}


def _is_hot(item: Item, counts: Mapping[str, int]) -> bool:
    """Crimson is kept for open alerts of spoofing, counted apart."""
    return item.key == "alerts" and bool(counts.get("spoof_alerts"))


def _address(context: Mapping[str, Any], item: Item) -> str:
    org = context.get("org")
    if org is None:
        return ""
    try:
        return reverse(item.pages[0], kwargs={"org": org.slug})
    except NoReverseMatch:
        return ""


def _here(context: Mapping[str, Any]) -> str:
    """The key of the line that the page's address belongs to: by its name, or the part of it before an underscore."""
    match = getattr(context.get("request"), "resolver_match", None)
    name = (match.url_name or "") if match else ""
    for item in NAVIGATION:
        if name in item.pages or name.split("_", 1)[0] in item.pages:
            return item.key
    return ""


@register.simple_tag(takes_context=True)
def home_url(context: Mapping[str, Any]) -> str:
    """Where the mark in the corner leads: the organisation's overview, else the top."""
    return _address(context, NAVIGATION[0]) or "/"


@register.simple_tag(takes_context=True)
def org_url(context: Mapping[str, Any], org: Any) -> str:
    """The same page in another organisation where it needs nothing but that, else its overview; filters are dropped."""
    match = getattr(context.get("request"), "resolver_match", None)
    names: Sequence[str] = [match.view_name] if match and set(match.kwargs) == {"org"} else []
    for name in (*names, "overview"):
        try:
            return reverse(name, kwargs={"org": org.slug})
        except NoReverseMatch:
            continue
    return "/"


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, Any]) -> str:
    """The person's theme from the cookie: `auto`, `light` or `dark`; anything else is `auto`."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "") if request is not None else ""
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def bundle_icon() -> SafeString:
    """The sign of the house for the browser's tab."""
    return format_html('<link rel="icon" type="image/svg+xml" href="{}">', _address_of("dist/icon.svg"))


@register.simple_tag
def bundle_styles() -> SafeString:
    """The style sheets of the bundle."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((_address_of(path),) for path in bundle().styles))


@register.simple_tag
def bundle_scripts() -> SafeString:
    """The script of the bundle; a module, so it runs after the page is read."""
    return format_html_join("", '<script type="module" src="{}"></script>', ((_address_of(path),) for path in bundle().scripts))


def _address_of(path: str) -> str:
    """The files have hashed names and import one another by them, so no storage may rename them again."""
    return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def gate() -> SafeString:
    """The sign of the house."""
    return pictures.GATE


@register.simple_tag
def patterns() -> SafeString:
    """The patterns of the classes, once a page; areas name them by `fill="url(#pattern-…)"`."""
    return format_html(
        '<svg class="patterns" aria-hidden="true" width="0" height="0"><defs>{}{}</defs></svg>',
        _pattern("forwarded", 6, 4, "M0 1h6", 1.0, turn="scale(1)"),
        _pattern("failing", 6, 6, "M1 0v6", 1.6, turn="rotate(45)"),
    )


def _pattern(name: str, width: int, height: int, line: str, weight: float, *, turn: str) -> SafeString:
    return format_html(
        '<pattern id="pattern-{}" width="{}" height="{}" patternUnits="userSpaceOnUse" patternTransform="{}">'
        '<rect class="f-{}" width="{}" height="{}"/><path class="pattern-ink" d="{}" stroke-width="{}"/></pattern>',
        *(name, width, height, turn, name, width, height, line, weight),
    )


@register.simple_tag(takes_context=True)
def levels_above(context: Mapping[str, Any]) -> list[str]:
    """The addresses above one that does not exist, the nearest first, that do lead somewhere; at most three."""
    request = context.get("request")
    steps = request.path.strip("/").split("/")[:MOST_STEPS] if request is not None else []
    above = (f"/{'/'.join(steps[:count])}/" for count in range(len(steps) - 1, 0, -1))
    return [path for path in above if _leads_somewhere(path)][:MOST_LEVELS]


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
